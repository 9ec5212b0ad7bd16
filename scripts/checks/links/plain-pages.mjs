import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

const fence = /^( *)(`{3,}|~{3,})[\s\S]*?^\1\2`*[ \t]*$/gm;
const inlineCode = /`[^`\n]*`/g;
const link = /\]\(([^)\s]+)\)/g;

/** What belongs to the site and means nothing without it. */
const siteOnly = [
  /^<<< /m,
  /<!--@include/,
  /^ *:::/m,
  /^<!-- (?:options|quote|skill|tabs)/m,
  /^<\/?template/m,
];

/**
 * What is amiss with the Markdown of a built site: pages without it, marks that only the site understands, links that lead nowhere.
 *
 * @param {string} folder
 */
export function findPlainPageProblems(folder) {
  const files = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll(sep, '/')),
  );
  const pages = [...files].filter((file) => file.endsWith('.html') && file !== '404.html');
  const missing = pages
    .flatMap((page) => [`${page}.md`, page.replace(/\.html$/, '.md')])
    .concat('llms.txt', 'llms-full.txt')
    .filter((file) => !files.has(file));
  const plain = [...files].filter((file) => /^(?!.*\.html\.md$).*\.(?:md|txt)$/.test(file));
  return [
    ...missing.map((file) => `${file} is not there`),
    ...plain.flatMap((file) => findProblems(file, readFileSync(join(folder, file), 'utf8'), files)),
  ];
}

function findProblems(file, text, files) {
  const prose = text.replaceAll(fence, '').replaceAll(inlineCode, '');
  const marks = siteOnly.flatMap((mark) => mark.exec(prose)?.[0] ?? []).map((mark) => `${file} has ${mark}`);
  // Everything in one file has the links of pages in many folders
  if (file === 'llms-full.txt') return marks;
  const broken = [...prose.matchAll(link)]
    .map(([, target]) => target)
    .filter((target) => !/^(?:[a-z][a-z\d+.-]*:|#)/i.test(target) && !leadsSomewhere(file, target, files));
  return [...marks, ...broken.map((target) => `${file} links to ${target}, which does not exist`)];
}

function leadsSomewhere(file, target, files) {
  const path = decodeURIComponent(target.split('#')[0]);
  const found = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(file), path);
  return [found, `${found}.md`, posix.join(found, 'index.md')].some((name) => files.has(name));
}
