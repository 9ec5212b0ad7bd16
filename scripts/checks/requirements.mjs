import { listProjectFiles, readProjectFile } from '../lib/project.mjs';
import { excluded } from './requirements/excluded.mjs';

/** @typedef {{ id: string, level: string, role: string }} Requirement */

/** Tests and files of cases; a citation anywhere else shows nothing. */
const provesSomething = /\.test\.ts$|packages\/conformance\/src\/(?:cases|hostile)\/.*\.ts$/;

/** @returns {Requirement[]} all demands on resource servers and on readers of metadata */
export function readCatalogue() {
  const table = readProjectFile('scripts/checks/requirements/catalogue.tsv');
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

export const checks = {
  'Every requirement is shown by a test or excluded with a reason': () => {
    const tests = listProjectFiles(provesSomething).map((file) => ({ file, text: readProjectFile(file) }));
    const catalogue = readCatalogue();
    return judgeManifest(catalogue, findCitations(catalogue, tests), excluded);
  },
};
