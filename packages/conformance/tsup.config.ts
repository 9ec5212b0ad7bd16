import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/black-box.ts', 'src/remote.ts'],
  format: ['esm'],
  target: 'es2022',
  clean: true,
  splitting: true,
  treeshake: true,
});
