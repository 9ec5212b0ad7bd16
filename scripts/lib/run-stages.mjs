import { combine, failed, formatCounts, refuseSkips, skipped } from './outcome.mjs';
import { StepError } from './step-error.mjs';

const noteIntervalMs = 20_000;

/**
 * Runs stages one after the other and goes on after a failure wherever the next stage can still say something.
 *
 * @param {import('./stages.mjs').Stage[]} stages
 * @param {{ strict: boolean, print: (line: string) => void }} options `strict` turns whatever is skipped into a failure
 * @returns {Promise<{ stage: import('./stages.mjs').Stage, outcome: import('./outcome.mjs').Outcome, seconds: number }[]>}
 */
export async function runStages(stages, { strict, print }) {
  const results = [];
  for (const [index, stage] of stages.entries()) {
    print(`\n[${index + 1}/${stages.length}] ${stage.name}: ${stage.title}`);
    const startedAt = performance.now();
    const blocker = results.find(
      ({ stage: { name }, outcome }) => stage.needs.includes(name) && outcome.failed > 0,
    );
    const raw =
      blocker === undefined
        ? await runStage(stage, print)
        : skipped(`${stage.name} was not run, because ${blocker.stage.name} failed`);
    const outcome = strict ? refuseSkips(raw) : raw;
    const seconds = (performance.now() - startedAt) / 1000;
    for (const failure of outcome.failures) print(`\n${failure}\n`);
    for (const skip of outcome.skips) print(`!! SKIPPED ${skip}`);
    for (const note of outcome.notes) print(`    NOTE ${note.replaceAll('\n', '\n    ')}`);
    print(`    ${formatCounts(outcome)} in ${seconds.toFixed(1)} s`);
    results.push({ stage, outcome, seconds });
  }
  return results;
}

async function runStage(stage, print) {
  const startedAt = performance.now();
  let detail = '';
  const timer = setInterval(() => {
    print(`    ... ${Math.round((performance.now() - startedAt) / 1000)} s${detail && `: ${detail}`}`);
  }, noteIntervalMs);
  try {
    return await stage.run((text) => {
      detail = text;
    });
  } catch (error) {
    return failed(
      error instanceof StepError ? error.message : `${stage.name} broke down: ${error.stack ?? error}`,
    );
  } finally {
    clearInterval(timer);
  }
}

/** A table of what took how long, what failed, and the sum, which is the last line. */
export function summarize(results, budgetSeconds) {
  const total = combine(results.map(({ outcome }) => outcome));
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  const width = Math.max(...results.map(({ stage }) => stage.name.length));
  const rows = results.map(
    ({ stage, outcome, seconds: time }) =>
      `  ${stage.name.padEnd(width)}  ${time.toFixed(1).padStart(6)} s  ${formatCounts(outcome)}`,
  );
  const over = seconds > budgetSeconds ? ', which is over it' : '';
  return [
    '',
    ...rows,
    `  ${'all'.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s of a budget of ${budgetSeconds} s${over}`,
    ...(total.failed > 0 ? ['', ...total.failures.map((failure) => `FAILED ${failure.split('\n')[0]}`)] : []),
    ...(total.skips.length > 0 ? ['', ...total.skips.map((skip) => `SKIPPED ${skip}`)] : []),
    ...(total.notes.length > 0 ? ['', ...total.notes.map((note) => `NOTE ${note.split('\n')[0]}`)] : []),
    '',
    formatCounts(total),
  ];
}
