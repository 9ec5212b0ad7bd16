import { readProjectFile } from '../lib/project.mjs';

const document = 'docs/security/threat-model.md';

/** A file in backticks and the titles in typographic quotes that follow it. */
const citation = /`([\w./-]+\.ts)`: ((?:“[^”]+”(?:, )?)+)/g;

/**
 * The tests that a document names.
 *
 * @param {string} text
 * @returns {{ file: string, title: string }[]}
 */
export function readCitations(text) {
  return [...text.matchAll(citation)].flatMap(([, file, titles]) =>
    [...titles.matchAll(/“([^”]+)”/g)].map(([, title]) => ({ file, title })),
  );
}

/** Rows of the tables of defences that name no test, or no longer in the form that is read here. */
export function findUnprovenRows(text) {
  let columns = [];
  return text.split('\n').flatMap((line, index) => {
    if (!line.startsWith('|')) {
      columns = [];
      return [];
    }
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (columns.length === 0) columns = cells;
    const isRow = columns.at(-1) === 'Shown by' && cells !== columns && !/^-+$/.test(cells[0] ?? '');
    return isRow && readCitations(cells.at(-1) ?? '').length === 0
      ? [`${document}:${index + 1} names no test for: ${cells[0]}`]
      : [];
  });
}

/** Whether a test file, or a file of cases, has a test of that title: as a whole text, not in a comment or a longer title. */
export function hasTest(source, title) {
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));
}

/**
 * @param {{ file: string, title: string }[]} citations
 * @param {(file: string) => string | undefined} readFile
 */
export function findMissingTests(citations, readFile) {
  return citations.flatMap(({ file, title }) => {
    if (!/\.test\.ts$|\/src\/cases\//.test(file)) return [`${file} is no file of tests`];
    const source = readFile(file);
    if (source === undefined) return [`${file} does not exist`];
    return hasTest(source, title) ? [] : [`${file} has no test “${title}”`];
  });
}

export const checks = {
  'Every defence in the threat model is shown by a test': () => {
    const text = readProjectFile(document);
    return [...findUnprovenRows(text), ...findMissingTests(readCitations(text), readProjectFile)];
  },
};
