import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const fault = JSON.parse(process.env.SCHEMAS_FAULT ?? 'null');

/** Puts one fault into one source while it is loaded; nothing is written. */
const withFault = {
  name: 'with-fault',
  enforce: 'pre',
  transform(code, id) {
    if (fault === null || resolve(id) !== resolve(root, fault.file)) return undefined;
    return { code: code.replace(fault.search, () => fault.replace), map: null };
  },
};

export default defineConfig({
  root,
  plugins: [withFault],
  test: { include: ['packages/schemas/{src,test}/**/*.test.ts'], testTimeout: 120_000 },
});
