import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsup';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * The modules of sources of the core, as they run.
 *
 * @param {string[]} paths each `path/from/the/root.ts`
 * @returns {Promise<Map<string, Record<string, unknown>>>} by path
 */
export async function loadSources(paths) {
  const outDir = mkdtempSync(join(tmpdir(), 'options-'));
  try {
    await build({
      config: false,
      entry: Object.fromEntries(paths.map((path, index) => [String(index), join(root, path)])),
      outDir,
      format: ['esm'],
      outExtension: () => ({ js: '.mjs' }),
      target: 'node20',
      tsconfig: join(root, 'packages/core/tsconfig.json'),
      // Resolved from here, where the core's own dependencies are not installed
      noExternal: [/./],
      splitting: true,
      silent: true,
      dts: false,
    });
    const modules = new Map();
    for (const [index, path] of paths.entries()) {
      modules.set(path, await import(pathToFileURL(join(outDir, `${index}.mjs`)).href));
    }
    return modules;
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/**
 * What one option takes, as the sources describe it.
 *
 * @typedef {{ must: string, default?: unknown, required?: boolean }} Kind
 */

/**
 * Loads descriptions of options from the sources, as the check at run time has them.
 *
 * @param {Iterable<string>} sources each `path/from/the/root.ts#name`, where dots in the name lead inside
 * @returns {Promise<Map<string, Record<string, Kind>>>} by source: option → kind
 * @throws {Error} where a file has no such description
 */
export async function readDescriptions(sources) {
  const modules = await loadSources([...new Set([...sources].map((source) => source.split('#')[0]))]);
  return new Map([...sources].map((source) => [source, find(modules, source)]));
}

function find(modules, source) {
  const [path, names = ''] = source.split('#');
  const found = names.split('.').reduce((value, name) => value?.[name], modules.get(path));
  const description = found?.description ?? found;
  const isDescription =
    typeof description === 'object' &&
    Object.values(description).every(({ must }) => typeof must === 'string');
  if (!isDescription) throw new Error(`${path} exports no description of options called ${names}.`);
  return description;
}
