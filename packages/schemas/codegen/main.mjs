// Bundles the generator with the zod sources and runs it. `--check` compares instead of writing.
import { rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsup';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outDir = here('../node_modules/.cache/codegen');

await build({
  config: false,
  entry: { codegen: here('./run.ts') },
  outDir,
  outExtension: () => ({ js: '.mjs' }),
  format: ['esm'],
  target: 'node20',
  tsconfig: here('../tsconfig.json'),
  silent: true,
  dts: false,
  external: ['zod', 'oxfmt'],
});

try {
  const { run } = await import(pathToFileURL(`${outDir}/codegen.mjs`).href);
  process.exitCode = await run({
    root: here('../../..'),
    check: process.argv.includes('--check'),
  });
} finally {
  await rm(outDir, { recursive: true, force: true });
}
