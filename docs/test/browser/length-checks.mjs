/* global document, DOMParser */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import moved from '../../.vitepress/moved-sections.json' with { type: 'json' };
import { addressOf, dist, listPages, pageExists, spoken } from './site.mjs';

/** How long a page that is read may be on a desk. */
const maxPixels = 12_000;

/** What is looked up and not read from its beginning, and why it counts as that. A name that ends in a slash is a folder. */
const reference = {
  'reference/': 'what an export, a member of a document or an equal of another library is',
  errors: 'a section for each code: logs, messages and the search lead to one of them',
  'configure/provider-presets': 'a section for each provider: its own page leads there',
  'guide/doctor-findings': 'a section for each step: the report of doctor leads to one of them',
  'security/threat-model': 'a row for each threat, with the tests that show its defence, for those who audit',
  'security/assurance': 'a row for each clause of lists of others, written by a script, for those who audit',
};

const isReference = (page) =>
  Object.keys(reference).some((name) => (name.endsWith('/') ? page.startsWith(name) : page === name));

/** From what length of a page on its translations are measured too, which the same words make longer; with `BROWSER=all` all are. */
const longPixels = process.env.BROWSER === 'all' ? 0 : 0.7 * maxPixels;

/** Pages that end, and addresses of sections that are on another page now. */
export const lengthChecks = [
  {
    name: `no page is longer than ${maxPixels} px but reference`,
    options: { script: false },
    run: async ({ page, problems, visit }) => {
      await visit(addressOf('get-started'));
      for (const name of listPages(spoken[0]).filter((page) => !isReference(page))) {
        const [english, ...translations] = spoken.filter((language) => pageExists(name, language));
        const height = await judge(english, name);
        if (height > longPixels) for (const language of translations) await judge(language, name);
      }

      async function judge({ label, folder }, name) {
        // The styles are those of every page, so its content alone is put in
        const html = readFileSync(join(dist, folder, `${name}.html`), 'utf8');
        const height = await page.evaluate(measureContent, html);
        if (height > maxPixels) problems.push(`${name} in ${label}: ${height} px`);
        if (height === 0) problems.push(`${name} in ${label} shows nothing`);
        return height;
      }
    },
  },
  {
    name: 'what counts as reference exists',
    options: { script: false },
    run: async ({ problems }) => {
      for (const name of Object.keys(reference)) {
        const page = name.endsWith('/') ? `${name}index` : name;
        if (!pageExists(page)) problems.push(`there is no ${name}`);
      }
    },
  },
  {
    name: 'sections that have moved are where their old address leads',
    options: { script: false },
    run: async ({ problems }) => {
      for (const [from, sections] of Object.entries(moved))
        for (const [anchor, to] of Object.entries(sections)) {
          const [before, now] = [from, to].map((name) =>
            readFileSync(join(dist, `${name}.html`), 'utf8').includes(` id="${anchor}"`),
          );
          if (before) problems.push(`${from}#${anchor} has not moved`);
          if (!now) problems.push(`${to} has no #${anchor}`);
        }
    },
  },
  ...spoken.slice(0, 2).map((language) => ({
    name: `an old address of a section leads to its new page in ${language.label}`,
    run: async ({ page, visit }) => {
      await visit(`${addressOf('guide/scopes-and-operations', language)}#sdk-v2`);
      await page.waitForURL(`**${addressOf('guide/official-sdk', language)}#sdk-v2`);
    },
  })),
];

/** Runs in the page. */
function measureContent(html) {
  const app = new DOMParser().parseFromString(html, 'text/html').querySelector('#app');
  if (app === null) return 0;
  document.querySelector('#app').replaceWith(document.importNode(app, true));
  return document.documentElement.scrollHeight;
}
