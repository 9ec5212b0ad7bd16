import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Options } from 'tsup';

const source = (name: string) => fileURLToPath(new URL(`src/${name}.ts`, import.meta.url));

/**
 * Lets entry points share one file. The bundler cuts a chunk for every set of entries that share a module: sixteen files for an
 * adapter, and opening each costs a process about one percent of Node's own start. Entries that import one another are one set.
 *
 * Modules that are loaded `after` import that set too, and so have their shares in the same file.
 *
 * Leaves out what no process needs: comments, and of the manifest all but name and version.
 */
export function buildTogether(
  entries: readonly string[],
  after: readonly string[],
): NonNullable<Options['esbuildPlugins']>[number] {
  const paths = new Map([...entries, ...after].map((name) => [source(name), name]));
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
        const source = await readFile(path, 'utf8');
        // Comments are in the declarations; in the code a process reads them at each start, and they are a tenth of it
        const { code } = await build.esbuild.transform(source, { loader: 'ts', minifyWhitespace: true });
        const others = entries
          .filter((other) => name !== undefined && other !== name)
          .map((other) => `import 'together:${other}';`);
        return { loader: 'js', contents: [code, ...others].join('\n') };
      });
      build.onLoad({ filter: /[\\/]package\.json$/ }, async ({ path }) => {
        const { name, version } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
        return { loader: 'json', contents: JSON.stringify({ name, version }) };
      });
    },
  };
}
