import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const docs = fileURLToPath(new URL('../', import.meta.url));

/** The groups of the sidebar, and their pages in order: `folder/*` stands for the pages of a folder that are not named. */
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
 * Every group with every page of it, whether it exists or not.
 *
 * @returns {readonly { key: string, pages: readonly string[] }[]}
 */
export function listGroups() {
  return Object.entries(groups).map(([key, entries]) => ({ key, pages: expand(entries) }));
}

function expand(entries) {
  return entries.flatMap((entry) => {
    if (!entry.endsWith('/*')) return [entry];
    const folder = entry.slice(0, -2);
    return listPages(folder)
      .map((name) => `${folder}/${name}`)
      .filter((page) => !entries.includes(page));
  });
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
