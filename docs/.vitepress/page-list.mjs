import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const docs = fileURLToPath(new URL('../', import.meta.url));

/**
 * The journeys of the sidebar, and their pages in order. A page that leads to others has them under it; `folder/*` stands for the pages
 * of a folder that are named nowhere.
 */
const groups = JSON.parse(readFileSync(new URL('pages.json', import.meta.url), 'utf8'));

/**
 * Whether a page exists, by its path below docs/ without an ending.
 *
 * @param {string} page
 */
export function pageExists(page) {
  return existsSync(join(docs, `${page}.md`));
}

/**
 * The names of the pages of a folder, without their ending, in alphabetical order.
 *
 * @param {string} folder
 * @returns {readonly string[]}
 */
export function listPages(folder) {
  const path = join(docs, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -'.md'.length))
    .sort();
}

/**
 * A page of the sidebar, and those under it.
 *
 * @typedef {{ page: string, pages: readonly string[] }} Entry
 */

/**
 * Every group with its pages as they lie in the sidebar, whether they exist or not.
 *
 * @returns {readonly { key: string, entries: readonly Entry[] }[]}
 */
export function listEntries() {
  return Object.entries(groups).map(([key, entries]) => ({
    key,
    entries: entries.flatMap((entry) =>
      typeof entry === 'string'
        ? expand(entry).map((page) => ({ page, pages: [] }))
        : [{ page: entry.page, pages: entry.pages.flatMap(expand) }],
    ),
  }));
}

/**
 * Every group with every page of it, whether it exists or not.
 *
 * @returns {readonly { key: string, pages: readonly string[] }[]}
 */
export function listGroups() {
  return listEntries().map(({ key, entries }) => ({
    key,
    pages: entries.flatMap(({ page, pages }) => [page, ...pages]),
  }));
}

const named = new Set(
  Object.values(groups)
    .flat()
    .flatMap((entry) => (typeof entry === 'string' ? [entry] : [entry.page, ...entry.pages])),
);

function expand(entry) {
  if (!entry.endsWith('/*')) return [entry];
  const folder = entry.slice(0, -2);
  return listPages(folder)
    .map((name) => `${folder}/${name}`)
    .filter((page) => !named.has(page));
}

/** @param {string} page */
function readPage(page) {
  return readFileSync(join(docs, `${page}.md`), 'utf8');
}

/**
 * A page's own heading, as plain text.
 *
 * @param {string} page
 * @returns {string}
 */
export function readTitle(page) {
  const text = readPage(page);
  const heading = /^# (.+)$/m.exec(text)?.[1] ?? /^title: *(.+)$/m.exec(text)?.[1] ?? page;
  return heading.replace(/\s*\{#[^}]+\}\s*$/, '').replaceAll('`', '');
}

/**
 * What a page says of itself, for lists.
 *
 * @param {string} page
 * @returns {string | undefined}
 */
export function readDescription(page) {
  return /^---\n[\s\S]*?^description: *['"]?(.+?)['"]?$[\s\S]*?^---$/m.exec(readPage(page))?.[1];
}
