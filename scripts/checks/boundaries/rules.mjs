import { isBuiltin } from 'node:module';
import { isRelative, packageOf, readSpecifiers, walkModules } from './import-graph.mjs';
import { listEntries, readPackages } from './workspace.mjs';

/** Stands for every module of Node; a single one may be allowed by its full name. */
const node = 'node:';

/**
 * What each entry of a package may import, values and types alike. `*` stands for all its other entries. A package
 * without a rule breaks the rules.
 */
const allowedImports = {
  '@mcp-auth/schemas': { './zod': ['zod'], '*': [] },
  '@mcp-auth/core': {
    // Where a platform lacks AsyncLocalStorage, only this entry cannot be loaded
    './context': ['@mcp-auth/schemas', 'jose', 'node:async_hooks'],
    '*': ['@mcp-auth/schemas', 'jose'],
  },
  '@mcp-auth/express': { '*': ['@mcp-auth/core', 'express'] },
  '@mcp-auth/hono': { '*': ['@mcp-auth/core', 'hono'] },
  // Hands a body on that it has read, as the stream that Fastify's parsers take
  '@mcp-auth/fastify': { '*': ['@mcp-auth/core', 'fastify', 'node:stream'] },
  // What version 0.2 had in its types and values: schemas of zod, options of jose, the caller of the official SDK
  'mcp-auth': {
    '*': ['@mcp-auth/core', '@mcp-auth/express', '@modelcontextprotocol/sdk', 'express', 'jose', 'zod'],
  },
  '@mcp-auth/conformance': { '*': ['@mcp-auth/core', 'jose', node] },
};

/** Packages whose users must not be made to ship zod. */
const zodFree = ['@mcp-auth/core', '@mcp-auth/express', '@mcp-auth/hono', '@mcp-auth/fastify'];

function isAllowed(specifier, allowed) {
  if (!isBuiltin(specifier)) return allowed.has(packageOf(specifier));
  return allowed.has(node) || allowed.has(specifier);
}

/** Sources and built files, entry by entry, import only what the rule of their package allows. */
export function findForbiddenImports(read) {
  return [...readPackages(read).values()].flatMap((pkg) => {
    const rule = allowedImports[pkg.name];
    if (rule === undefined) return [`${pkg.name} has no rule; add one to the table of allowed imports`];
    return listEntries(pkg).flatMap(({ subpath, source, outputs }) => {
      const allowed = new Set(rule[subpath] ?? rule['*']);
      return [source, ...outputs].flatMap((file) => {
        const { imports, missing } = walkModules(file, read);
        return [
          ...missing.map((path) => `${pkg.name} ${subpath}: ${path} does not exist`),
          ...imports
            .filter(({ specifier }) => !isAllowed(specifier, allowed))
            .map(({ from, specifier }) => `${from} must not import ${specifier}`),
        ];
      });
    });
  });
}

/** What a built package imports at run time is among its own dependencies, so that every package manager installs it. */
export function findUndeclaredImports(read) {
  return [...readPackages(read).values()].flatMap(({ name, ...pkg }) => {
    const { dependencies = {}, peerDependencies = {} } = pkg.manifest;
    return listEntries(pkg)
      .flatMap(({ outputs }) => outputs)
      .flatMap((file) => walkModules(file, read).imports)
      .filter(({ specifier }) => !isBuiltin(specifier))
      .filter(({ specifier }) => !(packageOf(specifier) in { ...dependencies, ...peerDependencies }))
      .map(({ from, specifier }) => `${name} does not declare ${specifier}, which ${from} imports`);
  });
}

/** No chain of run-time imports leads from a package that promises it to zod. */
export function findPathsToZod(read) {
  const packages = readPackages(read);
  const entryOf = (specifier) => {
    const pkg = packages.get(packageOf(specifier));
    const subpath = `.${specifier.slice(packageOf(specifier).length)}`;
    return pkg && listEntries(pkg).find((entry) => entry.subpath === subpath)?.outputs[0];
  };
  const follow = (file, path, seen) => {
    if (seen.has(file)) return [];
    seen.add(file);
    return walkModules(file, read).imports.flatMap(({ from, specifier }) => {
      if (packageOf(specifier) === 'zod') return [[...path, from, specifier].join(' -> ')];
      const next = entryOf(specifier);
      return next === undefined ? [] : follow(next, [...path, from], seen);
    });
  };
  return zodFree
    .flatMap((name) => packages.get(name) ?? [])
    .flatMap((pkg) => listEntries(pkg).flatMap(({ outputs }) => follow(outputs[0], [], new Set())));
}

/** What tests of another package or app may reach for: support for tests, and programs to start. */
const sharedWithTests = /^[\w-]+\/[\w-]+\/(test\/support\/|src\/main\.js$)/;

/**
 * Packages and apps meet at declared entries only: no import reaches into another's folder.
 *
 * @param {string[]} paths source files, from the project's root
 */
export function findDeepImports(paths, read) {
  const packages = readPackages(read);
  return paths.flatMap((path) => {
    const home = path.split('/').slice(0, 2).join('/');
    return readSpecifiers(read(path) ?? '').flatMap((specifier) => {
      if (isRelative(specifier)) {
        const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
        const isShared = path.startsWith(`${home}/test/`) && sharedWithTests.test(target);
        return target.startsWith(`${home}/`) || isShared
          ? []
          : [`${path} reaches outside ${home}: ${specifier}`];
      }
      const pkg = packages.get(packageOf(specifier));
      const subpath = `.${specifier.slice(packageOf(specifier).length)}`;
      return pkg === undefined || isExported(subpath, pkg.manifest)
        ? []
        : [`${path} imports ${specifier}, which ${pkg.name} does not export`];
    });
  });
}

function isExported(subpath, { exports }) {
  return Object.keys(exports).some((entry) => {
    const [start, end] = entry.split('*');
    return end === undefined ? entry === subpath : subpath.startsWith(start) && subpath.endsWith(end);
  });
}

/** Folders of tests that span their package, and what tests share. */
const besideFolders = ['behaviours', 'faults', 'fixtures', 'packed', 'pages', 'runtimes', 'soak', 'support'];

/**
 * Tests lie in `test`, in a folder named as the one in `src` whose behaviour they show.
 *
 * @param {string[]} paths files of the project
 */
export function findMisplacedTests(paths) {
  return paths.flatMap((path) => {
    const [, home, root, folder] = /^(packages\/[^/]+)\/(src|test)\/(?:([^/]+)\/)?/.exec(path) ?? [];
    if (root === 'src') return path.includes('.test.') ? [`${path} belongs in ${home}/test`] : [];
    if (folder === undefined || besideFolders.includes(folder)) return [];
    const isNamed = paths.some((source) => source.startsWith(`${home}/src/${folder}/`));
    return isNamed ? [] : [`${path}: ${home}/src has no folder ${folder}`];
  });
}
