import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readProjectFile, root } from '../../lib/project.mjs';

/**
 * Reads text files by their path from the project's root; nothing for a file that does not exist.
 *
 * @typedef {(path: string) => string | undefined} ReadFile
 */

/**
 * The same files with some of them replaced, to see whether a rule bites.
 *
 * @param {Record<string, string>} replacements
 * @returns {ReadFile}
 */
export function overlay(replacements, read = readProjectFile) {
  return (path) => replacements[path] ?? read(path);
}

/**
 * The packages of the house by name.
 *
 * @param {ReadFile} read
 * @returns {Map<string, { name: string, folder: string, manifest: any }>}
 */
export function readPackages(read) {
  const folders = readdirSync(join(root, 'packages')).map((folder) => `packages/${folder}`);
  return new Map(
    folders.flatMap((folder) => {
      const text = read(`${folder}/package.json`);
      if (text === undefined) return [];
      const manifest = JSON.parse(text);
      return [[manifest.name, { name: manifest.name, folder, manifest }]];
    }),
  );
}

/**
 * The entries of a package: subpath, source, and what is built from it.
 *
 * @returns {{ subpath: string, source: string, outputs: string[] }[]}
 */
export function listEntries({ folder, manifest }) {
  return Object.entries(manifest.exports).flatMap(([subpath, target]) => {
    if (typeof target === 'string') return [];
    const outputs = [target.import, target.require]
      .flatMap((system) => [system.default, system.types])
      .map((path) => `${folder}/${path.replace(/^\.\//, '')}`);
    const source = outputs[0].replace('/dist/', '/src/').replace(/\.js$/, '.ts');
    return [{ subpath, source, outputs }];
  });
}

/**
 * What `imports` of a package picks from by platform, each with the conditions that lead to it.
 *
 * @returns {{ subpath: string, source: string, outputs: string[] }[]} a subpath is `#name on condition`
 */
export function listPlatformFiles({ folder, manifest }) {
  return Object.entries(manifest.imports ?? {}).flatMap(([name, targets]) =>
    Object.entries(targets).map(([condition, target]) => {
      const output = `${folder}/${target.replace(/^\.\//, '')}`;
      const source = output.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
      return { subpath: `${name} on ${condition}`, source, outputs: [output] };
    }),
  );
}
