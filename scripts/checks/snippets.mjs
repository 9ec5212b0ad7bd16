import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { capture, tool } from '../lib/capture.mjs';
import { listProjectFiles, root } from '../lib/project.mjs';

/** Where snippets are compiled: beside the examples, so that they see what an application has installed. */
const workshop = join(root, 'apps/examples');

/** Quoted code is compiled where it comes from; its lines stay, empty. */
function withoutQuotes(text) {
  return text.replace(/<!-- quote: [\s\S]*?<!-- \/quote -->/g, (quote) => quote.replace(/[^\n]+/g, ''));
}

/**
 * The TypeScript blocks of a document, each padded to its own lines, so that a compiler's line is the document's.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function readSnippets(text) {
  return readBlocks(withoutQuotes(text), /^```(?:ts|typescript)\b[^\n]*\n([\s\S]*?)^```$/gm);
}

/**
 * The servers of the Get started page, in the same form: JavaScript that readers may save as TypeScript.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function readServers(text) {
  return readBlocks(
    text,
    /^<!-- quote: docs\/code\/get-started\/\S+ -->\n\n```js\n([\s\S]*?)^```$/gm,
    ({ index }) => text.slice(index).indexOf('```js'),
  );
}

function readBlocks(text, pattern, findStart = () => 0) {
  return [...text.matchAll(pattern)].map((match) => {
    const line = text.slice(0, match.index + findStart(match)).split('\n').length;
    return `${'\n'.repeat(line)}${match[1]}\nexport {};\n`;
  });
}

/** The text of doc comments, on its lines: their stars are gone. */
export function withoutStars(source) {
  return source.replace(/^ *\* ?/gm, '');
}

/** Packages with examples that applications do not have installed: their declarations. */
const paths = Object.fromEntries(
  ['@mcp-auth/cli', '@mcp-auth/conformance', '@mcp-auth/next', 'create-mcp-auth', 'mcp-auth'].map((name) => [
    name,
    [join(root, 'packages', name.replace('@mcp-auth/', ''), 'dist/index.d.ts')],
  ]),
);

/** Every TypeScript block of the documentation, and of doc comments. */
async function findSnippetProblems() {
  // Translations have the very code of their originals: the check of translations compares them
  const documents = listProjectFiles(
    /^docs\/(?!(?:ko|ja|zh-tw)\/).*\.md$|^packages\/[\w-]+\/(?:SKILL\.md$|src\/.*\.ts$)/,
  );
  return compileAll(documents, (document, text) =>
    readSnippets(document.endsWith('.ts') ? withoutStars(text) : text),
  );
}

/** @returns {Promise<string[]>} also a page that shows none */
async function findServerProblems() {
  const pages = listProjectFiles(/^docs\/(?:[\w-]+\/)?get-started\.md$/);
  const without = pages.filter((page) => readServers(readFileSync(join(root, page), 'utf8')).length < 4);
  return [
    ...without.map((page) => `${page} lacks the server of a framework`),
    ...(await compileAll(pages, (_page, text) => readServers(text))),
  ];
}

/** Compiles what documents show, each block as a module of its own. */
async function compileAll(documents, read) {
  const folder = mkdtempSync(join(workshop, '.snippets-'));
  try {
    const origins = new Map();
    for (const document of documents) {
      const text = readFileSync(join(root, document), 'utf8');
      for (const [index, snippet] of read(document, text).entries()) {
        const file = `${document.replaceAll(/[^a-z\d]+/gi, '-')}-${index}.ts`;
        origins.set(file, document);
        const program = join(folder, programOf(document));
        mkdirSync(program, { recursive: true });
        writeFileSync(join(program, file), snippet);
      }
    }
    const problems = [];
    for (const program of new Set(documents.map(programOf))) {
      if (existsSync(join(folder, program))) problems.push(...(await compile(folder, program, origins)));
    }
    return problems;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The old name says what Express's requests have, which would hold for all other snippets too. */
function programOf(document) {
  return document.startsWith('packages/mcp-auth/') ? 'old-name' : 'src';
}

async function compile(folder, program, origins) {
  const project = join(folder, `${program}.json`);
  const compilerOptions = { declaration: false, paths };
  writeFileSync(
    project,
    JSON.stringify({ extends: '../tsconfig.json', compilerOptions, include: [program] }),
  );
  const { ok, output } = await capture(tool('tsc'), ['--project', project, '--pretty', 'false']);
  const problems = output
    .split('\n')
    .filter((line) => line.includes('error TS'))
    .map((line) => {
      const [, file = '', place = '', message = ''] = /([^/\\]+\.ts)\((\d+),\d+\): (.*)$/.exec(line) ?? [];
      return origins.has(file) ? `${origins.get(file)}:${place} ${message}` : relative(root, line);
    });
  return ok || problems.length > 0 ? problems : [output];
}

export const checks = {
  'The snippets of the documentation and the examples of doc comments compile': findSnippetProblems,
  'The servers of Get started compile as TypeScript, in every language': findServerProblems,
};
