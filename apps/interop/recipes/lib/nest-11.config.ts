import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.js';

interface Replacement {
  readonly find: string | RegExp;
  readonly replacement: string;
}

/** The tests of the package for Nest, on the packages of Nest in the folder that `NEST_FOLDER` names. */
export default defineConfig((environment) => {
  const installed = join(process.env['NEST_FOLDER'] ?? '', 'node_modules/@nestjs');
  const own = (base(environment).resolve?.alias ?? []) as readonly Replacement[];
  return {
    root: fileURLToPath(new URL('../../../..', import.meta.url)),
    resolve: {
      alias: [{ find: /^@nestjs\/([a-z-]+)(\/.*)?$/, replacement: `${installed}/$1$2` }, ...own],
    },
    test: { include: ['packages/nest/test/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
  };
});
