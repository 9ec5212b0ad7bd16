import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const resolveDir = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles a module, minified.
 *
 * @param {string} contents its source
 * @param {{ external?: string[], platform?: 'browser' | 'node' }} [options]
 * @returns {Promise<{ bytes: Uint8Array, parts: { path: string, bytes: number }[] }>} parts: what each file contributes
 *   before compression, largest first
 */
export async function bundle(contents, { external = [], platform = 'browser' } = {}) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    external,
    platform,
    write: false,
    logLevel: 'error',
  });
  const [output] = Object.values(metafile.outputs);
  const parts = Object.entries(output.inputs)
    .map(([path, { bytesInOutput: bytes }]) => ({ path, bytes }))
    .sort((a, b) => b.bytes - a.bytes);
  return { bytes: outputFiles[0].contents, parts };
}

/** Size of a bundle in bytes, minified and gzipped. */
export async function bundleSize(contents, options) {
  return gzipSync((await bundle(contents, options)).bytes, { level: 9 }).length;
}
