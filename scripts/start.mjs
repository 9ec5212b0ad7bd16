import { bootstrap, startedPackages } from './lib/bootstrap.mjs';
import { reportFailure } from './lib/step-error.mjs';

try {
  await bootstrap({ build: startedPackages });
  // In this process: signals reach it without a detour
  await import('../apps/demo/dist/main.js');
} catch (error) {
  reportFailure(error);
}
