import ts from 'typescript';
import { listProjectFiles, readProjectFile } from '../lib/project.mjs';

const page = 'docs/errors.md';

/** Files beside those of the error classes that name codes which people meet. */
const wire = [
  { file: 'packages/core/src/challenge/format-challenge.ts', type: 'ChallengeError' },
  { file: 'packages/core/src/errors/proof-error.ts', type: 'ProofErrorCode' },
  { file: 'packages/core/src/challenge/refusals.ts', pattern: /^\s*error: '(\w+)',$/gm },
  { file: 'packages/core/src/events/decision-event.ts', type: 'DenialCode' },
];

/**
 * The members of the unions of string literals whose names a predicate accepts.
 *
 * @param {string} source
 * @param {(name: string) => boolean} accepts
 */
export function readCodes(source, accepts) {
  const file = ts.createSourceFile('codes.ts', source, ts.ScriptTarget.Latest, true);
  return file.statements
    .filter((statement) => ts.isTypeAliasDeclaration(statement) && accepts(statement.name.text))
    .flatMap(({ type }) => (ts.isUnionTypeNode(type) ? [...type.types] : [type]))
    .filter((type) => ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal))
    .map((type) => type.literal.text);
}

/**
 * The headings of a page that speak of a code: the code in them, and their anchor.
 *
 * @param {string} text
 * @returns {{ code: string, anchor: string | undefined }[]}
 */
export function readAnchors(text) {
  return [...text.matchAll(/^### [^`\n]*`([a-z]+(?:_[a-z]+)+)`[^`\n{]*(?:\{#([\w-]+)\})?$/gm)].map(
    ([, code, anchor]) => ({ code, anchor }),
  );
}

/**
 * @param {Iterable<string>} codes
 * @param {{ code: string, anchor: string | undefined }[]} anchors
 */
export function compareCodes(codes, anchors) {
  const known = new Set(codes);
  const explained = new Set(anchors.map(({ code }) => code));
  return [
    ...[...known].filter((code) => !explained.has(code)).map((code) => `${page} does not explain ${code}`),
    ...[...explained]
      .filter((code) => !known.has(code))
      .map((code) => `${page} explains ${code}, which exists nowhere`),
    ...anchors
      .filter(({ code, anchor }) => code !== anchor)
      .map(({ code, anchor }) => `${page}: the anchor of ${code} is ${anchor ?? 'not given'}`),
    ...anchors
      .filter(({ code }, index) => anchors.findIndex((other) => other.code === code) !== index)
      .map(({ code }) => `${page} explains ${code} twice`),
  ];
}

const isCodeUnion = (name) => name.endsWith('ErrorCode');

/** Every code that the source can produce. */
export function readSourceCodes(readFile = readProjectFile) {
  const classes = listProjectFiles(/^packages\/core\/src\/errors\//).flatMap((file) =>
    readCodes(readFile(file), isCodeUnion),
  );
  const others = wire.flatMap(({ file, type, pattern }) =>
    type === undefined
      ? [...readFile(file).matchAll(pattern)].map(([, code]) => code)
      : readCodes(readFile(file), (name) => name === type),
  );
  return new Set([...classes, ...others]);
}

/** Codes that no file of the core but those that declare them writes: nobody can ever meet them. */
export function findUnproducedCodes(codes, sources) {
  return [...codes]
    .filter((code) => !sources.some((source) => source.includes(`'${code}'`)))
    .map((code) => `${code} is a code that nothing in the core produces`);
}

/** Every error code has its place on the page of errors, and nothing there is about a code that does not exist. */
export const checks = {
  'Every error code is produced by the core and explained in docs/errors.md': () => {
    const codes = readSourceCodes();
    // All but the files that declare the codes
    const sources = listProjectFiles(/^packages\/core\/src\/.*\.ts$/)
      .map(readProjectFile)
      .filter((source) => readCodes(source, isCodeUnion).length === 0);
    return [
      ...compareCodes(codes, readAnchors(readProjectFile(page))),
      ...findUnproducedCodes(codes, sources),
    ];
  },
};
