import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.js';

/** `npm run interop`: what `npm test` leaves out, because it downloads servers and clients of others. */
export default defineConfig((environment) => ({
  resolve: base(environment).resolve ?? {},
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['{clients,servers}/**/*.test.ts'],
    // Two servers of this size at a time are too much for a small machine
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
}));
