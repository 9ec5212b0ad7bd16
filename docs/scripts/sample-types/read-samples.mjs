import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../../scripts/lib/project.mjs';

/**
 * A block of code of a page.
 *
 * @typedef {object} Sample
 * @property {string} page its path from the project's root
 * @property {number} line of the page that comes before the first one of the code
 * @property {string} folder from where it imports, from the project's root
 * @property {'ts' | 'js'} language
 * @property {string} code
 */

/** Where code imports from that is of no application: it sees there what one has installed. */
const workshop = 'apps/examples/src';

const block = /^(?:<!-- quote: (\S+) -->\n\n)?```(ts|typescript|js)\b[^\n]*\n([\s\S]*?)^```$/gm;

/**
 * The blocks of a page that can have types. A quote imports from where it is quoted.
 *
 * @param {string} page
 * @param {string} text
 * @returns {readonly Sample[]}
 */
export function readSamples(page, text) {
  return [...text.matchAll(block)].map(({ 0: whole, 1: quoted = '', 2: label, 3: code, index }) => ({
    page,
    line: (text.slice(0, index) + whole.slice(0, whole.length - code.length - 3)).split('\n').length - 1,
    folder: quoted.startsWith('apps/') ? dirname(quoted) : workshop,
    language: label === 'js' ? 'js' : 'ts',
    code,
  }));
}

/**
 * The blocks of the pages whose samples have types: `typed-pages.json` names them. Translations have the code of their originals.
 *
 * @returns {readonly Sample[]}
 */
export function readTypedSamples() {
  return listTypedPages().flatMap((name) => {
    const page = `docs/${name}.md`;
    return readSamples(page, readFileSync(join(root, page), 'utf8'));
  });
}

/** @returns {readonly string[]} by their path below docs/ without an ending */
export function listTypedPages() {
  return JSON.parse(readFileSync(join(root, 'docs/.vitepress/typed-pages.json'), 'utf8'));
}
