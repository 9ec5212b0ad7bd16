import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inLanguage, isEnglishOnly, languageOf, languages } from '../../docs/.vitepress/languages.mjs';
import { root } from '../lib/bootstrap.mjs';
import { judge } from '../lib/outcome.mjs';
import { listProjectFiles } from '../lib/project-files.mjs';
import {
  hashOf,
  readCode,
  readHeadings,
  readIncludes,
  readLinks,
  readSource,
  writeSource,
} from './translations/page.mjs';

const docs = join(root, 'docs');
const others = languages.filter(({ folder }) => folder !== '');

/**
 * Pages that must exist in every language.
 *
 * @param {string[]} files of the project
 */
export function listOriginals(files) {
  return files
    .filter((file) => file.startsWith('docs/') && file.endsWith('.md'))
    .map((file) => file.slice('docs/'.length))
    .filter((page) => languageOf(page).folder === '' && !isEnglishOnly(page) && page !== 'README.md');
}

/**
 * What is wrong with the translations into one language.
 *
 * @param {string} folder
 * @param {string[]} originals
 * @param {(page: string) => string | undefined} readPage
 * @returns {string[]}
 */
export function findTranslationProblems(folder, originals, readPage) {
  return originals.flatMap((page) => {
    const translation = readPage(`${folder}/${page}`);
    const original = readPage(page) ?? '';
    if (translation === undefined) return [`${folder}/${page} is missing`];
    return [
      ...compare(original, translation),
      ...compareIncludes(original, translation, (file) => {
        const own = inLanguage(file, folder);
        return readPage(own) === undefined ? file : own;
      }),
    ].map((problem) => `${folder}/${page} ${problem}`);
  });
}

/** A file that a page takes in is the one in its language, where there is one. */
function compareIncludes(original, translation, translate) {
  const [wanted, found] = [readIncludes(original).map(translate), readIncludes(translation)];
  return wanted.join() === found.join()
    ? []
    : [`takes in ${found.join(', ') || 'no file'}, not ${wanted.join(', ')}`];
}

function compare(original, translation) {
  const source = readSource(translation);
  const hash = hashOf(original);
  return [
    ...(source === hash
      ? []
      : [`is stale: made from ${source ?? 'an unnamed page'}, the English is ${hash}`]),
    ...compareCode(original, translation),
    ...compareHeadings(original, translation),
    ...compareLinks(original, translation),
  ];
}

function compareCode(original, translation) {
  const [wanted, found] = [readCode(original), readCode(translation)];
  if (wanted.length !== found.length) return [`has ${found.length} blocks of code, not ${wanted.length}`];
  const index = wanted.findIndex((block, position) => block !== found[position]);
  return index === -1 ? [] : [`differs in its block of code ${index + 1}: ${wanted[index].split('\n')[0]}`];
}

function compareHeadings(original, translation) {
  const [wanted, found] = [readHeadings(original), readHeadings(translation)];
  if (wanted.length !== found.length) return [`has ${found.length} headings, not ${wanted.length}`];
  return wanted.flatMap(({ level, id }, index) => {
    const heading = found[index];
    if (heading.level !== level) return [`has "${heading.text}" on level ${heading.level}, not ${level}`];
    return level === 1 || heading.id === id ? [] : [`has "${heading.text}" without the id {#${id}}`];
  });
}

function compareLinks(original, translation) {
  const [wanted, found] = [readLinks(original).sort(), readLinks(translation).sort()];
  return [
    ...wanted.filter((target) => !found.includes(target)).map((target) => `lacks a link to ${target}`),
    ...found.filter((target) => !wanted.includes(target)).map((target) => `links to ${target} of its own`),
  ];
}

/** Every page in every language, made from the English page of today. Nothing while there are no translations. */
export async function checkTranslations() {
  if (!existsSync(join(docs, 'ko'))) return judge('There are no translations yet', []);
  const originals = listOriginals(await listProjectFiles());
  const problems = others.flatMap(({ folder }) => findTranslationProblems(folder, originals, readPage));
  return judge(
    'Every page is translated from the English of today; node scripts/checks/translations.mjs --stamp <language> <page> after the work',
    problems,
  );
}

function readPage(page) {
  const path = join(docs, page);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

const usage = `node scripts/checks/translations.mjs [<language>]          what is missing, stale or different
node scripts/checks/translations.mjs --stamp <language> <page>…|--all   marks translations as made from the English of today
node scripts/checks/translations.mjs --anchors <page>      the ids that the headings of a translation need
Languages: ${others.map(({ folder }) => folder).join(', ')}. A page is a path below docs/, with or without .md.`;

function stamp(folder, pages) {
  for (const page of pages) {
    const [original, translation] = [readPage(page), readPage(`${folder}/${page}`)];
    if (original === undefined || translation === undefined) {
      throw new Error(`docs/${original === undefined ? page : `${folder}/${page}`} does not exist.`);
    }
    writeFileSync(join(docs, folder, page), writeSource(translation, hashOf(original)));
  }
}

async function main([command, ...rest]) {
  const toFile = (page) => `${page.replace(/^docs\//, '').replace(/\.md$/, '')}.md`;
  const originals = listOriginals(await listProjectFiles());
  const known = others.map(({ folder }) => folder);
  if (command === '--anchors' && rest.length > 0) {
    for (const { level, id, text } of readHeadings(readPage(toFile(rest[0])) ?? '')) {
      console.log(`${'#'.repeat(level)} ${text}${level === 1 ? '' : ` {#${id}}`}`);
    }
    return;
  }
  if (command === '--stamp' && known.includes(rest[0]) && rest.length > 1) {
    const [folder, ...pages] = rest;
    const chosen =
      pages[0] === '--all' ? originals.filter((page) => readPage(`${folder}/${page}`)) : pages.map(toFile);
    stamp(folder, chosen);
    return;
  }
  if (command !== undefined && !known.includes(command)) {
    console.error(usage);
    process.exitCode = 1;
    return;
  }
  const problems = (command === undefined ? known : [command]).flatMap((folder) =>
    findTranslationProblems(folder, originals, readPage),
  );
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
