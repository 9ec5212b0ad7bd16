import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Options } from 'tsup';

const source = (name: string) => fileURLToPath(new URL(`src/${name}.ts`, import.meta.url));

/**
 * Lets entry points share one file. The bundler cuts a chunk for every set of entries that share a module: sixteen files for an
 * adapter, and opening each costs a process about one percent of Node's own start. Entries that import one another are one set.
 */
export function buildTogether(entries: readonly string[]): NonNullable<Options['esbuildPlugins']>[number] {
  const paths = new Map(entries.map((name) => [source(name), name]));
  return {
    name: 'together',
    setup(build) {
      // The package says that its files have no side effects; such an import would be dropped
      build.onResolve({ filter: /^together:/ }, ({ path }) => ({
        path: source(path.slice('together:'.length)),
        sideEffects: true,
      }));
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const name = paths.get(path);
        if (name === undefined) return undefined;
        const others = entries
          .filter((other) => other !== name)
          .map((other) => `import 'together:${other}';`);
        return { loader: 'ts', contents: [await readFile(path, 'utf8'), ...others].join('\n') };
      });
    },
  };
}
