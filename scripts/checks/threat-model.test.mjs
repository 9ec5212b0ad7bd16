import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMissingTests, findUnprovenRows, hasTest, readCitations } from './threat-model.mjs';

const row = '`packages/a/test/x.test.ts`: “first”, “second”<br>`packages/b/src/cases/y.ts`: “third”';

test('every title is read, with its file', () => {
  assert.deepEqual(readCitations(row), [
    { file: 'packages/a/test/x.test.ts', title: 'first' },
    { file: 'packages/a/test/x.test.ts', title: 'second' },
    { file: 'packages/b/src/cases/y.ts', title: 'third' },
  ]);
});

test('a title that no test has any more is found', () => {
  const problems = findMissingTests(readCitations(row), (file) =>
    file.endsWith('x.test.ts') ? "test('first', () => {}); // second" : "{ title: 'third' }",
  );

  assert.deepEqual(problems, ['packages/a/test/x.test.ts has no test “second”']);
});

test('a file that is gone, and one that holds no tests, are found', () => {
  assert.deepEqual(
    findMissingTests(
      [
        { file: 'packages/a/test/gone.test.ts', title: 'x' },
        { file: 'packages/a/src/x.ts', title: 'x' },
      ],
      () => undefined,
    ),
    ['packages/a/test/gone.test.ts does not exist', 'packages/a/src/x.ts is no file of tests'],
  );
});

test('a part of a title is not the title', () => {
  assert.equal(hasTest("test('no token in a log', f)", 'no token'), false);
  assert.equal(hasTest('test("no token", f)', 'no token'), true);
});

test('a defence without a test is found, other tables are left alone', () => {
  const text = [
    '| Asset | Risk |',
    '| --- | --- |',
    '| data | loss |',
    '',
    '| They try | Defence | Shown by |',
    '| --- | --- | --- |',
    `| one | a | ${row} |`,
    '| two | b | soon |',
  ].join('\n');

  assert.deepEqual(findUnprovenRows(text), ['docs/security/threat-model.md:8 names no test for: two']);
});
