import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import MiniSearch from 'minisearch';
import { findSections, indexOptions } from '../../.vitepress/theme/search/find-sections.mjs';
import { dist } from '../browser/site.mjs';

/**
 * The search of the built site in one language, by the code and the index that its pages use.
 *
 * @param {string} folder of the language
 * @returns {Promise<(query: string) => readonly string[]>} the addresses of the sections that a query leads to, best first
 */
export async function openSearch(folder) {
  const chunks = join(dist, 'assets/chunks');
  const name = `@localSearchIndex${folder === '' ? 'root' : folder}.`;
  const file = readdirSync(chunks).find((each) => each.startsWith(name));
  if (file === undefined) throw new Error(`the built site has no ${name}*.js`);
  const { default: json } = await import(pathToFileURL(join(chunks, file)).href);
  const index = MiniSearch.loadJSON(json, indexOptions);
  return (query) => findSections(index, query).map(({ id }) => id);
}
