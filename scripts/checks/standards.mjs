import { listProjectFiles, readProjectFile } from '../lib/project.mjs';

const data = 'scripts/checks/standards/rfc-sections.tsv';

/**
 * The sections of each RFC that the project cites, by its number.
 *
 * @param {string} table
 * @returns {Map<string, Set<string>>}
 */
export function readSections(table) {
  const rows = table.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    rows.map((row) => {
      const [number, sections = ''] = row.split('\t');
      return [number, new Set(sections.split(' '))];
    }),
  );
}

const section = String.raw`[A-Z\d]+(?:\.\d+)*`;

/** `RFC 9728 §3.1`, `RFC 8414 section 2`, `RFC 8705 §2 and §3`, and what follows in the same way. */
const inWords = new RegExp(
  String.raw`\bRFC[ -]?(\d{4}),?(?:\s+[Aa]ppendix)?((?:(?:,| and| or| to)?\s*(?:§+|[Ss]ections?)\s*${section}(?:(?:, | and |–|-)\d+(?:\.\d+)+)*)+)`,
  'g',
);
/** `https://www.rfc-editor.org/rfc/rfc9728#section-3.1` */
const inAddresses = /\brfc(\d{4})(?:\.html|\.txt)?#(?:section|appendix)-([A-Z\d]+(?:\.\d+)*)/g;
/** The clauses of a message of the flow viewer. */
const inClauses = /'(\d{4}) §([A-Z\d]+(?:\.\d+)*)'/g;

/** A requirement in data: `"source": "RFC 8414", "section": "3.2 with …"`, and the same in two columns of a table. */
const inData = /RFC (\d{4})(?:",\s*"section": "|\t)([A-Z]?\d+(?:\.\d+)*)(?=[" \t\n])/g;

/**
 * What a text cites, in the order in which each form occurs.
 *
 * @param {string} text
 * @returns {{ index: number, number: string, section?: string }[]}
 */
export function findCitations(text) {
  return [
    ...[...text.matchAll(/\b(?:RFC[ -]?|rfc)(\d{4})\b/g)].map(({ index, 1: number }) => ({ index, number })),
    ...[...text.matchAll(inWords)].flatMap(({ index, 1: number, 2: named }) =>
      [...named.matchAll(/[A-Z]?\d+(?:\.\d+)*|\b[A-Z](?:\.\d+)*\b/g)].map(([found]) => ({
        index,
        number,
        section: found,
      })),
    ),
    ...[inAddresses, inClauses, inData]
      .flatMap((form) => [...text.matchAll(form)])
      .map(({ index, 1: number, 2: found }) => ({
        index,
        number,
        section: found,
      })),
  ];
}

/**
 * Citations of RFCs and sections that do not exist.
 *
 * @param {string} path
 * @param {string} text
 * @param {Map<string, Set<string>>} known
 * @returns {string[]}
 */
export function findUnknownCitations(path, text, known) {
  return findCitations(text).flatMap(({ index, number, section: named }) => {
    const sections = known.get(number);
    const where = `${path}:${text.slice(0, index).split('\n').length}`;
    if (sections === undefined) return [`${where} cites RFC ${number}, which is not in ${data}`];
    if (named === undefined || sections.has(named)) return [];
    return [`${where} cites RFC ${number} §${named}, and there is no such section`];
  });
}

/** RFCs that are listed and cited nowhere. */
export function findUncited(texts, known) {
  const cited = new Set(texts.flatMap((text) => findCitations(text).map(({ number }) => number)));
  return [...known.keys()]
    .filter((number) => !cited.has(number))
    .map((number) => `${data} lists RFC ${number}, which nothing cites`);
}

export const checks = {
  'Every RFC and every section of one that the project cites exists': () => {
    const known = readSections(readProjectFile(data));
    // This check writes of RFCs that do not exist
    const files = listProjectFiles(
      /^(?!scripts\/checks\/standards|pnpm-lock).*\.(?:md|mjs|ts|tsx|vue|js|json|ya?ml|tsv|template)$/,
    ).map((path) => ({ path, text: readProjectFile(path) ?? '' }));
    return [
      ...files.flatMap(({ path, text }) => findUnknownCitations(path, text, known)),
      ...findUncited(
        files.map(({ text }) => text),
        known,
      ),
    ];
  },
};
