import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failed, noted, passed, refuseSkips, skipped } from './outcome.mjs';
import { runStages, summarize } from './run-stages.mjs';
import { readVitestReport } from './vitest-report.mjs';

const stage = (name, run, needs = []) => ({ name, title: name, needs, run });

async function run(stages, strict = false) {
  const lines = [];
  const results = await runStages(stages, { strict, print: (line) => lines.push(line) });
  const summary = summarize(results, 60);
  return { results, lines, summary, last: summary.at(-1) };
}

test('the last line is the sum of all stages', async () => {
  const { last } = await run([
    stage('a', async () => passed(3)),
    stage('b', async () => failed('broken', 2)),
  ]);
  assert.equal(last, '3 passed, 2 failed');
});

test('a failing stage does not hide the next one, and its explanation is printed', async () => {
  const { last, lines } = await run([
    stage('a', async () => failed('what broke')),
    stage('b', async () => passed()),
  ]);
  assert.equal(last, '1 passed, 1 failed');
  assert.ok(lines.some((line) => line.includes('what broke')));
});

test('a stage that throws has failed', async () => {
  const { last } = await run([
    stage('a', async () => {
      throw new Error('unexpected');
    }),
  ]);
  assert.equal(last, '0 passed, 1 failed');
});

test('a stage is not run when what it needs has failed, and says so', async () => {
  const { last, lines } = await run([
    stage('build', async () => failed('no')),
    stage('types', async () => passed(), ['build']),
  ]);
  assert.equal(last, '0 passed, 1 failed, 1 skipped');
  assert.ok(lines.some((line) => line.includes('types was not run, because build failed')));
});

test('what is skipped is named and counted; in CI it has failed', async () => {
  const stages = [stage('browser', async () => skipped('no browser here'))];
  assert.equal((await run(stages)).last, '0 passed, 0 failed, 1 skipped');
  assert.equal((await run(stages, true)).last, '0 passed, 1 failed');
  assert.match(refuseSkips(skipped('no browser here')).failures[0], /no browser here/);
});

test('a note is shown whole in its stage and with its first line at the end, and fails nothing, not even in CI', async () => {
  const stages = [
    stage('a', async () => passed(2)),
    stage('docs', async () => noted('3 pages are stale\n  ko/a.md is stale')),
  ];
  for (const strict of [false, true]) {
    const { last, lines, summary } = await run(stages, strict);
    assert.equal(last, '2 passed, 0 failed');
    assert.ok(lines.some((line) => line.includes('ko/a.md is stale')));
    assert.ok(summary.includes('NOTE 3 pages are stale'));
    assert.ok(!summary.some((line) => line.includes('ko/a.md')));
  }
});

const testCase = (status) => ({ status, fullName: status, failureMessages: ['why'] });
const file = (status, ...assertionResults) => ({
  status,
  name: 'a.test.ts',
  message: 'cannot load',
  assertionResults,
});

test('tests are counted one by one', () => {
  const outcome = readVitestReport({
    success: false,
    testResults: [
      file('failed', testCase('passed'), testCase('failed'), testCase('pending'), testCase('todo')),
    ],
  });
  assert.deepEqual([outcome.passed, outcome.failed, outcome.skips.length], [1, 1, 2]);
});

test('a test file that cannot be loaded has failed', () => {
  const outcome = readVitestReport({
    success: false,
    testResults: [file('failed'), file('passed', testCase('passed'))],
  });
  assert.deepEqual([outcome.passed, outcome.failed], [1, 1]);
});

test('no tests at all, or an error outside of them, is a failure', () => {
  assert.equal(readVitestReport({ success: true, testResults: [] }).failed, 1);
  const outcome = readVitestReport({ success: false, testResults: [file('passed', testCase('passed'))] });
  assert.deepEqual([outcome.passed, outcome.failed], [1, 1]);
});
