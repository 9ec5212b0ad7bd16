import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findStaleness } from '../../../scripts/checks/translations/page.mjs';
import { languageOf, originalOf } from '../languages.mjs';
import { docs } from './pages';

/** Whether a page is a translation of an English page that has changed since. */
export function isStale(page: string): boolean {
  if (languageOf(page).folder === '') return false;
  const [original, translation] = [join(docs, originalOf(page)), join(docs, page)];
  if (!existsSync(original) || !existsSync(translation)) return false;
  return findStaleness(readFileSync(original, 'utf8'), readFileSync(translation, 'utf8')) !== undefined;
}
