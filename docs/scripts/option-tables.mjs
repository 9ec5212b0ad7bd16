// Writes the tables of options into the pages.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { listProjectFiles, readProjectFile, root } from '../../scripts/lib/project.mjs';
import { languageOf, languages } from '../.vitepress/languages.mjs';
import { fillPage, readMarks, selectOptions } from './options/fill-page.mjs';
import { formatTable } from './options/format-table.mjs';
import { readLanguage } from './options/language.mjs';
import { readDescriptions } from './options/read-descriptions.mjs';
import { readMeanings } from './options/read-meanings.mjs';

/** Pages of the site, in every language. */
const isPage = /^docs\/(?!README\.md$).*\.md$/;

/** Objects that users write and that have no table, with the reason. */
const withoutTable = new Map([
  ['ClientSecretBasic', 'three members, which the page on opaque tokens shows'],
  ['ClientSecretPost', 'the same'],
  ['IntrospectionBearer', 'the same'],
  ['SignedResponseOptions', 'one member, which the page on opaque tokens explains'],
  ['ExplainOptions', 'for tools; in the API reference'],
  ['ExplainedServer', 'the same'],
]);

/**
 * The types that are described in sources and have a table on no page.
 *
 * @param {string[]} sources
 * @param {Iterable<string>} shown names of the types that have one
 */
export function findUnshown(sources, shown) {
  const described = sources.flatMap((source) =>
    [...source.matchAll(/\bobject<(\w+)/g)].map(([, type]) => type),
  );
  const known = new Set(shown);
  return [...new Set(described)].filter(
    (type) => type !== 'T' && !known.has(type) && !withoutTable.has(type),
  );
}

/** @returns {Promise<{ stale: Map<string, string>, unshown: string[] }>} pages with what they should be, and types without a table */
export async function compareTables() {
  const pages = listProjectFiles(isPage).map((path) => ({
    path,
    text: readProjectFile(path),
    folder: languageOf(path.slice('docs/'.length)).folder,
  }));
  const spoken = new Map(languages.map(({ folder }) => [folder, readLanguage(folder)]));
  const sources = new Set(pages.flatMap(({ text }) => readMarks(text)).map(({ source }) => source));
  const descriptions = await readDescriptions(sources);
  const meanings = readMeanings(sources);
  const stale = new Map();
  const shown = new Set();
  for (const { path, text, folder } of pages) {
    const filled = fillPage(text, (mark) => {
      const kinds = Object.entries(descriptions.get(mark.source));
      const { type, members } = meanings.get(mark.source);
      if (folder === '') shown.add(type);
      const options = new Map(kinds.map(([name, kind]) => [name, { kind, meaning: members.get(name) }]));
      try {
        return formatTable(type, selectOptions(options, mark), mark.links, spoken.get(folder));
      } catch (cause) {
        throw new Error(`${path}: ${mark.source}: ${cause.message}`, { cause });
      }
    });
    const options = await prettier.resolveConfig(join(root, path));
    const fresh = filled === text ? text : await prettier.format(filled, { ...options, filepath: path });
    if (fresh !== text) stale.set(path, fresh);
  }
  const core = listProjectFiles(/^packages\/core\/src\/.*\.ts$/).map(readProjectFile);
  return { stale, unshown: findUnshown(core, shown) };
}

export const checks = {
  'Every object that users write has a table of its options': async () => (await compareTables()).unshown,
  'The tables of options are what the sources say; node docs/scripts/option-tables.mjs brings them up to date':
    async () => (await compareTables()).stale.keys(),
};

if (process.argv[1] === import.meta.filename) {
  const { stale } = await compareTables();
  for (const [path, text] of stale) writeFileSync(join(root, path), text);
  console.log(`${stale.size} pages written.`);
}
