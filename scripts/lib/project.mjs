import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The text of a file by its path from the project's root; nothing for a file that does not exist, or a folder. */
export function readProjectFile(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return undefined;
    throw error;
  }
}

/**
 * Where the project lives, and whether its packages are on npm: `published` is set to true by whoever publishes them first.
 *
 * @type {{ name: string, repository: string, author: string, published: boolean }}
 */
export const project = JSON.parse(readProjectFile('project.json'));

/**
 * The path from the project's root that an address of its repository leads to.
 *
 * @param {string} address
 * @returns {string | undefined} nothing for an address that leads to no file or folder
 */
export function readRepositoryPath(address) {
  const [, path] = address.split(/\/(?:blob|tree)\/main\//);
  return address.startsWith(`${project.repository}/`) ? path : undefined;
}

/**
 * The files of the project as paths from its root: all that git tracks or would track.
 *
 * @param {RegExp} [pattern] of the files that are wanted
 * @throws {Error} outside a git checkout
 */
export function listProjectFiles(pattern = /./) {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const output = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const paths = output.split('\0').filter((path) => path !== '' && pattern.test(path));
  return paths.filter((path) => existsSync(join(root, path)));
}

/**
 * The packages that are published.
 *
 * @returns {{ name: string, folder: string, manifest: any }[]} folders from the project's root
 */
export function listPublishedPackages(base = root) {
  return readdirSync(join(base, 'packages'))
    .map((name) => `packages/${name}`)
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(base, folder, 'package.json'), 'utf8')),
    }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ folder, manifest }) => ({ name: manifest.name, folder, manifest }));
}
