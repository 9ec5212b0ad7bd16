import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inLanguage, isEnglishOnly, languageOf, languages } from '../../docs/.vitepress/languages.mjs';
import { readMarks } from '../../docs/scripts/options/fill-page.mjs';
import { listProjectFiles, readProjectFile, root } from '../lib/project.mjs';
import {
  findFormProblems,
  findStaleness,
  hashOf,
  readCode,
  readDrawings,
  readEnglishRows,
  readHeadings,
  readLinks,
  readSource,
  writeSource,
} from './translations/page.mjs';

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
 * What is wrong with the translations into one language, which are behind the English of today, and which options in tables
 * are told in English. A page that is behind is judged by its form alone: what it should agree with is not what it was made from.
 *
 * @param {string} folder
 * @param {string[]} originals
 * @param {(page: string) => string | undefined} readPage
 * @returns {{ problems: string[], stale: string[], rows: string[] }} a line for each
 */
export function judgeTranslations(folder, originals, readPage) {
  const [problems, stale, rows] = [[], [], []];
  for (const page of originals) {
    const name = `${folder}/${page}`;
    const [original, translation] = [readPage(page) ?? '', readPage(name)];
    if (translation === undefined) {
      problems.push(`${name} is missing`);
      continue;
    }
    const behind = findStaleness(original, translation);
    if (behind !== undefined) stale.push(`${name} is stale: ${behind}`);
    for (const option of readEnglishRows(translation)) rows.push(`${name}: ${option} is told in English`);
    const differences = isMadeFrom(original, translation)
      ? compare(folder, original, translation, readPage)
      : [];
    problems.push(
      ...[...findFormProblems(translation), ...differences].map((problem) => `${name} ${problem}`),
    );
  }
  return { problems, stale, rows };
}

function isMadeFrom(original, translation) {
  return readSource(translation) === hashOf(original);
}

function compare(folder, original, translation, readPage) {
  return [
    ...compareCode(original, translation),
    ...compareHeadings(original, translation),
    ...compareLinks(original, translation),
    ...compareTables(original, translation),
    ...compareDrawings(original, translation, (file) => {
      const own = inLanguage(file, folder);
      return readPage(own) === undefined ? file : own;
    }),
  ];
}

/** A drawing is the one in the language of the page, where there is one. */
function compareDrawings(original, translation, translate) {
  const [wanted, found] = [readDrawings(original).map(translate), readDrawings(translation)];
  return wanted.join() === found.join()
    ? []
    : [`shows ${found.join(', ') || 'no drawing'}, not ${wanted.join(', ')}`];
}

/** Where the words agree, English can have changed since only inside of a block: the number of blocks is the same. */
function compareCode(original, translation) {
  const [wanted, found] = [readCode(original), readCode(translation)];
  return wanted.length === found.length ? [] : [`has ${found.length} blocks of code, not ${wanted.length}`];
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

function compareTables(original, translation) {
  const [wanted, found] = [original, translation].map((page) => readMarks(page).map(({ source }) => source));
  return wanted.join() === found.join()
    ? []
    : [`has tables of ${found.join(', ') || 'no options'}, not of ${wanted.join(', ')}`];
}

/** Names that a translation has given up for another one, by language. */
const replacedTerms = {
  ja: { 多くのプロセス: '複数のプロセス' },
  'zh-tw': { 許多行程: '多個行程' },
};

/** @returns {string[]} where a file of the site says what another name has replaced */
export function findReplacedTerms(path, text) {
  const said = Object.values(replacedTerms).flatMap((terms) => Object.entries(terms));
  return text
    .split('\n')
    .flatMap((line, index) =>
      said
        .filter(([term]) => line.includes(term))
        .map(([term, instead]) => `${path}:${index + 1} says ${term}: write ${instead}`),
    );
}

/** Emphasis, a space, and a Korean particle, which belongs to the word before. 이 is left out, for it also means “this”. */
const looseParticle =
  /(?<![\w*])(_|\*{1,2})(?![\s*])[^_*\n]*[\p{L}\p{N}]\1 (?:은|는|가|을|를|과|와|의|에|에서|에는|에게|로|으로|도|만|부터|까지|처럼|보다)(?!\p{L})/gu;

/**
 * @returns {string[]} where a Korean page has a space before a particle, which `_` needs and `*` does not
 */
export function findLooseParticles(path, text) {
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...line.replace(/`[^`]*`/g, '`').matchAll(looseParticle)].map(
        ([whole]) => `${path}:${index + 1} says "${whole}": emphasize with * and leave out the space`,
      ),
    );
}

/**
 * Every page in every language. What is behind the English of today is noted, not failed: an English page can change
 * without three translators. Nothing while there are no translations.
 */
export const checks = {
  'A translation calls a thing by one name': () =>
    listProjectFiles(/^docs\/.*\.(?:md|json)$/).flatMap((path) =>
      findReplacedTerms(path, readProjectFile(path)),
    ),
  'A Korean particle follows its word without a space, also when the word is emphasized': () =>
    listProjectFiles(/^docs\/ko\/.*\.md$/).flatMap((path) => findLooseParticles(path, readProjectFile(path))),
  'Every page is there in every language and has the form of a translation; npm run translations -- --stamp <language> <page> after the work':
    ({ note }) => {
      const judged = judgeAll(others.map(({ folder }) => folder));
      for (const line of noteStale(judged)) note(line);
      return judged.flatMap(({ problems }) => problems);
    },
};

/**
 * What is behind, counted for each language, in the first lines of notes that go on with what it is.
 *
 * @param {{ folder: string, stale: string[], rows: string[] }[]} judged
 */
export function noteStale(judged) {
  return [
    note('Stale translations', 'pages', judged, ({ stale }) => stale),
    note('Options told in English in translated tables', 'rows', judged, ({ rows }) => rows),
  ].flat();
}

function note(what, unit, judged, linesOf) {
  const behind = judged.filter((each) => linesOf(each).length > 0);
  if (behind.length === 0) return [];
  const lines = behind.flatMap(linesOf);
  const counts = behind.map((each) => `${each.folder} ${linesOf(each).length}`).join(', ');
  return [`${what}: ${lines.length} ${unit} (${counts})\n${lines.map((line) => `  ${line}`).join('\n')}`];
}

function judgeAll(folders) {
  const originals = listOriginals(listProjectFiles());
  return folders.map((folder) => ({ folder, ...judgeTranslations(folder, originals, readPage) }));
}

const readPage = (page) => readProjectFile(`docs/${page}`);

/** Marks a translation as made from the English page of today. */
function stamp(folder, page) {
  const [original, translation] = [readPage(page), readPage(`${folder}/${page}`)];
  if (original === undefined || translation === undefined) {
    throw new Error(`docs/${original === undefined ? page : `${folder}/${page}`} does not exist.`);
  }
  writeFileSync(join(root, 'docs', folder, page), writeSource(translation, hashOf(original)));
}

// npm run translations [-- ko]                       what is missing, wrong or stale; fails unless it is only stale
// npm run translations -- --stamp ko page…|--all    marks translations as made from the English of today
// npm run translations -- --anchors page             the ids that the headings of a translation need
function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { stamp: { type: 'string' }, all: { type: 'boolean' }, anchors: { type: 'string' } },
  });
  const toFile = (page) => `${page.replace(/^docs\//, '').replace(/\.md$/, '')}.md`;
  if (values.anchors !== undefined) {
    for (const { level, id, text } of readHeadings(readPage(toFile(values.anchors)) ?? ''))
      console.log(`${'#'.repeat(level)} ${text}${level === 1 ? '' : ` {#${id}}`}`);
  } else if (values.stamp !== undefined) {
    const translated = (page) => readPage(`${values.stamp}/${page}`) !== undefined;
    const originals = values.all ? listOriginals(listProjectFiles()) : positionals.map(toFile);
    for (const page of values.all ? originals.filter(translated) : originals) stamp(values.stamp, page);
  } else {
    const judged = judgeAll(positionals.length > 0 ? positionals : others.map(({ folder }) => folder));
    for (const { problems, stale, rows } of judged)
      for (const line of [...problems, ...stale, ...rows]) console.log(line);
    process.exitCode = judged.some(({ problems }) => problems.length > 0) ? 1 : 0;
  }
}

if (process.argv[1] === import.meta.filename) main();
