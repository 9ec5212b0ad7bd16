import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

/** Tests run against the sources; the packed tarballs have a test of their own. */
export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^@mcp-auth\/(schemas|core|express|hono|fastify|conformance)$/,
        replacement: source('$1/src/index.ts'),
      },
      {
        find: /^@mcp-auth\/(schemas|core|express|hono|fastify)\/([a-z-]+)$/,
        replacement: source('$1/src/$2.ts'),
      },
      { find: /^@mcp-auth\/app-([a-z-]+)$/, replacement: source('../apps/$1/src/index.ts') },
    ],
  },
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'apps/*/{src,test}/**/*.test.ts'],
    // The long forms of property and soak tests take their time on a small machine
    testTimeout: process.env.CI === undefined ? 20_000 : 300_000,
    hookTimeout: process.env.CI === undefined ? 30_000 : 120_000,
    coverage: { include: ['packages/core/src/**/*.ts'], exclude: ['**/*.test.ts'] },
  },
});
