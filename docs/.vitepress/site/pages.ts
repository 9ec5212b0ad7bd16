import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isEnglishOnly, languages, originalOf } from '../languages.mjs';

export const docs = fileURLToPath(new URL('../../', import.meta.url));

/** Whether a page exists, by its path below docs/ without an ending. */
export function pageExists(page: string): boolean {
  return existsSync(join(docs, `${page}.md`));
}

/** Whether a section of a page is named so. */
export function hasSection(page: string, anchor: string): boolean {
  return pageExists(page) && readFileSync(join(docs, `${page}.md`), 'utf8').includes(`{#${anchor}}`);
}

/** The folders of the languages that have a page, a translation or the original. */
export function listLanguages(page: string): readonly string[] {
  const original = originalOf(page).replace(/\.md$/, '');
  if (isEnglishOnly(original)) return [];
  return languages
    .map(({ folder }) => folder)
    .filter((folder) => pageExists(folder === '' ? original : `${folder}/${original}`));
}

/** The names of the pages of a folder, without their ending, in alphabetical order. */
export function listPages(folder: string): readonly string[] {
  const path = join(docs, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -'.md'.length))
    .sort();
}

/** A page's own heading, as plain text. */
export function readTitle(page: string): string {
  const text = readFileSync(join(docs, `${page}.md`), 'utf8');
  const heading = /^# (.+)$/m.exec(text)?.[1] ?? /^title: *(.+)$/m.exec(text)?.[1] ?? page;
  return heading.replace(/\s*\{#[^}]+\}\s*$/, '').replaceAll('`', '');
}

/** The address of a page on the site. */
export function toLink(page: string): string {
  return `/${page.replace(/(^|\/)index$/, '$1')}`;
}
