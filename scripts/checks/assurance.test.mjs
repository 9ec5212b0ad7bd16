import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPage, findProblems, judgeRow } from './assurance.mjs';

const sources = { list: { title: 'A list', read: 'Read.' } };
const tests = { 'a.test.ts': ['shows it'] };
const row = { id: 'a-1', source: 'list', place: 'x', level: 'L1', word: 'MUST', demand: 'something' };
const readFile = (file) => (file === 'a.test.ts' ? "test('shows it', f);" : undefined);
const judge = (...rows) => findProblems({ sources, rows }, readFile);

test('a row is never better than what its tests and its gaps allow', () => {
  assert.equal(judgeRow({ missing: 'x' }), 'Not met');
  assert.equal(judgeRow({ missing: 'x', owner: 'y' }), 'Not met');
  assert.equal(judgeRow({ missing: 'x', tests }), 'Partly met');
  assert.equal(judgeRow({ owner: 'y', client: 'z' }), 'Left to the owner and the client');
  assert.equal(judgeRow({ tests, owner: 'y' }), 'Our part is met');
  assert.equal(judgeRow({ tests }), 'Met');
});

test('a test that does not exist, and a file that is gone, are found', () => {
  assert.deepEqual(judge({ ...row, tests }), []);
  assert.equal(judge({ ...row, tests: { 'a.test.ts': ['shows'] } }).length, 1);
  assert.equal(judge({ ...row, tests: { 'gone.test.ts': ['shows it'] } }).length, 1);
});

test('a claim without a test is found, and a row that says nothing, is there twice, or is of no list', () => {
  assert.match(judge({ ...row, note: 'We do.', owner: 'y' }).join(), /claims what no test shows/);
  assert.match(judge(row).join(), /whose part/);
  assert.match(judge({ ...row, tests: {} }).join(), /empty list/);
  assert.match(judge({ ...row, owner: 'y' }, { ...row, owner: 'y' }).join(), /twice/);
  assert.match(judge({ ...row, owner: 'y', source: 'other' }).join(), /no source/);
  assert.match(judge({ ...row, owner: 'y', mising: 'z' }).join(), /nobody reads/);
});

test('the page says what is missing, and names the tests', async () => {
  const page = await createPage({ date: '2026-01-01', sources, rows: [{ ...row, tests, missing: 'More.' }] });
  assert.match(page, /Partly met/);
  assert.match(page, /\*\*Missing:\*\* More\.<br>`a\.test\.ts`: “shows it”/);
});
