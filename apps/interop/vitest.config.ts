import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.js';

/**
 * `npm run interop`: what `npm test` leaves out, because it downloads servers and clients of others. With the mode `selection` it is the
 * stage `clients` of `npm test`, which takes a part of the pairs of clients and samples.
 */
export default defineConfig((environment) => ({
  resolve: base(environment).resolve ?? {},
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    env: { INTEROP_PAIRS: environment.mode === 'selection' ? 'selection' : 'all' },
    include: ['{clients,policies,recipes,servers,suites,telemetry}/**/*.test.ts'],
    // The stage of `npm test` loads the samples once for all its files
    isolate: environment.mode !== 'selection',
    // Two servers of this size at a time are too much for a small machine
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
}));
