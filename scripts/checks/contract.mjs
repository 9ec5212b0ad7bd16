import { listProjectFiles, readProjectFile } from '../lib/project.mjs';

const map = 'docs/reference/map-of-equals.md';

/** Tests, and the suites that several packages' tests share. */
const holdsTests = /\.test\.ts$|^packages\/[\w-]+\/test\/support\/.*\.ts$/;

/** In a text, as titles are: a comment shows nothing. */
const citedInTitle = /['"`](?:\[[^\]\n]+\])*\[contract (\w+ \d+)\]/g;
const cited = /\[contract (\w+ \d+)\]/g;

/** @returns {Record<string, string>} what was promised, by the id that titles cite */
export function readRows() {
  return JSON.parse(readProjectFile('scripts/checks/contract/rows.json'));
}

/** The rows that the titles of a file cite, each title with all its citations. */
export function findCitedRows(text) {
  return [...text.matchAll(citedInTitle)].flatMap((match) => {
    const title = text.slice(match.index).split('\n', 1)[0];
    return [...title.matchAll(cited)].map(([, row]) => row);
  });
}

/**
 * @param {Record<string, string>} rows
 * @param {{ file: string, text: string }[]} tests
 * @returns {string[]} rows that no test shows, and citations of rows that there are not
 */
export function judgeRows(rows, tests) {
  const found = tests.flatMap(({ file, text }) => findCitedRows(text).map((row) => ({ file, row })));
  return [
    ...Object.entries(rows)
      .filter(([row]) => !found.some((citation) => citation.row === row))
      .map(([row, promise]) => `no test cites [contract ${row}]: ${promise}`),
    ...found
      .filter(({ row }) => !(row in rows))
      .map(({ file, row }) => `${file} cites ${row}, which is no row`),
  ];
}

/**
 * The rows of the map: what each stands for, and the files that show it.
 *
 * @returns {{ line: number, ids: string[], files: string[] }[]}
 */
export function readMap(text) {
  return text.split('\n').flatMap((line, index) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const ids = [...(cells[1] ?? '').matchAll(/(?:row|python|article) \d+/g)].map(([id]) => id);
    if (!line.startsWith('|') || ids.length === 0) return [];
    const files = [...(cells.at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, file]) => file);
    return [{ line: index + 1, ids, files }];
  });
}

/**
 * @param {ReturnType<typeof readMap>} entries
 * @param {Record<string, string>} rows
 * @param {(file: string) => string | undefined} readFile
 * @returns {string[]} entries that are not shown where they say, and rows that the map leaves out
 */
export function judgeMap(entries, rows, readFile) {
  return [
    ...Object.keys(rows)
      .filter((row) => !entries.some(({ ids }) => ids.includes(row)))
      .map((row) => `${map} leaves out ${row}`),
    ...entries.flatMap(({ line, ids, files }) => {
      const where = `${map}:${line}`;
      const known = ids.filter((id) => !(id in rows)).map((id) => `${where} names ${id}, which is no row`);
      if (files.length === 0) return [...known, `${where} names no test`];
      const texts = files.map((file) => [file, readFile(file)]);
      const missing = texts
        .filter(([, text]) => text === undefined)
        .map(([file]) => `${where}: ${file} does not exist`);
      const shown = texts.flatMap(([, text]) => findCitedRows(text ?? ''));
      const unshown = ids
        .filter((id) => !shown.includes(id))
        .map((id) => `${where}: none of its files cites ${id}`);
      return [...known, ...missing, ...(missing.length === 0 ? unshown : [])];
    }),
  ];
}

export const checks = {
  'Every row of the contract is shown by a test': () =>
    judgeRows(
      readRows(),
      listProjectFiles(holdsTests).map((file) => ({ file, text: readProjectFile(file) })),
    ),
  'Every row of the map of equals is shown where it says': () =>
    judgeMap(readMap(readProjectFile(map)), readRows(), readProjectFile),
};
