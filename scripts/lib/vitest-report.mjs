import { failed, passed } from './outcome.mjs';

export const errorOutsideOfTests = 'vitest reports an error outside of any test';

/**
 * Counts what vitest's JSON reporter wrote.
 *
 * @param {any} report
 * @returns {import('./outcome.mjs').Outcome}
 */
export function readVitestReport(report) {
  const outcome = passed(0);
  for (const file of report.testResults) {
    const count = { passed: 0, failed: 0 };
    for (const test of file.assertionResults) {
      if (test.status === 'passed') count.passed++;
      else if (test.status === 'failed') {
        count.failed++;
        outcome.failures.push(`${test.fullName}\n${indent(test.failureMessages.join('\n'))}`);
      } else outcome.skips.push(`test: ${test.fullName}`);
    }
    // A file that cannot be loaded has no tests to fail
    if (file.status === 'failed' && count.failed === 0) {
      count.failed++;
      outcome.failures.push(`${file.name}\n${indent(file.message)}`);
    }
    outcome.passed += count.passed;
    outcome.failed += count.failed;
  }
  if (outcome.passed + outcome.failed === 0) return failed('vitest found no tests');
  if (outcome.failed === 0 && report.success !== true) {
    return { ...outcome, failed: 1, failures: [errorOutsideOfTests] };
  }
  return outcome;
}

function indent(text) {
  return text
    .split('\n')
    .filter((line) => !/^\s+at .*node_modules|^\s+at new Promise/.test(line))
    .slice(0, 12)
    .map((line) => `  ${line}`)
    .join('\n');
}
