import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../lib/bootstrap.mjs';
import { judge } from '../lib/outcome.mjs';
import { listProjectFiles } from '../lib/project-files.mjs';
import { excluded } from './requirements/excluded.mjs';

/** @typedef {{ id: string, level: string, role: string }} Requirement */

/** Tests and files of cases; a citation anywhere else shows nothing. */
const provesSomething = /\.test\.ts$|packages\/conformance\/src\/(?:cases|hostile)\/.*\.ts$/;

/** @returns {Requirement[]} all demands on resource servers and on readers of metadata */
export function readCatalogue() {
  const table = readFileSync(join(root, 'scripts/checks/requirements/catalogue.tsv'), 'utf8');
  const [names, ...rows] = table
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [names[index], cell])));
}

/**
 * Where each requirement is cited: the whole id, not the beginning of a longer one.
 *
 * @param {Requirement[]} catalogue
 * @param {{ file: string, text: string }[]} tests
 * @returns {Map<string, string[]>}
 */
export function findCitations(catalogue, tests) {
  const known = new Set(catalogue.map(({ id }) => id));
  const citations = new Map();
  for (const { file, text } of tests) {
    for (const [word] of text.matchAll(/(?:MCP|RFC|OAUTH|OIDC)[A-Z\d.]*(?:-[A-Z\d.]+)+/g)) {
      const id = word.replace(/\.+$/, '');
      if (!known.has(id)) continue;
      const files = citations.get(id) ?? [];
      if (!files.includes(file)) files.push(file);
      citations.set(id, files);
    }
  }
  return citations;
}

/** The reason why a requirement is left out, by its id or the family it belongs to. */
export function findReason(id, reasons) {
  if (Object.hasOwn(reasons, id)) return reasons[id];
  const family = Object.keys(reasons).find((key) => key.endsWith('*') && id.startsWith(key.slice(0, -1)));
  return family === undefined ? undefined : reasons[family];
}

/**
 * @param {Requirement[]} catalogue
 * @param {Map<string, string[]>} citations
 * @param {Record<string, string>} reasons
 * @returns {string[]} problems
 */
export function judgeManifest(catalogue, citations, reasons) {
  const uncited = catalogue
    .filter(({ id }) => !citations.has(id) && findReason(id, reasons) === undefined)
    .map(({ id, level, role }) => `${id} (${level}, ${role}) is cited by no test and not excluded`);
  const contradicted = Object.keys(reasons)
    .filter((key) => !key.endsWith('*') && citations.has(key))
    .map((key) => `${key} is excluded, yet ${citations.get(key)?.[0]} cites it: remove the exclusion`);
  const ids = catalogue.map(({ id }) => id);
  const unknown = Object.keys(reasons)
    .filter((key) => !ids.some((id) => (key.endsWith('*') ? id.startsWith(key.slice(0, -1)) : id === key)))
    .map((key) => `${key} is excluded, but no requirement has that id`);
  return [...uncited, ...contradicted, ...unknown];
}

/** One line for each requirement: where it is shown, or why it cannot be. */
export function writeManifest(catalogue, citations, reasons) {
  return catalogue
    .map(({ id, level }) => {
      const files = citations.get(id);
      const shown =
        files === undefined ? `excluded: ${findReason(id, reasons)}` : `${files.length} file(s), ${files[0]}`;
      return `${id}  ${level}  ${shown}`;
    })
    .join('\n');
}

export async function checkRequirements() {
  const catalogue = readCatalogue();
  const files = (await listProjectFiles()).filter((file) => provesSomething.test(file));
  const tests = files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  const citations = findCitations(catalogue, tests);
  const covered = catalogue.filter(({ id }) => citations.has(id)).length;
  console.log(
    `requirements: ${catalogue.length} in all, ${covered} shown by tests, ${catalogue.length - covered} excluded with a reason`,
  );
  if (process.argv.includes('--list')) console.log(writeManifest(catalogue, citations, excluded));
  return judge(
    'every requirement is shown by a test or excluded with a reason',
    judgeManifest(catalogue, citations, excluded),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outcome = await checkRequirements();
  for (const failure of outcome.failures) console.error(failure);
  process.exitCode = outcome.failed > 0 ? 1 : 0;
}
