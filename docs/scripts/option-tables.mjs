// Writes the tables of options into the pages, or with --check tells which are not what the sources say.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as prettier from 'prettier';
import { listProjectFiles } from '../../scripts/lib/project-files.mjs';
import { fillPage, readMarks, selectOptions } from './options/fill-page.mjs';
import { formatTable } from './options/format-table.mjs';
import { readDescriptions } from './options/read-descriptions.mjs';
import { readMeanings } from './options/read-meanings.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** English pages of the site: a translation keeps the table that it was made from until it is made anew. */
const isPage = (path) => /^docs\/(?!README\.md$|(?:ko|ja|zh-tw)\/).*\.md$/.test(path);

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

function readCoreSources() {
  const folder = join(root, 'packages/core/src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** @returns {Promise<{ stale: Map<string, string>, unshown: string[] }>} pages with what they should be, and types without a table */
export async function compareTables() {
  const pages = (await listProjectFiles())
    .filter(isPage)
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  const sources = new Set(pages.flatMap(({ text }) => readMarks(text)).map(({ source }) => source));
  const descriptions = await readDescriptions(sources);
  const meanings = readMeanings(sources);
  const stale = new Map();
  for (const { path, text } of pages) {
    const filled = fillPage(text, (mark) => {
      const kinds = Object.entries(descriptions.get(mark.source));
      const options = new Map(
        kinds.map(([name, kind]) => [name, { kind, meaning: meanings.get(mark.source).members.get(name) }]),
      );
      try {
        return formatTable(selectOptions(options, mark), mark.links);
      } catch (cause) {
        throw new Error(`${path}: ${mark.source}: ${cause.message}`, { cause });
      }
    });
    const options = await prettier.resolveConfig(join(root, path));
    const fresh = filled === text ? text : await prettier.format(filled, { ...options, filepath: path });
    if (fresh !== text) stale.set(path, fresh);
  }
  return {
    stale,
    unshown: findUnshown(
      readCoreSources(),
      [...meanings.values()].map(({ type }) => type),
    ),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const { stale, unshown } = await compareTables();
  for (const type of unshown) console.error(`No page has a table of the options in ${type}.`);
  for (const [path, text] of stale) {
    if (values.check) console.error(`${path}: a table of options is not what the sources say.`);
    else writeFileSync(join(root, path), text);
  }
  if (!values.check) console.log(`${stale.size} pages written.`);
  else if (stale.size > 0) console.error('node docs/scripts/option-tables.mjs brings them up to date.');
  if (unshown.length > 0 || (values.check && stale.size > 0)) process.exitCode = 1;
}
