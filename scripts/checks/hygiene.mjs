import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listProjectFiles, readProjectFile, root } from '../lib/project.mjs';

const foreignLockfiles = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
]);

/** A home or working folder at the start of a path; the path of a URL is none. */
const machinePath = /(?<![\w.:/)}\]-])\/(?:root|home|work|Users|private\/var)\/[\w.@-]+|\b[A-Z]:\\Users\\/;

const registryHost = /\bregistry\.(?:[\w-]+\.)+[a-z]{2,}\b|\b(?:[\w-]+\.)*(?:npmmirror|jfrog)\.[a-z]{2,}\b/i;

/** What must not be in a text file of the project, with the line it was found in. */
export function findForeignTraces(path, text) {
  return text.split('\n').flatMap((line, index) => {
    const found = [
      ['an absolute path of one machine', machinePath],
      ['the host name of a package registry', registryHost],
    ].flatMap(([what, pattern]) => {
      const match = pattern.exec(line);
      return match === null ? [] : [`${path}:${index + 1} names ${what}: ${match[0]}`];
    });
    return found;
  });
}

/** Words that STYLE.md replaces. "There is no" and "is no longer" are fine. */
const replacedWords = new Map([
  [/\b(?:Authorization|Host|WWW-Authenticate|HTTP|header)`? fields?\b/, 'header'],
  [/\ban? (?:\w+ )?blank\b/, 'space'],
  [/(?<!\bthere )\bis no (?!longer\b|more\b)/i, 'is not a'],
  [/\bholds? no\b(?! white space)/, 'has no'],
  [/\bin (?:the )?place of\b/i, 'instead of'],
  [/\bof (?:its|their) own\b/, 'its own'],
  [
    /\b(?:mend(?:s|ed)?|strangers?|dearer|at hand|by whose word|at once|whatever)\b|(?<!-)\bbeside\b/i,
    'the word of the table',
  ],
]);

/** What a package says, in its sources and READMEs, in words that the house style replaces. */
export function findReplacedWords(path, text) {
  if (!/^packages\/[\w-]+\/(?:src\/(?!generated\/).*\.ts|README\.md)$/.test(path)) return [];
  return text.split('\n').flatMap((line, index) =>
    [...replacedWords].flatMap(([pattern, instead]) => {
      const found = pattern.exec(line)?.[0];
      return found === undefined
        ? []
        : [`${path}:${index + 1} says "${found.trim()}": write "${instead}", see the glossary in STYLE.md`];
    }),
  );
}

/** Where a free port is found: for scripts, for tests in TypeScript, and for what is no test of a package and may not reach for theirs. */
const portFinders = new Set([
  'scripts/lib/free-port.mjs',
  'packages/core/test/support/free-port.ts',
  'apps/interop/lib/free-port.ts',
]);

/** Listens, reads the port, and closes. */
const portProbe =
  /\.listen\((?:0|port)\b[^\n]*\n(?:[^\n]*\n)?\s*const [^\n]* = \(?\w+\.address\(\)[^\n]*\n[^\n]*\.close\(/;

/** A file that finds a free port by itself. */
export function findPortProbes(path, text) {
  if (!/\.m?[jt]s$/.test(path) || portFinders.has(path)) return [];
  const found = portProbe.exec(text);
  const line = found === null ? 0 : text.slice(0, found.index).split('\n').length;
  return found === null
    ? []
    : [
        `${path}:${line} finds a free port: take findFreePort of ${path.endsWith('.ts') ? 'packages/core/test/support' : 'scripts/lib'}`,
      ];
}

/** A lockfile that says where packages come from ties everyone to one registry. */
export function findLockfileAddresses(text) {
  return text.split('\n').flatMap((line, index) => {
    if (/\btarball:/.test(line)) return [`pnpm-lock.yaml:${index + 1} has a tarball address`];
    return /\b(?:https?|git|ssh):\/\//.test(line) ? [`pnpm-lock.yaml:${index + 1} has a URL`] : [];
  });
}

/** @param {string[]} paths */
export function findForeignLockfiles(paths) {
  return paths.filter((path) => foreignLockfiles.has(basename(path)));
}

/** What `find` finds in the texts of the project. */
const inTexts = (find) => () =>
  listProjectFiles(/^(?!pnpm-lock\.yaml$)/).flatMap((path) => {
    const bytes = readFileSync(join(root, path));
    return bytes.includes(0) ? [] : find(path, bytes.toString('utf8'));
  });

export const checks = {
  'The project names no machine and no registry': inTexts(findForeignTraces),
  'Scripts and tests have one way to find a free port': inTexts(findPortProbes),
  'Packages speak in plain words': inTexts(findReplacedWords),
  'The lockfile is free of addresses': () => findLockfileAddresses(readProjectFile('pnpm-lock.yaml')),
  'pnpm-lock.yaml is the only lockfile': () => findForeignLockfiles(listProjectFiles()),
};
