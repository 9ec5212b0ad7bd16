import { posix } from 'node:path';
import ts from 'typescript';

/** By text: the same modules are reached from many entries. */
const known = new Map();

/**
 * The specifiers a module names: imports and exports, static and dynamic, of values and of types, and references.
 *
 * @param {string} text
 * @returns {readonly string[]}
 */
export function readSpecifiers(text) {
  const before = known.get(text);
  if (before !== undefined) return before;
  const { importedFiles, typeReferenceDirectives } = ts.preProcessFile(text, true, true);
  const specifiers = [...importedFiles, ...typeReferenceDirectives].map(({ fileName }) => fileName);
  known.set(text, specifiers);
  return specifiers;
}

/** The package a bare specifier belongs to. */
export function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

export function isRelative(specifier) {
  return specifier.startsWith('.') || specifier.startsWith('/');
}

/** The file a relative specifier means: sources name the file that will be built. */
export function resolveRelative(from, specifier, read) {
  const path = posix.join(posix.dirname(from), specifier);
  const candidates = /\.d\.c?ts$/.test(from)
    ? [path.replace(/\.(c?)js$/, '.d.$1ts')]
    : [path, path.replace(/\.js$/, '.ts'), path.replace(/\.mjs$/, '.mts')];
  return candidates.find((candidate) => read(candidate) !== undefined);
}

/** A file that `imports` of a manifest names: of a built file, or the source that it is built from. */
export function toOwnFile(from, target) {
  const [home, root] = /^(packages\/[^/]+)\/([^/]+)\//.exec(from)?.slice(1) ?? [];
  return root === 'src'
    ? posix.join(home, target.replace('/dist/', '/src/').replace(/\.js$/, '.ts'))
    : posix.join(home, target);
}

/**
 * The file that a specifier which begins with `#` means on most platforms: `default` of `imports` in the manifest of its package. What
 * other conditions lead to has a rule of its own.
 */
export function resolvePlatform(from, specifier, read) {
  if (!specifier.startsWith('#')) return undefined;
  const manifest = read(`${from.split('/').slice(0, 2).join('/')}/package.json`);
  const target = JSON.parse(manifest ?? '{}').imports?.[specifier]?.default;
  return target === undefined ? undefined : toOwnFile(from, target);
}

/**
 * All that can be reached from a module without leaving its package.
 *
 * @param {string} entry
 * @param {import('./workspace.mjs').ReadFile} read
 * @returns {{ files: Set<string>, imports: { from: string, specifier: string }[], missing: string[] }} `imports` leave
 *   the package
 */
export function walkModules(entry, read) {
  const files = new Set();
  const imports = [];
  const missing = [];
  const queue = [entry];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue;
    const text = read(file);
    if (text === undefined) {
      missing.push(file);
      continue;
    }
    files.add(file);
    for (const specifier of readSpecifiers(text)) {
      const platform = resolvePlatform(file, specifier, read);
      if (platform !== undefined) queue.push(platform);
      else if (!isRelative(specifier)) imports.push({ from: file, specifier });
      else queue.push(resolveRelative(file, specifier, read) ?? posix.join(posix.dirname(file), specifier));
    }
  }
  return { files, imports, missing };
}
