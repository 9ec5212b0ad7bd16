import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SiteConfig } from 'vitepress';
import { toPlain } from '../../scripts/plain/to-plain.mjs';
import { languageOf, languages } from '../languages.mjs';
import { themeTexts } from '../locales';
import type { GroupKey } from '../locales/texts';
import { docs, listGroups, pageExists, readDescription, readTitle } from '../page-list.mjs';
import { moveLink } from './markdown';

/** What is looked up and not read. */
const optional: ReadonlySet<string> = new Set(['reference', 'contribute']);

const read = (path: string): string => readFileSync(join(docs, path), 'utf8');

/** Writes the site once more for whoever reads no HTML: each page as Markdown, a list of them, and all of them in one file. */
export function writePlainPages({ outDir, pages, site }: SiteConfig): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(outDir, path)), { recursive: true });
    writeFileSync(join(outDir, path), text);
  };
  for (const page of pages) {
    const text = toPlain(read(page), { read, linkTo: (href) => toAddress(href, page, site.base) });
    write(page, text);
    // The address of a page ends in .html on hosts that cut nothing off
    write(page.replace(/\.md$/, '.html.md'), text);
  }
  write('llms.txt', formatList(site.base));
  write('llms-full.txt', formatEverything());
}

function toAddress(href: string, page: string, base: string): string {
  const moved = moveLink(href, page) ?? href;
  return moved.startsWith('/') ? `${base}${moved.slice(1)}` : moved;
}

/** https://llmstxt.org: a title, what it is about, and lists of links; what may be left out comes last. */
function formatList(base: string): string {
  const { groups, description } = themeTexts(languages[0]);
  const list = (wanted: (key: string) => boolean): string[] =>
    listGroups()
      .filter(({ key }) => wanted(key))
      .flatMap(({ key, pages }) => [
        ...(optional.has(key) ? [] : [`## ${groups[key as GroupKey]}`, '']),
        ...pages.filter(pageExists).map((page) => formatEntry(page, base)),
        ...(optional.has(key) ? [] : ['']),
      ]);
  return [
    '# MCP Auth',
    '',
    `> ${description}`,
    '',
    `Everything below in one file: [llms-full.txt](${base}llms-full.txt). Each package brings a skill, \`SKILL.md\`, with code for its framework.`,
    '',
    ...list((key) => !optional.has(key)),
    '## Optional',
    '',
    ...list((key) => optional.has(key)),
    '',
  ].join('\n');
}

function formatEntry(page: string, base: string): string {
  const description = readDescription(page);
  return `- [${readTitle(page)}](${base}${page}.md)${description === undefined ? '' : `: ${description}`}`;
}

/** Every English page that is written by hand, in the order of the sidebar. */
function formatEverything(): string {
  const pages = listGroups()
    .filter(({ key }) => key !== 'contribute')
    .flatMap((group) => group.pages)
    .filter((page) => pageExists(page) && !page.startsWith('reference/') && languageOf(page).folder === '');
  return pages.map((page) => `<!-- /${page} -->\n\n${toPlain(read(`${page}.md`), { read })}`).join('\n');
}
