import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from '../../../scripts/checks/translations/page.mjs';
import { languageOf, originalOf } from '../languages.mjs';
import { docs } from './pages';

/** Whether a translation was made from an English page that has changed since. */
export function isStale(page: string, source: unknown): boolean {
  if (languageOf(page).folder === '') return false;
  const original = join(docs, originalOf(page));
  return existsSync(original) && hashOf(readFileSync(original, 'utf8')) !== source;
}
