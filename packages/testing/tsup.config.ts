import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/vitest.ts', 'src/jest.ts', 'src/node.ts'],
  format: ['esm'],
  target: 'es2022',
  clean: true,
  splitting: true,
  treeshake: true,
});
