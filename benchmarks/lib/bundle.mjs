import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const resolveDir = fileURLToPath(new URL('..', import.meta.url));

/**
 * Sizes of a module as a bundle in bytes, minified and gzipped: what is loaded with it, and with everything that it may load
 * later by `import()`.
 *
 * @param {string} contents its source
 * @param {{ external?: string[], platform?: 'browser' | 'node', conditions?: string[] }} [options]
 * @returns {Promise<{ atStart: number, inAll: number }>}
 */
export async function bundleSizes(contents, { external = [], platform = 'browser', conditions = [] } = {}) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    absWorkingDir: resolveDir,
    outdir: 'out',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    external,
    platform,
    conditions,
    write: false,
    logLevel: 'error',
  });
  const sizes = new Map(
    outputFiles.map((file) => [basename(file.path), gzipSync(file.contents, { level: 9 }).length]),
  );
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const loaded = new Set();
  const pending = [...outputs].filter(([, { entryPoint }]) => entryPoint === '<stdin>').map(([name]) => name);
  while (pending.length > 0) {
    const name = pending.pop();
    if (loaded.has(name) || !outputs.has(name)) continue;
    loaded.add(name);
    for (const { kind, path } of outputs.get(name).imports) {
      if (kind === 'import-statement') pending.push(basename(path));
    }
  }
  const sum = (names) => [...names].reduce((total, name) => total + sizes.get(name), 0);
  return { atStart: sum(loaded), inAll: sum(sizes.keys()) };
}

/** Size of a bundle in bytes, minified and gzipped. */
export async function bundleSize(contents, options) {
  return (await bundleSizes(contents, options)).inAll;
}
