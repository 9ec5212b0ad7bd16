// Makes dist/templates of the templates: once as they are, once as JavaScript, and what is known only when a release is built.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import blankTypes from 'ts-blank-space';
import ts from 'typescript';
import { parse } from 'yaml';
import { formatText } from '../../../scripts/lib/format-text.mjs';

const here = import.meta.dirname;
const out = join(here, '../dist/templates');
const root = join(here, '../../..');
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** What a file of TypeScript alone declares, with its comments: without types there is nothing left to comment on. */
function removeTypes(text) {
  const source = ts.createSourceFile('template.ts', text, ts.ScriptTarget.Latest, true);
  const gone = source.statements.filter(
    (statement) =>
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      (ts.isImportDeclaration(statement) && statement.importClause?.isTypeOnly === true),
  );
  return gone.reduceRight(
    (rest, statement) => rest.slice(0, statement.getFullStart()) + rest.slice(statement.getEnd()),
    text,
  );
}

/** The same module for somebody who writes no types: every line and comment stays where it was. */
export function toJavaScript(text) {
  const refuse = (node) => {
    throw new Error(`A template has something that is more than a type: ${node.getText()}`);
  };
  const plain = /^ *@\w/m.test(text) ? applyDecorators(text) : blankTypes(removeTypes(text), refuse);
  return formatText('template.js', plain);
}

/** Node knows no decorators: what TypeScript makes of them. */
function applyDecorators(text) {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    experimentalDecorators: true,
    importHelpers: true,
    verbatimModuleSyntax: true,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

/** Ranges for packages: ours in the version that is built, those of others from the one on that was tested here or, by its file, in projects. */
function readVersions() {
  const { version, devDependencies } = readJson(join(here, '../package.json'));
  const { catalog } = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'));
  const rangeOf = (name, range) => {
    if (range.startsWith('workspace:')) return `^${version}`;
    const found = range === 'catalog:' ? catalog[name] : range;
    return /^\d/.test(found) ? `^${found}` : found;
  };
  const tested = Object.entries(devDependencies).map(([name, range]) => [name, rangeOf(name, range)]);
  return { ...readJson(join(here, 'versions.json')), ...Object.fromEntries(tested) };
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function build() {
  rmSync(out, { recursive: true, force: true });
  for (const entry of readdirSync(here, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const path = relative(here, join(entry.parentPath, entry.name));
    const text = readFileSync(join(here, path), 'utf8');
    write(join(out, 'ts', path), text);
    write(join(out, 'js', path.replace(/\.ts$/, '.js')), await toJavaScript(text));
  }
  const { repository } = readJson(join(root, 'project.json'));
  const facts = { documentation: `${repository}/blob/main/docs`, versions: readVersions() };
  write(join(out, 'facts.json'), `${JSON.stringify(facts, undefined, 2)}\n`);
}

if (process.argv[1] === import.meta.filename) await build();
