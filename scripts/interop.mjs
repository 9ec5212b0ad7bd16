import { bootstrap } from './lib/bootstrap.mjs';
import { runBuild, runVitest } from './lib/commands.mjs';
import { combine, formatCounts } from './lib/outcome.mjs';
import { reportFailure } from './lib/run-step.mjs';

try {
  await bootstrap();
  const build = await runBuild('--filter=./packages/*', '--filter=./apps/*');
  // Names of servers and clients, such as `keycloak`; none: all
  const run = await runVitest(['--config', 'apps/interop/vitest.config.ts', ...process.argv.slice(2)]);
  const outcome = combine([{ ...build, passed: 0 }, run]);
  for (const failure of outcome.failures) console.log(`FAILED ${failure}`);
  for (const skip of outcome.skips) console.log(`NOT AVAILABLE HERE ${skip}`);
  console.log(formatCounts(outcome));
  if (outcome.failures.length > 0) process.exitCode = 1;
} catch (error) {
  reportFailure(error);
}
