/**
 * What a stage or check came to.
 *
 * @typedef {{ passed: number, failed: number, failures: string[], skips: string[], notes: string[] }} Outcome `failures`
 *   explains what failed, `skips` has one line for each thing skipped, `notes` says what is worth knowing and breaks nothing,
 *   not even in CI: its first line is for the summary
 */

/** @returns {Outcome} */
export function passed(count = 1) {
  return { passed: count, failed: 0, failures: [], skips: [], notes: [] };
}

/** @returns {Outcome} */
export function failed(explanation, count = 1) {
  return { passed: 0, failed: count, failures: [explanation], skips: [], notes: [] };
}

/** @returns {Outcome} */
export function skipped(reason) {
  return { passed: 0, failed: 0, failures: [], skips: [reason], notes: [] };
}

/** @returns {Outcome} nothing passed, nothing failed */
export function noted(note) {
  return { ...passed(0), notes: [note] };
}

/**
 * @param {Outcome[]} outcomes
 * @returns {Outcome}
 */
export function combine(outcomes) {
  return {
    passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
    failed: outcomes.reduce((sum, outcome) => sum + outcome.failed, 0),
    failures: outcomes.flatMap((outcome) => outcome.failures),
    skips: outcomes.flatMap((outcome) => outcome.skips),
    notes: outcomes.flatMap((outcome) => outcome.notes),
  };
}

/**
 * One named check that found problems or none.
 *
 * @param {string} name
 * @param {string[]} problems
 */
export function judge(name, problems) {
  return problems.length === 0
    ? passed()
    : failed(`${name}\n${[...new Set(problems)].map((problem) => `  ${problem}`).join('\n')}`);
}

/** On a machine that must have everything, whatever was skipped has failed. */
export function refuseSkips(outcome) {
  const { skips } = outcome;
  if (skips.length === 0) return outcome;
  return {
    ...outcome,
    failed: outcome.failed + skips.length,
    failures: [...outcome.failures, ...skips.map((skip) => `Skipped, which CI does not allow: ${skip}`)],
    skips: [],
  };
}

/** @param {Outcome} outcome */
export function formatCounts({ passed: good, failed: bad, skips }) {
  return `${good} passed, ${bad} failed${skips.length > 0 ? `, ${skips.length} skipped` : ''}`;
}
