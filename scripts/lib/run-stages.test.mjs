import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { capture } from './capture.mjs';
import { readVitestReport } from './commands.mjs';
import { createOutcome, refuseSkips, runChecks } from './outcome.mjs';
import { root } from './project.mjs';
import { runStages, summarize } from './run-stages.mjs';
import { createTempFolder } from './temp-folder.mjs';

const passed = (count = 1) => createOutcome({ passed: count });
const failed = (...failures) => createOutcome({ failures });
const skipped = (...skips) => createOutcome({ skips });
const stage = (name, run, needs = []) => ({ name, title: name, needs, run });

async function run(stages, strict = false) {
  const lines = [];
  const results = await runStages(stages, { strict, lanes: 2, print: (line) => lines.push(line) });
  const summary = summarize(results);
  return { results, lines, summary, last: summary.at(-1) };
}

test('the last line is the sum of all stages', async () => {
  const { last } = await run([
    stage('a', async () => passed(3)),
    stage('b', async () => failed('broken', 'too')),
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
    stage('docs', async () => createOutcome({ notes: ['3 pages are stale\n  ko/a.md is stale'] })),
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
  assert.deepEqual([outcome.passed, outcome.failures.length, outcome.skips.length], [1, 1, 2]);
});

test('a test file that cannot be loaded has failed', () => {
  const outcome = readVitestReport({
    success: false,
    testResults: [file('failed'), file('passed', testCase('passed'))],
  });
  assert.deepEqual([outcome.passed, outcome.failures.length], [1, 1]);
});

test('no tests at all, or an error outside of them, is a failure', () => {
  assert.equal(readVitestReport({ success: true, testResults: [] }).failures.length, 1);
  const outcome = readVitestReport({ success: false, testResults: [file('passed', testCase('passed'))] });
  assert.deepEqual([outcome.passed, outcome.failures.length], [1, 1]);
});

test('stages run side by side, each after those that it needs', async () => {
  const order = [];
  const timed = (name, needs) =>
    stage(
      name,
      async () => {
        order.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push(`${name} ends`);
        return passed();
      },
      needs,
    );
  const { results } = await run([timed('a'), timed('b', ['a']), timed('c'), timed('d', ['b'])]);
  assert.deepEqual(
    results.map((result) => result.stage.name),
    ['a', 'b', 'c', 'd'],
  );
  assert.deepEqual(order.slice(0, 2), ['a begins', 'c begins']);
  for (const [first, second] of ['ab', 'bd'])
    assert.ok(order.indexOf(`${first} ends`) < order.indexOf(`${second} begins`));
});

test('a check fails with its problems, or when it throws; one that skips itself counts for nothing', async () => {
  const outcome = await runChecks({
    'all is well': () => [],
    'two are wrong': async () => ['one', 'other', 'one'],
    'does not work': () => {
      throw new Error('broken');
    },
    'cannot be run': ({ skip }) => skip('no tool'),
    'is worth a note': ({ note }) => {
      note('stale');
      return [];
    },
  });
  assert.deepEqual([outcome.passed, outcome.skips, outcome.notes], [2, ['no tool'], ['stale']]);
  assert.equal(outcome.failures[0], 'two are wrong\n  one\n  other');
  assert.match(outcome.failures[1], /^does not work\n +Error: broken/);
});

test('tests of Node are counted one by one, with what they skip and note', async () => {
  const folder = createTempFolder();
  const files = {
    'a.mjs': `import { describe, test } from 'node:test';
      describe('group', () => {
        test('good', (t) => t.diagnostic('NOTE look'));
        test('bad', () => { throw new Error('why'); });
        test('left', (t) => t.skip('no tool'));
      });`,
    'b.mjs': 'throw new Error("cannot load");',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const names = Object.keys(files).map((name) => relative(root, join(folder, name)));
  const program = `import { runNodeTests } from ${JSON.stringify(new URL('commands.mjs', import.meta.url).href)};
    console.log(JSON.stringify(await runNodeTests(${JSON.stringify(names)})));`;
  writeFileSync(join(folder, 'run.mjs'), program);
  // In a process that is not a test itself: the runner of Node runs no tests within tests
  const env = { NODE_TEST_CONTEXT: undefined };
  const { output } = await capture(process.execPath, [join(folder, 'run.mjs')], { env });
  const outcome = JSON.parse(output.trim().split('\n').at(-1));
  assert.deepEqual([outcome.passed, outcome.skips, outcome.notes], [1, ['left: no tool'], ['look']]);
  assert.equal(outcome.failures.length, 2);
  assert.match(outcome.failures.join(), /bad\nError: why/);
  assert.match(outcome.failures.join(), /Error: cannot load/);
});
