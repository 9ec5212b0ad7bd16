/**
 * Runs a suite, and again while a promise is broken that was broken in every run before: noise of a machine seldom meets the same
 * promise three times, a regression always does.
 *
 * @template {{ broken: { what: string }[] }} Found
 * @param {() => Promise<Found>} run
 * @param {{ tries: number, onRetry?: (broken: Found['broken']) => void }} options
 * @returns {Promise<{ report: Found, broken: Found['broken'] }>} what the last run found, and what all runs found broken
 */
export async function runWithTries(run, { tries, onRetry }) {
  let report = await run();
  let broken = report.broken;
  for (let count = 1; count < tries && broken.length > 0; count++) {
    onRetry?.(broken);
    report = await run();
    const again = new Set(report.broken.map(({ what }) => what));
    broken = broken.filter(({ what }) => again.has(what));
  }
  return { report, broken };
}
