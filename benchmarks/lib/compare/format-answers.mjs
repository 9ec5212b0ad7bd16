import labels from './labels.json' with { type: 'json' };

/** @import { Answer } from './ask-subjects.mjs' */

const parameter = (challenge, name) => new RegExp(`\\b${name}="?([^",]*)`).exec(challenge)?.[1];

/**
 * Status, error code, and what of a challenge a client acts on.
 *
 * @param {Answer} answer
 * @param {typeof labels.en} label
 */
function describeAnswer({ status, challenge, retryAfter }, label) {
  if (status === 200) return '200';
  const code = parameter(challenge, 'error');
  const names = ['resource_metadata', 'scope'].filter((name) => parameter(challenge, name) !== undefined);
  return [
    String(status),
    ...(code === undefined ? [] : [`\`${code}\``]),
    ...(names.length === 0
      ? []
      : [label.names.replace('{names}', names.map((name) => `\`${name}\``).join(label.list))]),
    ...(retryAfter === null ? [] : ['`Retry-After`']),
  ].join(label.comma);
}

const describeMetadata = ({ status, body }, label) =>
  status === 200 && body.includes('"authorization_servers"')
    ? '200'
    : label.yours.replace('{status}', status);

/** What is sent, in the order of the table, and how an answer is told. */
const rows = {
  none: describeAnswer,
  metadata: describeMetadata,
  good: describeAnswer,
  expired: describeAnswer,
  audience: describeAnswer,
  scope: describeAnswer,
  rotated: describeAnswer,
  outage: describeAnswer,
};

/**
 * What stands above the column of a library.
 *
 * @param {{ name: string, head?: string }} subject
 * @param {keyof typeof labels} [language]
 */
export const describeSubject = ({ name, head }, language = 'en') =>
  head === undefined ? name : labels[language][head].replace('{name}', name);

/**
 * The answers as a table, one column for each library. Markdown, not yet aligned.
 *
 * @param {readonly { name: string, head?: string, answers: Record<string, Answer> }[]} results
 * @param {keyof typeof labels} [language]
 */
export function formatAnswers(results, language = 'en') {
  const label = labels[language];
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line([label.sent, ...results.map((result) => describeSubject(result, language))]),
    line(['---', ...results.map(() => '---')]),
    ...Object.entries(rows).map(([key, describe]) =>
      line([label[key], ...results.map(({ answers }) => describe(answers[key], label))]),
    ),
  ].join('\n');
}

const [begin, end] = ['<!-- answers -->', '<!-- /answers -->'];

/** Puts a table into a page, between its marks. */
export function replaceAnswers(page, table) {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error('The page has no marks for answers');
  return `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`;
}

/** What stands above the columns of the table of a page: the libraries, with their versions. */
export function readSubjects(page) {
  const [, header = ''] = /<!-- answers -->\s*\|(.*)\|\n/.exec(page) ?? [];
  return header
    .split('|')
    .slice(1)
    .map((cell) => cell.trim());
}
