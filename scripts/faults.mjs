import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/bootstrap.mjs';
import { capture, tail } from './lib/capture.mjs';
import { inTempFolder } from './lib/temp-folder.mjs';

/**
 * A fault to be found.
 *
 * @typedef {object} Fault
 * @property {string} name
 * @property {string} file path in the workspace
 * @property {string} search text that occurs in the file exactly once
 * @property {string} replace
 * @property {{ file: string, search: string, replace: string }[]} [also] further places, where one alone breaks nothing
 * @property {string[]} requirements rules it breaks: a test that names one of them must fail
 * @property {keyof typeof suites} [suite] default: `node-http`
 */

/** Test files, each fast and enough to show a fault in core. */
const suites = {
  'node-http': 'apps/node-http-adapter/test/conformance.test.ts',
  fetch: 'packages/conformance/test/fetch-entry.test.ts',
  'challenge-text': 'packages/conformance/test/challenge/challenge-text.test.ts',
};
const workers = 2;
const folder = join(root, 'scripts/faults');

/** @returns {Promise<Fault[]>} */
async function loadFaults() {
  const files = readdirSync(folder).filter((file) => file.endsWith('.mjs') && !file.endsWith('.config.mjs'));
  const modules = await Promise.all(files.sort().map((file) => import(join(folder, file))));
  return modules.flatMap((module) => module.faults ?? []);
}

/** The place that a fault names, and further ones where one alone breaks nothing. */
function editsOf({ file, search, replace, also = [] }) {
  return [{ file, search, replace }, ...also];
}

/** A fault that no longer fits its source would go unnoticed. */
function checkSearch(fault) {
  for (const { file, search } of editsOf(fault)) {
    const count = readFileSync(join(root, file), 'utf8').split(search).length - 1;
    if (count !== 1) return `its search text occurs ${count} times in ${file}, not once`;
  }
  return undefined;
}

/** Runs the tests of a suite, those of some requirements alone where any are given. */
async function runSuite(suite, fault) {
  const ids = fault?.requirements.map((id) => id.replaceAll('.', '\\.')).join('|');
  return inTempFolder(async (temp) => {
    const report = join(temp, 'report.json');
    const { output } = await capture(
      process.execPath,
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        suites[suite],
        '--config=scripts/faults/with-fault.config.mjs',
        '--pool=threads',
        '--reporter=json',
        `--outputFile=${report}`,
        ...(ids === undefined ? [] : ['-t', `\\[(${ids})\\]`]),
      ],
      { env: { MCP_AUTH_FAULT: JSON.stringify(fault === undefined ? [] : editsOf(fault)) } },
    );
    return readTests(report) ?? { tests: [], problem: tail(output, 20) };
  });
}

function readTests(report) {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const tests = testResults.flatMap((file) => file.assertionResults);
    const problem = testResults.find((file) => file.assertionResults.length === 0)?.message;
    return { tests: tests.filter(({ status }) => status !== 'skipped' && status !== 'pending'), problem };
  } catch {
    return undefined;
  }
}

/** A test that fails because nothing works any more has not found the fault. */
function isFinding({ failureMessages }) {
  return failureMessages.every((message) =>
    /^(?:Conformance|Assertion|Syntax)Error|^Error: Property/.test(message),
  );
}

/** @returns {Promise<{ name: string, caughtBy: string[], problem?: string }>} */
async function judge(fault) {
  const { name, suite = 'node-http' } = fault;
  const stale = checkSearch(fault);
  if (stale !== undefined) return { name, caughtBy: [], problem: stale };
  const { tests, problem } = await runSuite(suite, fault);
  if (tests.length === 0) return { name, caughtBy: [], problem: problem ?? 'no test names its requirements' };
  const failing = tests.filter(({ status }) => status === 'failed');
  const broken = failing.find((test) => !isFinding(test))?.failureMessages[0].split('\n', 1)[0];
  if (broken !== undefined) return { name, caughtBy: [], problem: `it breaks more than its rule: ${broken}` };
  if (failing.length === 0) return { name, caughtBy: [], problem: `all ${tests.length} tests pass with it` };
  return { name, caughtBy: failing.map(({ title }) => title) };
}

/** Without a fault everything must pass, or a failing test would prove nothing. */
async function judgeSound(suite) {
  const { tests, problem } = await runSuite(suite, undefined);
  const failing = tests.filter(({ status }) => status !== 'passed').map(({ title }) => title);
  const name = `no fault (${suite})`;
  if (tests.length === 0) return { name, caughtBy: [], problem: problem ?? 'no tests' };
  return { name, caughtBy: [], problem: failing.length > 0 ? `fails: ${failing.join('; ')}` : undefined };
}

async function runAll(jobs) {
  const results = [];
  const pending = jobs.entries();
  const work = async () => {
    for (const [index, job] of pending) {
      results[index] = await job();
      console.log(format(results[index]));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

function format({ name, caughtBy, problem }) {
  if (problem !== undefined) return `  failed  ${name}: ${problem}`;
  if (caughtBy.length === 0) return `  passed  ${name}`;
  const more = caughtBy.length > 1 ? ` and ${caughtBy.length - 1} more` : '';
  return `  passed  ${name}: caught by ${caughtBy[0].replace(/ \[[A-Z].*$/, '')}${more}`;
}

const wanted = process.argv[2] ?? '';
const faults = (await loadFaults()).filter(({ name }) => name.includes(wanted));
const used = [...new Set(faults.map(({ suite = 'node-http' }) => suite))];
const results = await runAll([
  ...used.map((suite) => () => judgeSound(suite)),
  ...faults.map((fault) => () => judge(fault)),
]);
const failed = results.filter(({ problem }) => problem !== undefined).length;

console.log('\nfault | caught by');
for (const { name, caughtBy, problem } of results.slice(used.length)) {
  console.log(
    `${name} | ${problem === undefined ? caughtBy[0].replace(/: .*$| \[[A-Z].*$/, '') : 'nothing'}`,
  );
}
console.log(`${results.length - failed} passed, ${failed} failed`);
if (failed > 0 || faults.length === 0) process.exitCode = 1;
