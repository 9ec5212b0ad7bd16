import { createHash } from 'node:crypto';

const frontMatter = /^---\n([\s\S]*?)\n---\n/;
const fence = /^( *)(`{3,}|~{3,})([^\n]*)\n([\s\S]*?)^\1\2[`~]*[ \t]*$/gm;

/** A table that is written from the sources, in every language. */
const optionTable = /(<!-- options: [\s\S]*?-->)[\s\S]*?(?=<!-- \/options -->)/g;

/** Blocks of screen output and diagrams may be translated; all others are code. */
function isCode(info) {
  return !/^text\b/.test(info.trim());
}

/** What a file has in front of its text, without the mark of a translation. */
function splitPage(file) {
  const [whole = '', data = ''] = frontMatter.exec(file) ?? [];
  return { data, text: file.slice(whole.length) };
}

/**
 * The mark of an English page: changes with its words, not with its code, which is compared line by line, and not with its
 * tables of options, whose rows know the English that they were made from.
 *
 * @param {string} file
 */
export function hashOf(file) {
  const { data, text } = splitPage(file);
  const words = text
    .replace(fence, (block, _indent, _ticks, info) => (isCode(info) ? '' : block))
    .replace(optionTable, '$1');
  return createHash('sha256').update(`${data}\n${words}`).digest('hex').slice(0, 12);
}

/** The mark that a translation carries: the hash of the page it was made from. */
export function readSource(file) {
  return /^source: *['"]?([^\s'"]+)/m.exec(splitPage(file).data)?.[1];
}

export function writeSource(file, hash) {
  const { data, text } = splitPage(file);
  const rest = data.split('\n').filter((line) => line !== '' && !line.startsWith('source:'));
  return `---\n${[...rest, `source: '${hash}'`].join('\n')}\n---\n${text.startsWith('\n') ? '' : '\n'}${text}`;
}

/** The code of a page in order: every block with its fence line. */
export function readCode(file) {
  return [...splitPage(file).text.matchAll(fence)]
    .map(([, , , info, code]) => ({ info: info.trim(), code }))
    .filter(({ info }) => isCode(info))
    .map(({ info, code }) => `\`\`\`${info}\n${code}`);
}

/**
 * How far a translation is behind the English page of today; nothing when it is not.
 *
 * @param {string} original
 * @param {string} translation
 * @returns {string | undefined}
 */
export function findStaleness(original, translation) {
  const [source, hash] = [readSource(translation), hashOf(original)];
  if (source !== hash) return `made from ${source ?? 'an unnamed page'}, the English is ${hash}`;
  const [wanted, found] = [readCode(original), readCode(translation)];
  const index = wanted.findIndex((block, position) => block !== found[position]);
  return index === -1
    ? undefined
    : `other code in its block ${index + 1}: ${(found[index] ?? '').split('\n')[0]}`;
}

/**
 * What is wrong with a translation, whatever the English page says today.
 *
 * @param {string} file
 * @returns {string[]}
 */
export function findFormProblems(file) {
  const source = readSource(file);
  const { data, text } = splitPage(file);
  const rest = text.replace(fence, '');
  return [
    ...(source === undefined ? ['does not say what it was made from: stamp it'] : []),
    ...(source === undefined || /^[\da-f]{12}$/.test(source) ? [] : [`has a stamp that is none: ${source}`]),
    ...(/^# \S/m.test(rest) || /^title:/m.test(data) ? [] : ['has no title']),
    ...(isOpenEnded(text) ? ['has a block of code without an end'] : []),
    ...readHeadings(file)
      .filter(({ level, text, isExplicit }) => level > 1 && !isExplicit && /\P{ASCII}/u.test(text))
      .map(({ text }) => `has "${text}" without an id`),
  ];
}

/** A block without an end takes in the next one, or all that follows. */
function isOpenEnded(text) {
  const swallows = [...text.matchAll(fence)].some(([, , ticks, , code]) =>
    code.split('\n').some((line) => line.trimStart().startsWith(ticks)),
  );
  return swallows || /^ *(?:`{3,}|~{3,})/m.test(text.replace(fence, ''));
}

/** A generated drawing of a page, by its path below docs/. */
const drawing = /!\[[^\]]*\]\((?:\.{1,2}\/)+(generated\/\S+?)\)/g;

/** The generated drawings that a page shows, in order. */
export function readDrawings(file) {
  return [...splitPage(file).text.replace(fence, '').matchAll(drawing)].map(([, path]) => path);
}

/** The options in tables of a translation whose meaning is in English. */
export function readEnglishRows(file) {
  return [...file.matchAll(/^\| \[?`(\w+)`.*<span lang="en">/gm)].map(([, option]) => option);
}

/** Level and id of every heading after the title. */
export function readHeadings(file) {
  const text = splitPage(file).text.replace(fence, '');
  const seen = new Map();
  return [...text.matchAll(/^(#{1,6})\s+(.+?)\s*$/gm)].map(([, marks, heading]) => {
    const [, words, given] = /^(.*?)\s*(?:\{#([^}]+)\})?$/.exec(heading) ?? [];
    const id = given ?? numbered(slugify(words), seen);
    return { level: marks.length, id, text: words, isExplicit: given !== undefined };
  });
}

function numbered(slug, seen) {
  const count = seen.get(slug) ?? 0;
  seen.set(slug, count + 1);
  return count === 0 ? slug : `${slug}-${count}`;
}

/** As VitePress makes ids of headings. */
export function slugify(heading) {
  return heading
    .replace(/`|\*\*|(?<!\w)[_*]|[_*](?!\w)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]/g, '')
    .replace(/\p{Cc}/gu, '')
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '')
    .replace(/^(\d)/, '_$1')
    .toLowerCase();
}

/** Where a page links to, in order, without the words. Drawings are compared by their language. */
export function readLinks(file) {
  const text = splitPage(file)
    .text.replace(fence, '')
    .replace(drawing, '')
    .replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, target]) => target);
}
