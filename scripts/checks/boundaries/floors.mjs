import { posix } from 'node:path';
import ts from 'typescript';
import { isRelative, resolveRelative } from './import-graph.mjs';

const src = 'packages/core/src/';

/** The folders of the core, the lowest floor first. A folder imports only from floors below its own. */
export const floors = [
  ['errors'],
  ['events', 'http'],
  ['caller', 'documents', 'secrets', 'stores', 'token'],
  ['cors', 'credentials', 'net', 'scopes'],
  ['cache', 'keys'],
  ['policy'],
  ['operation'],
  ['challenge', 'context', 'limits', 'streams', 'verifier'],
  ['sender'],
  ['gate'],
  ['lists'],
  ['config'],
  ['audit', 'authzen'],
  ['authorization-server', 'sdk', 'sessions'],
  ['handles', 'introspection', 'providers'],
  ['resource'],
  ['explain'],
  ['engine'],
  ['legacy'],
  ['adapter'],
  ['node', 'web'],
  ['fetch'],
];

/**
 * The files of the core, their lines, and which file imports which.
 *
 * @param {string[]} paths files of the project
 */
export function readCore(paths, read) {
  const files = paths.filter((path) => path.startsWith(src) && path.endsWith('.ts'));
  const imports = files.flatMap((from) =>
    readImports(read(from)).flatMap(({ specifier, isType }) => {
      const to = isRelative(specifier) ? resolveRelative(from, specifier, read) : undefined;
      return to === undefined ? [] : [{ from, to, isType }];
    }),
  );
  return { files, imports, lines: new Map(files.map((file) => [file, read(file).split('\n').length - 1])) };
}

function readImports(text) {
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest);
  return source.statements
    .filter((statement) => statement.moduleSpecifier !== undefined)
    .map(({ moduleSpecifier, importClause, isTypeOnly }) => ({
      specifier: moduleSpecifier.text,
      isType: isTypeOnly === true || importClause?.isTypeOnly === true,
    }));
}

const folderOf = (file) => posix.dirname(file.slice(src.length));
const floorOf = (folder) => floors.findIndex((names) => names.includes(folder));

/** Imports from the same floor or a higher one, and folders that have no floor. The entries stand above all. */
export function findUpwardImports({ imports, files }) {
  const folders = new Set(files.map(folderOf));
  folders.delete('.');
  return [
    ...[...folders].filter((name) => floorOf(name) === -1).map((name) => `${name} has no floor`),
    ...imports
      .filter(({ from, to }) => folderOf(from) !== '.' && folderOf(from) !== folderOf(to))
      .filter(({ from, to }) => floorOf(folderOf(to)) >= floorOf(folderOf(from)))
      .map(({ from, to }) => `${from} must not import ${to}, which is no floor below`),
  ];
}

/** Files that import each other, over however many others. */
export function findCircles({ imports }) {
  const next = groupBy(imports);
  const state = new Map();
  const circles = [];
  const visit = (file, path) => {
    if (state.get(file) === 'done') return;
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const { from } of imports) visit(from, []);
  return circles;
}

function groupBy(imports) {
  const groups = new Map();
  for (const each of imports) groups.set(each.from, [...(groups.get(each.from) ?? []), each]);
  return groups;
}

/** Whether a page shows the floors as they are; how its table is padded does not matter. */
export function findStaleFloors(core, page) {
  const plain = (text) => text.replace(/-{2,}/g, '-').replace(/ +/g, ' ');
  return plain(page).includes(plain(drawFloors(core)))
    ? []
    : ['docs/architecture.md shows other floors: node scripts/house.mjs --write, then format'];
}

/** What runs when a gate is asked: the files that are loaded for it, types aside, by floor. */
export function drawFloors(core) {
  const next = groupBy(core.imports.filter(({ isType }) => !isType));
  const loaded = new Set();
  const load = (file) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { to } of next.get(file) ?? []) load(to);
  };
  for (const name of ['adapter/run-gate', 'gate/bearer-gate', 'verifier/jwt-verifier', 'cache/token-cache'])
    load(`${src}${name}.ts`);
  const rows = floors.map((names, index) => {
    const inside = [...loaded].filter((file) => names.includes(folderOf(file))).sort();
    const cells = [
      String(index + 1),
      names.map((name) => `\`${name}/\``).join(', '),
      inside.map((file) => `\`${file.slice(src.length, -3)}\``).join(', '),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| Floor | Folders | Files that a request with a JWT passes |',
    '| --- | --- | --- |',
    ...rows.reverse(),
  ].join('\n');
}
