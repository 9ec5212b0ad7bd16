import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SiteConfig } from 'vitepress';
import { toPlain } from '../../scripts/plain/to-plain.mjs';
import { languages } from '../languages.mjs';
import { themeTexts } from '../locales';
import type { GroupKey } from '../locales/texts';
import { docs, listGroups, pageExists, readDescription, readTitle } from '../page-list.mjs';
import { moveLink } from './markdown';

/** What is looked up and not read: it may be left out. */
function isOptional(page: string): boolean {
  return /^(?:reference|decisions)\/|^(?:performance|architecture|write-an-adapter|prove-an-adapter)$/.test(
    page,
  );
}

const read = (path: string): string => readFileSync(join(docs, path), 'utf8');

/** Writes the site once more for whoever reads no HTML: each page as Markdown, a list of them, and all of them in one file. */
export function writePlainPages({ outDir, pages, site }: SiteConfig): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(outDir, path)), { recursive: true });
    writeFileSync(join(outDir, path), text);
  };
  for (const page of pages) {
    const text = toPlain(read(page), { linkTo: (href) => toAddress(href, page, site.base) });
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
  const sections = listGroups().map(({ key, pages }) => ({
    key: key as GroupKey,
    pages: pages.filter((page) => pageExists(page) && !isOptional(page)),
  }));
  const others = listGroups().flatMap(({ pages }) =>
    pages.filter((page) => pageExists(page) && isOptional(page)),
  );
  const formatSection = (title: string, pages: readonly string[]): string[] =>
    pages.length === 0 ? [] : [`## ${title}`, '', ...pages.map((page) => formatEntry(page, base)), ''];
  return [
    '# MCP Auth',
    '',
    `> ${description}`,
    '',
    `Everything below in one file: [llms-full.txt](${base}llms-full.txt). Each package brings a skill, \`SKILL.md\`, with code for its framework.`,
    '',
    ...sections.flatMap(({ key, pages }) => formatSection(groups[key], pages)),
    ...formatSection('Optional', others),
  ].join('\n');
}

function formatEntry(page: string, base: string): string {
  const description = readDescription(page);
  return `- [${readTitle(page)}](${base}${page}.md)${description === undefined ? '' : `: ${description}`}`;
}

/** Every English page that is read, in the order of the sidebar. */
function formatEverything(): string {
  const pages = listGroups().flatMap((group) =>
    group.pages.filter((page) => pageExists(page) && !isOptional(page)),
  );
  return pages.map((page) => `<!-- /${page} -->\n\n${toPlain(read(`${page}.md`))}`).join('\n');
}
