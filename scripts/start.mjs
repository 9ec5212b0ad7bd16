import { bootstrap, startedPackages } from './lib/bootstrap.mjs';
import { reportFailure } from './lib/run-step.mjs';

try {
  await bootstrap(startedPackages);
  // In this process: signals reach it without a detour
  await import('../apps/demo/dist/main.js');
} catch (error) {
  reportFailure(error);
}
