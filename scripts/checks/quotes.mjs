import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { languageOf } from '../../docs/.vitepress/languages.mjs';
import { listProjectFiles, readProjectFile, root } from '../lib/project.mjs';

/**
 * A quote in Markdown: a comment that names a file, or one declaration in it as `file#Name`, a code block, a closing
 * comment.
 */
const quote = /<!-- quote: (\S+) -->\n[\s\S]*?<!-- \/quote -->/g;

/**
 * The text with every quote as its file has it.
 *
 * @param {string} text
 * @param {(path: string) => string} readFile
 * @param {{ keepLost?: boolean }} [options] `keepLost` leaves a quote as it is whose source is gone: a translation may lag
 * @throws {Error} when the source of a quote is gone
 */
export function refreshQuotes(text, readFile, { keepLost = false } = {}) {
  return text.replace(quote, (whole, source) => {
    const [path, name] = source.split('#');
    let code;
    try {
      const file = readFile(path);
      code = name === undefined ? file.trimEnd() : readDeclaration(path, file, name);
    } catch (error) {
      if (keepLost) return whole;
      throw error;
    }
    const ticks = fenceFor(code);
    return `<!-- quote: ${source} -->\n\n${ticks}${languageOfFile(path)}\n${code}\n${ticks}\n\n<!-- /quote -->`;
  });
}

/** Longer than what looks like a fence in the code, as Prettier has it. */
function fenceFor(code) {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}

/** By the name that code hosts have for it. */
function languageOfFile(path) {
  const ending = extname(path).slice(1);
  return ending === 'mjs' ? 'js' : ending;
}

/** The text of a declaration with its doc comment. */
function readDeclaration(path, text, name) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = file.statements.find((statement) => {
    const declared = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
    return declared.some((declaration) => declaration.name?.text === name);
  });
  if (found === undefined) throw new Error(`${path} declares no ${name}.`);
  return text.slice(found.getStart(file, true), found.end);
}

/** The blocks of quoted code of a document, with the language of each. */
export function readQuotes(text) {
  return [...text.matchAll(/<!-- quote: \S+ -->\n+((`{3,})\w+\n([\s\S]*?)\n\2)/g)].map(
    ([, block, , code]) => ({
      block,
      code,
    }),
  );
}

/** The first quoted code of a document, to run it. */
export function readQuotedCode(text) {
  return readQuotes(text)[0]?.code;
}

/** @returns {string[]} documents whose quotes are not what the quoted files say */
function findStaleQuotes({ write = false } = {}) {
  return listProjectFiles(/\.md$/).filter((path) => {
    const text = readProjectFile(path);
    const keepLost = languageOf(path.replace(/^docs\//, '')).folder !== '';
    const fresh = refreshQuotes(text, (quoted) => readFileSync(join(root, quoted), 'utf8'), { keepLost });
    if (fresh === text) return false;
    if (write) writeFileSync(join(root, path), fresh);
    return true;
  });
}

export const checks = {
  'Quoted examples are what was compiled; node scripts/checks/quotes.mjs --write brings them up to date':
    () => findStaleQuotes(),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of findStaleQuotes({ write: process.argv.includes('--write') })) console.log(path);
}
