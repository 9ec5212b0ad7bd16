import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { pnpmCommand } from './bootstrap.mjs';
import { capture, tail, tool } from './capture.mjs';
import { createOutcome } from './outcome.mjs';
import { root } from './project.mjs';
import { createTempFolder } from './temp-folder.mjs';

/** One command as one check. */
export async function runCommand(name, path, args) {
  const { ok, output } = await capture(path, args);
  return createOutcome(ok ? { passed: 1 } : { failures: [`${name} fails:\n${tail(output)}`] });
}

/**
 * The build of every package that has one; goes on after a failure, so that one run shows all.
 *
 * @param {string[]} [filters] of turbo; default: all
 */
export async function runBuild(...filters) {
  const flags = ['--continue=dependencies-successful', '--output-logs=errors-only', ...filters];
  const { command, args } = pnpmCommand(['exec', 'turbo', 'run', 'build', ...flags]);
  const { ok, output } = await capture(command, args);
  const passed = Number(/Tasks:\s+(\d+) successful/.exec(output)?.[1] ?? 0);
  if (ok && passed > 0) return createOutcome({ passed });
  // Frames of the tools' own code would push out of sight what went wrong
  const said = output.replaceAll(/^(?:\S+:\w+: )?\s*at .+:\d+:\d+\)?\n/gm, '');
  return createOutcome({ passed, failures: [`turbo run build fails:\n${tail(said, 80)}`] });
}

/** @param {string[]} [args] files, options */
export async function runVitest(args = [], env = {}) {
  const file = join(createTempFolder(), 'report.json');
  const report = ['--reporter=json', `--outputFile=${file}`];
  const { output } = await capture(tool('vitest'), ['run', ...report, ...args], { env });
  try {
    return readVitestReport(JSON.parse(readFileSync(file, 'utf8')), output);
  } catch {
    return createOutcome({ failures: [`vitest writes no report:\n${tail(output)}`] });
  }
}

/** What vitest's JSON reporter wrote, test by test. */
export function readVitestReport({ testResults, success }, output = '') {
  const outcome = createOutcome();
  for (const { name, status, message, assertionResults } of testResults) {
    const before = outcome.failures.length;
    for (const test of assertionResults) {
      if (test.status === 'passed') outcome.passed++;
      else if (test.status !== 'failed') outcome.skips.push(`test: ${test.fullName}`);
      else outcome.failures.push(`${test.fullName}\n${shorten(test.failureMessages.join('\n'))}`);
    }
    // A file that cannot be loaded has no tests to fail
    if (status === 'failed' && outcome.failures.length === before)
      outcome.failures.push(`${name}\n${shorten(message)}`);
  }
  if (outcome.passed + outcome.failures.length === 0) outcome.failures.push('vitest found no tests');
  if (outcome.failures.length === 0 && success !== true)
    outcome.failures.push(`vitest reports an error outside of any test\n${tail(output)}`);
  return outcome;
}

function shorten(text) {
  const lines = text.split('\n').filter((line) => !/^\s+at .*node_modules|^\s+at new Promise/.test(line));
  return lines.slice(0, 12).join('\n');
}

/** Files of tests for the runner of Node, by their paths from the project's root. What a test has to note it says as a diagnostic. */
export async function runNodeTests(files) {
  const outcome = createOutcome();
  let said = '';
  for await (const { type, data } of run({ files: files.map((file) => join(root, file)), concurrency: 2 })) {
    if (type === 'test:stderr') said += data.message;
    if (type === 'test:diagnostic' && data.message.startsWith('NOTE '))
      outcome.notes.push(data.message.slice('NOTE '.length));
    if (data.details?.type === 'suite') continue;
    if (type === 'test:pass' && data.skip !== undefined) outcome.skips.push(`${data.name}: ${data.skip}`);
    else if (type === 'test:pass') outcome.passed++;
    if (type === 'test:fail' && data.details.error.failureType !== 'subtestsFailed')
      outcome.failures.push(`${data.name}\n${explain(data.details.error)}`);
  }
  // What keeps a file from being loaded is on its standard error
  if (outcome.failures.length > 0 && said !== '') outcome.failures[0] += `\n${tail(said, 30)}`;
  if (outcome.passed + outcome.failures.length + outcome.skips.length === 0)
    outcome.failures.push(`there are no tests in ${files.join(', ')}`);
  return outcome;
}

function explain({ cause, message }) {
  return tail(String(cause?.stack ?? cause ?? message), 80);
}
