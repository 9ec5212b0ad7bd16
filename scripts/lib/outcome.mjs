/**
 * What a stage came to: how many checks passed, and a text for each that failed, each that was skipped (which CI does not
 * allow), and each note, which says what is worth knowing and fails nothing. The first line of a text is for the summary.
 *
 * @typedef {{ passed: number, failures: string[], skips: string[], notes: string[] }} Outcome
 */

/** @returns {Outcome} */
export function createOutcome(part) {
  return { passed: 0, failures: [], skips: [], notes: [], ...part };
}

/**
 * @param {Outcome[]} outcomes
 * @returns {Outcome}
 */
export function combine(outcomes) {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
    skips: outcomes.flatMap(({ skips }) => skips),
    notes: outcomes.flatMap(({ notes }) => notes),
  };
}

/**
 * A check gives its problems, none when it passed. It may note something, and gives nothing at all when it skipped itself.
 *
 * @typedef {(told: { note: (text: string) => void, skip: (reason: string) => void }) =>
 *   Promise<Iterable<string> | undefined> | Iterable<string> | undefined} Check
 */

/**
 * Runs checks by name, one after the other; one that throws has failed and keeps no other from being run.
 *
 * @param {Record<string, Check> | (() => AsyncIterable<[string, Check]>)} checks
 * @returns {Promise<Outcome>}
 */
export async function runChecks(checks) {
  const outcome = createOutcome();
  const told = {
    note: (text) => outcome.notes.push(text),
    skip: (reason) => outcome.skips.push(reason),
  };
  for await (const [name, check] of typeof checks === 'function' ? checks() : Object.entries(checks)) {
    try {
      const problems = await check(told);
      if (problems === undefined) continue;
      const [...found] = new Set(problems);
      if (found.length === 0) outcome.passed++;
      else outcome.failures.push([name, ...found].join('\n  '));
    } catch (error) {
      outcome.failures.push(`${name}\n  ${error.stack ?? error}`);
    }
  }
  return outcome;
}

/** On a machine that must have everything, whatever was skipped has failed. */
export function refuseSkips({ failures, skips, ...rest }) {
  const refused = skips.map((skip) => `Skipped, which CI does not allow: ${skip}`);
  return { ...rest, failures: [...failures, ...refused], skips: [] };
}

/** @param {Outcome} outcome */
export function formatCounts({ passed, failures, skips }) {
  return `${passed} passed, ${failures.length} failed${skips.length > 0 ? `, ${skips.length} skipped` : ''}`;
}
