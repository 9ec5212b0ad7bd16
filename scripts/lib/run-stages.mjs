import { combine, createOutcome, formatCounts, refuseSkips } from './outcome.mjs';
import { StepError } from './run-step.mjs';

const noteIntervalMs = 30_000;

/**
 * A part of the tests. What it imports from the workspace's dependencies it imports when it runs: before the first stage
 * nothing is installed.
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} title
 * @property {string[]} needs stages without which this one cannot say anything
 * @property {() => Promise<import('./outcome.mjs').Outcome>} run
 */

/**
 * Runs stages, some at a time, each once what it needs is done; goes on after a failure wherever a stage can still say something.
 *
 * @param {Stage[]} stages the first that is ready goes first
 * @param {{ strict: boolean, lanes: number, print: (line: string) => void }} options `strict` turns whatever is skipped into a
 *   failure; `lanes` is how many stages run at a time
 * @returns {Promise<{ stage: Stage, outcome: import('./outcome.mjs').Outcome, seconds: number }[]>} in the order of the stages
 */
export async function runStages(stages, { strict, lanes, print }) {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  const waiting = [...stages];
  const running = new Map();
  const results = [];
  const isDone = (name) =>
    !stages.some((stage) => stage.name === name && !results.some((r) => r.stage === stage));

  const run = async (stage) => {
    const began = seconds();
    const blocker = results.find(
      ({ stage: { name }, outcome }) => stage.needs.includes(name) && outcome.failures.length > 0,
    );
    const raw =
      blocker === undefined
        ? await runStage(stage)
        : createOutcome({ skips: [`${stage.name} was not run, because ${blocker.stage.name} failed`] });
    return { stage, outcome: strict ? refuseSkips(raw) : raw, seconds: seconds() - began };
  };

  const timer = setInterval(
    () => print(`    ... ${Math.round(seconds())} s: ${[...running.keys()].join(', ')}`),
    noteIntervalMs,
  );
  while (waiting.length + running.size > 0) {
    const index = waiting.findIndex(({ needs }) => needs.every(isDone));
    if (running.size < lanes && index !== -1) {
      const [stage] = waiting.splice(index, 1);
      running.set(stage.name, run(stage));
      continue;
    }
    const result = await Promise.race(running.values());
    running.delete(result.stage.name);
    results.push(result);
    for (const line of describe(result, results.length, stages.length)) print(line);
  }
  clearInterval(timer);
  return stages.map((stage) => results.find((result) => result.stage === stage));
}

async function runStage(stage) {
  try {
    return await stage.run();
  } catch (error) {
    const message = error instanceof StepError ? error.message : `broke down: ${error.stack ?? error}`;
    return createOutcome({ failures: [`${stage.name}: ${message}`] });
  }
}

function describe({ stage, outcome, seconds }, index, count) {
  return [
    `\n[${index}/${count}] ${stage.name}: ${stage.title}`,
    ...outcome.failures.map((failure) => `\n${failure}\n`),
    ...outcome.skips.map((skip) => `!! SKIPPED ${skip}`),
    ...outcome.notes.map((note) => `    NOTE ${note.replaceAll('\n', '\n    ')}`),
    `    ${formatCounts(outcome)} in ${seconds.toFixed(1)} s`,
  ];
}

/** A table of what took how long, what failed, and the sum, which is the last line. */
export function summarize(results) {
  const total = combine(results.map(({ outcome }) => outcome));
  const width = Math.max(...results.map(({ stage }) => stage.name.length));
  const list = (mark, texts) =>
    texts.length === 0 ? [] : ['', ...texts.map((text) => `${mark} ${text.split('\n')[0]}`)];
  return [
    '',
    ...results.map(
      ({ stage, outcome, seconds }) =>
        `  ${stage.name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${formatCounts(outcome)}`,
    ),
    ...list('FAILED', total.failures),
    ...list('SKIPPED', total.skips),
    ...list('NOTE', total.notes),
    '',
    formatCounts(total),
  ];
}
