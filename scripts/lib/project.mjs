import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';

/**
 * Where the project lives, and whether its packages are on npm: `published` is set to true by whoever publishes them first.
 *
 * @type {{ name: string, repository: string, author: string, published: boolean }}
 */
export const project = JSON.parse(readFileSync(join(root, 'project.json'), 'utf8'));

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
