import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/main.ts', 'src/scripts/make-keys.ts', 'src/scripts/mint-token.ts'],
  format: ['esm'],
  target: 'node20',
  clean: true,
});
