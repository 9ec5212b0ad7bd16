import { runStages, summarize } from './lib/run-stages.mjs';
import { stages } from './lib/stages.mjs';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));

if (unknown.length > 0) {
  console.error(
    `There is no stage ${unknown.join(', ')}. Stages: ${stages.map(({ name }) => name).join(', ')}.`,
  );
  process.exitCode = 1;
} else {
  const results = await runStages(
    stages.filter(({ name }) => names.length === 0 || names.includes(name)),
    {
      strict: Boolean(process.env.CI) && process.env.CI !== 'false',
      // Two, for the unit tests, which take the longest, have two workers themselves. Stages by name run alone: without the one that
      // builds, packing builds once more what others read
      lanes: names.length === 0 ? 2 : 1,
      print: (line) => console.log(line),
    },
  );
  for (const line of summarize(results)) console.log(line);
  if (results.some(({ outcome }) => outcome.failures.length > 0)) process.exitCode = 1;
}
