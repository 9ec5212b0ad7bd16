// Writes the tables of options into the pages, or with --check tells which are not what the sources say.
import { readFileSync, writeFileSync } from 'node:fs';
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

/** English pages: a translation keeps the table that it was made from until it is made anew. */
const isPage = (path) => /^docs\/(?!(?:ko|ja|zh-tw)\/).*\.md$/.test(path);

/** @returns {Promise<Map<string, string>>} pages that are not what the sources say, and what they should be */
export async function findStalePages() {
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
        kinds.map(([name, kind]) => [name, { kind, meaning: meanings.get(mark.source).get(name) }]),
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
  return stale;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const stale = await findStalePages();
  for (const [path, text] of stale) {
    if (values.check) console.error(`${path}: a table of options is not what the sources say.`);
    else writeFileSync(join(root, path), text);
  }
  if (!values.check) console.log(`${stale.size} pages written.`);
  else if (stale.size > 0) console.error('node docs/scripts/option-tables.mjs brings them up to date.');
  if (values.check && stale.size > 0) process.exitCode = 1;
}
