// What the metadata checker says in other languages: node --test docs/test/finding-texts.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readCodes } from '../../scripts/checks/error-codes.mjs';
import { readFindingTable } from './finding-tables.mjs';

/** The letters of a language, and how its sentences end. */
const languages = {
  ko: { letters: /\p{Script=Hangul}/u, end: '.' },
  ja: { letters: /[\p{Script=Hiragana}\p{Script=Katakana}]/u, end: '。' },
  'zh-tw': { letters: /\p{Script=Han}/u, end: '。', never: /[\p{Script=Hiragana}\p{Script=Katakana}]/u },
};

/** Every code that the checker can report, as the schemas name them. */
const codes = ['lint/finding.ts', 'runtime/issue.ts'].flatMap((file) =>
  readCodes(readFileSync(new URL(`../../packages/schemas/src/${file}`, import.meta.url), 'utf8'), (name) =>
    ['LintCode', 'McpCode', 'IssueCode'].includes(name),
  ),
);

/** Names of members, values, algorithms and documents: the same in every language. */
const namesIn = ({ message, fix }) =>
  [...`${message} ${fix}`.matchAll(/[\w./-]*[a-z]_[a-z][\w./-]*|S256|RS256|RFC \d+|\d{4}-\d\d-\d\d/g)]
    .map(([name]) => name)
    .sort()
    .join(', ');

/** A sentence that is empty, unfinished, or still English. */
function judgeSentence(sentence, { letters, end, never }) {
  if (sentence.trim() !== sentence || sentence === '') return 'is empty or has blanks around it';
  if (!letters.test(sentence) || /(?:[A-Za-z]{2,}[ ,]+){3}[A-Za-z]{2,}/.test(sentence)) return 'is English';
  if (never?.test(sentence)) return 'is another language';
  return sentence.endsWith(end) ? undefined : `does not end with ${end}`;
}

const tables = Object.fromEntries(
  await Promise.all(
    Object.keys(languages).map(async (language) => [language, await readFindingTable(language)]),
  ),
);

for (const [language, rules] of Object.entries(languages)) {
  test(`the sentences in ${language} are whole, and no two are alike`, () => {
    const entries = Object.entries(tables[language]);
    const problems = entries.flatMap(([code, { message, fix }]) =>
      [message, fix].flatMap((sentence) => {
        const problem = judgeSentence(sentence, rules);
        return problem === undefined ? [] : [`${code} ${problem}: ${sentence}`];
      }),
    );
    const messages = entries.map(([, { message }]) => message);
    const repeated = messages.filter((message, index) => messages.indexOf(message) !== index);
    assert.deepEqual([...problems, ...repeated.map((message) => `two codes say: ${message}`)], []);
  });
}

test('what lags behind the English is said and breaks nothing: the checker shows English instead', (t) => {
  assert.notEqual(codes.length, 0, 'the schemas name no codes: has their source moved?');
  const stale = codes.flatMap((code) => {
    const present = Object.keys(languages).filter((language) => tables[language][code] !== undefined);
    const missing = Object.keys(languages).filter((language) => !present.includes(language));
    const names = new Set(present.map((language) => namesIn(tables[language][code])));
    return [
      ...(missing.length > 0 ? [`${code} is not translated: ${missing.join(', ')}`] : []),
      ...(names.size > 1 ? [`${code} names other things in one language: ${[...names].join(' / ')}`] : []),
    ];
  });
  if (stale.length > 0) t.diagnostic(`NOTE Stale sentences of the metadata checker: ${stale.join('; ')}`);
});
