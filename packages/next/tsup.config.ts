import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/providers.ts', 'src/context.ts'],
  format: ['esm'],
  target: 'es2022',
  clean: true,
  splitting: true,
  treeshake: true,
});
