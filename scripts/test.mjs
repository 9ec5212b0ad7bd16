import { runStages, summarize } from './lib/run-stages.mjs';
import { stages } from './lib/stages.mjs';

/** What all stages together may take on two processor cores. */
const budgetSeconds = 30 * 60;

const names = process.argv.slice(2);
const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
const chosen = names.length === 0 ? stages : stages.filter(({ name }) => names.includes(name));

if (unknown.length > 0) {
  console.error(
    `There is no stage ${unknown.join(', ')}. Stages: ${stages.map(({ name }) => name).join(', ')}.`,
  );
  process.exitCode = 1;
} else {
  const results = await runStages(chosen, {
    strict: Boolean(process.env.CI) && process.env.CI !== 'false',
    print: (line) => console.log(line),
  });
  for (const line of summarize(results, budgetSeconds)) console.log(line);
  if (results.some(({ outcome }) => outcome.failed > 0)) process.exitCode = 1;
}
