// Writes the tables of options into the pages.
import { writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readHeadings } from '../../scripts/checks/translations/page.mjs';
import { formatText } from '../../scripts/lib/format-text.mjs';
import { listProjectFiles, readProjectFile, root } from '../../scripts/lib/project.mjs';
import { languageOf, languages, originalOf } from '../.vitepress/languages.mjs';
import { fillPage, followEnglish, readMarks, selectOptions } from './options/fill-page.mjs';
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
  ['DeclaredCapability', 'one member, in the table of who gets which form of challenge'],
  ['RevocationTarget', 'two members at a time, which the section on revoking explains'],
  ['ExplainOptions', 'for tools; in the API reference'],
  ['ExplainedServer', 'the same'],
  ['ExplainedRequest', 'the same'],
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

/** Whether the page that a link names has its heading; one that is not translated has those of the English page. */
function leadsSomewhere(page, link, texts) {
  const [file, id] = link.split('#');
  const target = texts.get(file === '' ? page : posix.join(posix.dirname(page), file));
  return (
    id === undefined || target === undefined || readHeadings(target).some((heading) => heading.id === id)
  );
}

/** @returns {Promise<{ stale: Map<string, string>, unshown: string[] }>} pages with what they should be, and types without a table */
export async function compareTables() {
  const texts = new Map(
    listProjectFiles(isPage).map((path) => [path.slice('docs/'.length), readProjectFile(path)]),
  );
  const english = new Map(
    [...texts]
      .filter(([page]) => languageOf(page).folder === '')
      .map(([page, text]) => [page, readMarks(text)]),
  );
  const sources = new Set([...english.values()].flat().map(({ source }) => source));
  const descriptions = await readDescriptions(sources);
  const meanings = readMeanings(sources);
  const spoken = new Map(languages.map(({ folder }) => [folder, readLanguage(folder)]));
  const stale = new Map();
  for (const [page, text] of texts) {
    const path = `docs/${page}`;
    const { folder } = languageOf(page);
    const filled = fillPage(text, (own) => {
      const mark =
        folder === ''
          ? own
          : followEnglish(own, english.get(originalOf(page)) ?? [], (link) =>
              leadsSomewhere(page, link, texts),
            );
      if (mark === undefined) return undefined;
      const kinds = Object.entries(descriptions.get(mark.source));
      const { type, members } = meanings.get(mark.source);
      const options = new Map(kinds.map(([name, kind]) => [name, { kind, meaning: members.get(name) }]));
      try {
        return formatTable(type, selectOptions(options, mark), mark.links, spoken.get(folder));
      } catch (cause) {
        throw new Error(`${path}: ${mark.source}: ${cause.message}`, { cause });
      }
    });
    const fresh = filled === text ? text : await formatText(path, filled);
    if (fresh !== text) stale.set(path, fresh);
  }
  const core = listProjectFiles(/^packages\/core\/src\/.*\.ts$/).map(readProjectFile);
  const shown = [...meanings.values()].map(({ type }) => type);
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
