import { defineConfig } from 'tsup';
import { buildTogether } from './build-together.js';

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/providers.ts',
    'src/context.ts',
    'src/audit.ts',
    'src/authzen.ts',
    'src/explain.ts',
    'src/adapter.ts',
    'src/node.ts',
    'src/web.ts',
    'src/fetch.ts',
    'src/legacy.ts',
    // What `imports` in package.json picks one of
    'src/signatures/web-signatures.ts',
    'src/signatures/node-signatures.ts',
  ],
  external: [/^#/],
  format: ['esm'],
  target: 'es2022',
  clean: true,
  splitting: true,
  treeshake: true,
  // Deno and Workers know node:async_hooks only by its full name
  removeNodeProtocol: false,
  // All but `context`, which needs Node's async_hooks, and `audit`, which needs its file system
  esbuildPlugins: [
    buildTogether(
      ['index', 'adapter', 'node', 'web', 'fetch', 'providers', 'explain', 'authzen', 'legacy'],
      ['context', 'audit', 'introspection/introspector'],
    ),
  ],
});
