import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCitedRows, judgeMap, judgeRows, readMap } from './contract.mjs';

const rows = { 'row 1': 'first', 'python 1': 'second' };

test('a citation counts in a title, with those beside it, and not in a comment', () => {
  const text = [
    "test('[RFC6750-3.1-01][contract row 1][contract python 1] shows both', () => {});",
    '// [contract row 2] shows nothing',
    'describe(`[contract row 3] a group`, () => {});',
  ].join('\n');

  assert.deepEqual(findCitedRows(text), ['row 1', 'python 1', 'row 3']);
});

test('a row that no test cites is found, and a citation of no row', () => {
  const tests = [{ file: 'a.test.ts', text: "test('[contract row 1][contract row 10] x', f);" }];

  assert.deepEqual(judgeRows(rows, tests), [
    'no test cites [contract python 1]: second',
    'a.test.ts cites row 10, which is no row',
  ]);
});

const table = [
  '| Row | Python | Here | Shown by |',
  '| --- | --- | --- | --- |',
  '| row 1 | a | b | `a.test.ts`, `b.test.ts` |',
].join('\n');

test('the map is read: rows and files', () => {
  assert.deepEqual(readMap(table), [{ line: 3, ids: ['row 1'], files: ['a.test.ts', 'b.test.ts'] }]);
});

test('found in the map: a row left out, a file that is gone, one that does not cite the row, none at all', () => {
  const files = { 'a.test.ts': "test('[contract row 1] x', f);", 'b.test.ts': '' };
  const judge = (text) => judgeMap(readMap(text), rows, (file) => files[file]);

  assert.deepEqual(judge(table), ['docs/reference/map-of-equals.md leaves out python 1']);
  assert.deepEqual(
    judge(
      `${table}\n| python 1 | a | b | \`b.test.ts\` |\n| row 1 | a | b | soon |\n| row 1 | a | b | \`gone.ts\` |`,
    ),
    [
      'docs/reference/map-of-equals.md:4: none of its files cites python 1',
      'docs/reference/map-of-equals.md:5 names no test',
      'docs/reference/map-of-equals.md:6: gone.ts does not exist',
    ],
  );
});
