import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { CodegenError } from './codegen-error.js';
import { createOutputs, generatedFolders } from './outputs.js';

export interface RunOptions {
  /** Root of the repository. */
  readonly root: string;
  /** Compare with what is committed instead of writing. */
  readonly check: boolean;
}

/** Writes or checks all generated files; returns the exit code. */
export async function run({ root, check }: RunOptions): Promise<number> {
  try {
    const outputs = await createOutputs();
    const stale = await findStale(root, outputs);
    if (check) {
      for (const { path, problem } of stale) console.error(`${path}: ${problem}`);
      if (stale.length > 0) console.error('Generated files are stale. Run: pnpm codegen');
      else console.log(`${outputs.size} generated files are fresh`);
      return stale.length > 0 ? 1 : 0;
    }
    for (const { path } of stale) {
      const text = outputs.get(path);
      await mkdir(dirname(join(root, path)), { recursive: true });
      await (text === undefined ? rm(join(root, path)) : writeFile(join(root, path), text));
    }
    console.log(`${outputs.size} generated files, ${stale.length} changed`);
    return 0;
  } catch (error) {
    if (!(error instanceof CodegenError)) throw error;
    console.error(`${error.code}: ${error.message}`);
    return 1;
  }
}

interface Stale {
  readonly path: string;
  readonly problem: string;
}

async function findStale(root: string, outputs: ReadonlyMap<string, string>): Promise<Stale[]> {
  const stale: Stale[] = [];
  for (const [path, text] of outputs) {
    const committed = await readFile(join(root, path), 'utf8').catch(() => undefined);
    if (committed === undefined) stale.push({ path, problem: 'is missing' });
    else if (committed !== text) stale.push({ path, problem: 'differs from what the zod sources say' });
  }
  for (const folder of generatedFolders) {
    const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true }).catch(
      () => [],
    );
    for (const entry of entries.filter((entry) => entry.isFile())) {
      const path = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
      if (!outputs.has(path)) stale.push({ path, problem: 'is not generated any more' });
    }
  }
  return stale;
}
