// The page about assurance lists, from its data.
// node scripts/checks/assurance.mjs --write
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { formatText } from '../lib/format-text.mjs';
import { readProjectFile, root } from '../lib/project.mjs';
import { findMissingTests } from './threat-model.mjs';

const data = 'docs/security/assurance.yaml';
const page = 'docs/security/assurance.md';

/** @typedef {'owner' | 'provider' | 'client'} Other */

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} source
 * @property {string} place
 * @property {string} level
 * @property {string} word
 * @property {string} demand
 * @property {string} [note] what MCP Auth does
 * @property {string} [missing] what it does not do
 * @property {string} [owner]
 * @property {string} [provider]
 * @property {string} [client]
 * @property {Record<string, string[]>} [tests] titles by file
 */

/** @typedef {{ date: string, sources: Record<string, { title: string, read: string }>, rows: Row[] }} Assurance */

const others = /** @type {const} */ (['owner', 'provider', 'client']);
const known = new Set([
  ...['id', 'source', 'place', 'level', 'word', 'demand', 'note', 'missing', 'tests'],
  ...others,
]);

/** What a row comes to: never better than what its tests and its gaps allow. */
export function judgeRow({ tests, missing, ...parts }) {
  if (missing !== undefined) return tests === undefined ? 'Not met' : 'Partly met';
  const left = others.filter((name) => parts[name] !== undefined);
  if (tests !== undefined) return left.length === 0 ? 'Met' : 'Our part is met';
  return `Left to the ${left.join(' and the ')}`;
}

/** Rows that say nothing, say it twice, or name tests that there are not. */
export function findProblems({ sources, rows }, readFile) {
  return rows.flatMap((row, index) => {
    const { id, source, note, tests, missing } = row;
    const where = `${data}: ${id}`;
    const says = [tests, missing, ...others.map((name) => row[name])].some((part) => part !== undefined);
    const cited = Object.entries(tests ?? {}).flatMap(([file, titles]) =>
      titles.map((title) => ({ file, title })),
    );
    return [
      ...Object.keys(row)
        .filter((name) => !known.has(name))
        .map((name) => `${where} has ${name}, which nobody reads`),
      ...(sources[source] === undefined ? [`${where} is of ${source}, which is no source`] : []),
      ...(rows.findIndex((other) => other.id === id) === index ? [] : [`${where} is there twice`]),
      ...(says ? [] : [`${where} does not say whose part it is`]),
      ...(note !== undefined && tests === undefined ? [`${where} claims what no test shows`] : []),
      ...(tests !== undefined && cited.length === 0 ? [`${where} has an empty list of tests`] : []),
      ...findMissingTests(cited, readFile).map((problem) => `${where}: ${problem}`),
    ];
  });
}

const results = ['Met', 'Our part is met', 'Partly met', 'Not met'];

function count(rows, source) {
  const own = rows.filter((row) => row.source === source);
  const judged = own.map(judgeRow);
  const numbers = results.map((result) => judged.filter((each) => each === result).length);
  return [...numbers, own.length - numbers.reduce((sum, each) => sum + each, 0), own.length];
}

/** The page, as the formatter leaves it. */
export async function createPage({ date, sources, rows }) {
  const text = `---
description: What lists of security guidance ask of an MCP server as a resource server, and for each row whether MCP Auth meets it, which test shows it, and what is left to you.
---

<!-- Made of assurance.yaml. To change it: node scripts/checks/assurance.mjs --write -->

# Assurance

Auditors work with lists. This page takes three of them, with the rows that a resource server decides or makes possible, and says for each
what MCP Auth does, which test shows it, and what is left to you, your provider and the client. The lists were read on ${date}. Their demands are in our own
words, so look at the source before you quote one. Rows that no resource server library touches are left out.

Every test named here exists under that very title; a check of the project fails otherwise. Nothing is called met without one.

- **Met:** by MCP Auth alone.
- **Our part is met:** what a resource server library can do is done and tested. The row is met once the others have done theirs.
- **Partly met:** something is done and tested, and something is missing.
- **Not met:** MCP Auth does not do it, although a resource server could. Sometimes the owner can do it without us, as the row says.
- **Left to** the owner (you), the provider or the client: a resource server library takes no part.

| List | ${results.join(' | ')} | Left to others | Rows |
| --- | --- | --- | --- | --- | --- | --- |
${Object.entries(sources)
  .map(([id, { title }]) => `| [${title}](#${id}) | ${count(rows, id).join(' | ')} |`)
  .join('\n')}

${Object.entries(sources)
  .map(([id, source]) =>
    formatSource(
      id,
      source,
      rows.filter((row) => row.source === id),
    ),
  )
  .join('\n\n')}
`;
  return formatText(page, text);
}

function formatSource(id, { title, read }, rows) {
  return `## ${title} {#${id}}

${read}

| Row | Demand | Result | How |
| --- | --- | --- | --- |
${rows.map(formatRow).join('\n')}`;
}

function formatRow(row) {
  const level = row.level === '-' ? '' : `, ${row.level}`;
  const how = [
    ...(row.note === undefined ? [] : [row.note]),
    ...(row.missing === undefined ? [] : [`**Missing:** ${row.missing}`]),
    ...others.filter((name) => row[name] !== undefined).map((name) => `The ${name} ${row[name]}.`),
    ...Object.entries(row.tests ?? {}).map(
      ([file, titles]) => `\`${file}\`: ${titles.map((title) => `“${title}”`).join(', ')}`,
    ),
  ].join('<br>');
  const cells = [
    `<span id="${row.id}">\`${row.id}\`</span><br>${row.place}${level}`,
    `${row.word}: ${row.demand}`,
    judgeRow(row),
    how,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** @returns {Assurance} */
function readData() {
  return parse(readProjectFile(data));
}

export const checks = {
  'Every row of the assurance lists is shown by tests that exist, or said to be missing or left to others':
    () => findProblems(readData(), readProjectFile),
  'The page about assurance says what its data say': async () =>
    readProjectFile(page) === (await createPage(readData()))
      ? []
      : [`${page} is stale. Run: node scripts/checks/assurance.mjs --write`],
};

if (process.argv[1] === import.meta.filename && process.argv.includes('--write')) {
  writeFileSync(join(root, page), await createPage(readData()));
}
