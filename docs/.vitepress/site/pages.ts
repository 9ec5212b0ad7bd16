import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEnglishOnly, languages, originalOf } from '../languages.mjs';
import { docs, pageExists } from '../page-list.mjs';

export { docs, pageExists, readTitle } from '../page-list.mjs';

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

/** The address of a page on the site. */
export function toLink(page: string): string {
  return `/${page.replace(/(^|\/)index$/, '$1')}`;
}
