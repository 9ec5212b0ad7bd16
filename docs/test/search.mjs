// What the search finds first, in the built site: node --test docs/test/search.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readTables } from '../.vitepress/site/fault-tables.mjs';
import { isEnglishOnly, languages } from '../.vitepress/languages.mjs';
import { docs, listGroups, pageExists, readTitle } from '../.vitepress/page-list.mjs';
import { addressOf } from './browser/site.mjs';
import { openSearch } from './search/built-index.mjs';

/** What people look for: wishes, symptoms, codes, options, providers, and what they paste. */
const queries = JSON.parse(readFileSync(new URL('search/queries.json', import.meta.url), 'utf8'));

/** Pages of the sidebar; records of decisions have sentences as titles, and come after the pages that tell their outcome. */
const pages = listGroups()
  .flatMap((group) => group.pages)
  .filter((page) => pageExists(page) && !/^(?:decisions\/0|reference\/api\/)/.test(page));

/** The title of a page, as its sidebar shows it. */
const listTitles = ({ folder }) =>
  pages
    .filter((page) => folder === '' || !isEnglishOnly(page))
    .map((page) => {
      const file = folder === '' ? page : `${folder}/${page}`;
      return { query: readTitle(file), wanted: addressOf(page.replace(/(^|\/)index$/, '$1'), { folder }) };
    });

/** What the page about errors explains: its codes, the lines of the log with the values of another installation, and sentences. */
function listErrors(language) {
  const text = readFileSync(
    `${docs}/${language.folder === '' ? '' : `${language.folder}/`}errors.md`,
    'utf8',
  );
  const page = addressOf('errors', language);
  const sentences = text.slice(text.indexOf('{#sentences}'), text.indexOf('{#log-lines}'));
  const { lines, names } = readTables(text);
  return [
    ...[...text.matchAll(/^### .*\{#([a-z]+(?:_[a-z]+)+)\}$/gm)].map(([, code]) => ({
      query: code,
      wanted: `${page}#${code}`,
    })),
    ...[...text.matchAll(/^\[mcp-auth\] (.+) → \S+#(\w+)$/gm)].map(([, line, code]) => ({
      query: `Nov 30 08:14:02 web-1 node[812]: [mcp-auth] ${line.replaceAll('example.com', 'acme.io').replaceAll('notes-app', '0oab3k9xYz1Qw2Er5d7')}`,
      wanted: `${page}#${code}`,
    })),
    ...[...sentences.matchAll(/^\| ([^|]*[a-z] [^|]*?) +\|/gm)].map(([, sentence]) => ({
      query: sentence.replaceAll('…', 'delete_note'),
      wanted: page,
    })),
    ...lines.map(({ said }) => ({
      query: `[mcp-auth] ${said.replaceAll('…', 'acme')} → https://github.com/mcp-auth/mcp-auth/blob/main/docs/errors.md#log-lines`,
      wanted: page,
    })),
    ...names.map(({ said }) => ({ query: said, wanted: page })),
  ];
}

for (const language of languages) {
  const find = await openSearch(language.folder);
  const missed = (wishes) =>
    wishes.flatMap(({ query, wanted }) => {
      const [first = 'nothing'] = find(query);
      const found = wanted.includes('#') ? first : first.split('#')[0];
      return found === wanted ? [] : [`"${query}" finds ${first} first, and not ${wanted}`];
    });

  test(`the right page is found first in ${language.label} for what people type and paste`, () => {
    const asked = queries[language.folder];
    assert.ok(asked.length >= 15);
    const wishes = asked.map(({ query, page, section }) => ({
      query,
      wanted: addressOf(page, language) + (section === undefined ? '' : `#${section}`),
    }));
    assert.deepEqual(missed(wishes), []);
  });

  test(`each title finds its page first in ${language.label}`, () => {
    assert.deepEqual(missed(listTitles(language)), []);
  });

  test(`each code, each line of the log and each sentence is found among the errors in ${language.label}`, () => {
    const wishes = listErrors(language);
    assert.ok(wishes.length > 150, `only ${wishes.length}`);
    assert.deepEqual(missed(wishes), []);
  });

  test(`a line of any length finds something in ${language.label}, and nothing known finds nothing`, () => {
    const [line] = queries[language.folder].filter(({ query }) => query.length > 80);
    const wanted = addressOf('errors', language);
    const noise = Array.from({ length: 400 }, (_, index) => `x${index.toString(36)}y=${index ** 5}`).join(
      ' ',
    );
    assert.equal(find(`${line.query} ${noise}`)[0]?.split('#')[0], wanted);
    assert.deepEqual(find(' \n '), []);
    assert.deepEqual(find('qqqqxxzzw'), []);
  });
}
