import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';

/** @typedef {{ file: string, search: string, replace: string }} Edit a change of a file in the workspace */

/** @returns {Edit[]} the place that a fault names, and further ones where one alone breaks nothing */
export function editsOf({ file, search, replace, also = [] }) {
  return [{ file, search, replace }, ...also];
}

/** A fault that no longer fits its source would go unnoticed. */
export function checkSearch(fault) {
  for (const { file, search } of editsOf(fault)) {
    const count = readFileSync(join(root, file), 'utf8').split(search).length - 1;
    if (count !== 1) return `its search text occurs ${count} times in ${file}, not once`;
  }
  return undefined;
}

/**
 * Puts faults into the sources as they are loaded: no file is touched.
 *
 * @param {() => Edit[]} current
 */
export function createFaultPlugin(current) {
  return {
    name: 'mcp-auth-fault',
    enforce: 'pre',
    transform: (code, id) =>
      current()
        .filter(({ file }) => join(root, file) === id.split('?', 1)[0])
        .reduce(applyEdit, code),
  };
}

function applyEdit(text, { file, search, replace }) {
  if (!text.includes(search)) throw new Error(`${file} no longer holds ${JSON.stringify(search)}`);
  return text.replace(search, () => replace);
}
