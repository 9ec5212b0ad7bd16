import { isBuiltin } from 'node:module';
import { isRelative, packageOf, readSpecifiers, walkModules } from './import-graph.mjs';
import { listEntries, listPlatformFiles, readPackages } from './workspace.mjs';

/**
 * What each entry of a package may import, values and types alike: `*` stands for all its other entries, and at the end of a name
 * for whatever the package or Node offers. A package without a rule breaks the rules. Nothing here leads from the core or an adapter
 * to zod: their users must not be made to ship it.
 */
const allowedImports = {
  // Writes files; what it writes imports the rest
  'create-mcp-auth': { '*': ['node:*'] },
  '@mcp-auth/schemas': { './zod': ['zod/*'], '*': [] },
  '@mcp-auth/core': {
    // Where a platform lacks AsyncLocalStorage, only this entry cannot be loaded
    './context': ['@mcp-auth/schemas', 'jose/*', 'node:async_hooks'],
    './audit': ['@mcp-auth/schemas', 'jose/*', 'node:fs/promises', 'node:path'],
    // Node alone gets this file; every other condition leads to one that all platforms have
    '#signatures on node': ['jose/*', 'node:buffer', 'node:crypto'],
    '*': ['@mcp-auth/schemas', 'jose/*'],
  },
  '@mcp-auth/express': { '*': ['@mcp-auth/core/*', 'express', 'node:module'] },
  '@mcp-auth/hono': { '*': ['@mcp-auth/core/*', 'hono/*'] },
  // Hands a body on that it has read, as the stream that Fastify's parsers take
  '@mcp-auth/fastify': { '*': ['@mcp-auth/core/*', 'fastify', 'node:stream'] },
  '@mcp-auth/next': { '*': ['@mcp-auth/core/*'] },
  // Which platform it stands on is told by the MCPAuth that it is given
  '@mcp-auth/nest': { '*': ['@mcp-auth/core', '@mcp-auth/core/adapter', '@nestjs/common', '@nestjs/core'] },
  // What version 0.2 had in its types and values: schemas of zod, options of jose, the caller of the official SDK
  'mcp-auth': {
    '*': [
      '@mcp-auth/core/*',
      '@mcp-auth/express/*',
      '@modelcontextprotocol/sdk/*',
      'express',
      'jose',
      'zod/*',
    ],
  },
  // Hears of events, and knows no more of the core than their types
  '@mcp-auth/opentelemetry': { '*': ['@mcp-auth/core', '@opentelemetry/api'] },
  '@mcp-auth/redis': { '*': ['@mcp-auth/core'] },
  // Whatever runs the tests, one entry knows its `expect`
  '@mcp-auth/testing': {
    './vitest': ['@mcp-auth/core', 'vitest'],
    './jest': ['@jest/globals', '@mcp-auth/core', 'expect'],
    './node': ['@mcp-auth/core', 'node:*'],
    '*': ['@mcp-auth/core/*', 'jose', 'node:*'],
  },
  '@mcp-auth/conformance': { '*': ['@mcp-auth/core/*', '@mcp-auth/testing', 'jose', 'node:*'] },
  // An authorization server: it knows nothing of the resource servers that trust it
  '@mcp-auth/dev-issuer': { '*': ['jose', 'node:*', 'oidc-provider'] },
  // Looks at servers from outside, with the judgement of the core
  '@mcp-auth/cli': {
    '*': [
      '@mcp-auth/conformance/*',
      '@mcp-auth/core/*',
      '@mcp-auth/schemas',
      // Reads challenges
      '@mcp-auth/testing',
      'commander',
      'node:*',
      'oauth4webapi',
      'picocolors',
      'string-width',
      'undici',
    ],
  },
};

function isAllowed(specifier, allowed) {
  const whole = isBuiltin(specifier) ? 'node:*' : `${packageOf(specifier)}/*`;
  return allowed.includes(specifier) || allowed.includes(whole);
}

/**
 * Sources and built files, entry by entry, import only what the rule of their package allows, and what it depends on, so that every
 * package manager installs it.
 */
export function findForbiddenImports(read) {
  return [...readPackages(read).values()].flatMap((pkg) => {
    const rule = allowedImports[pkg.name];
    if (rule === undefined) return [`${pkg.name} has no rule; add one to the table of allowed imports`];
    const declared = { ...pkg.manifest.dependencies, ...pkg.manifest.peerDependencies };
    return [...listEntries(pkg), ...listPlatformFiles(pkg)].flatMap(({ subpath, source, outputs }) =>
      [source, ...outputs].flatMap((file) => {
        const { imports, missing } = walkModules(file, read);
        return [
          ...missing.map((path) => `${pkg.name} ${subpath}: ${path} does not exist`),
          ...imports
            .filter(({ specifier }) => !isAllowed(specifier, rule[subpath] ?? rule['*']))
            .map(({ from, specifier }) => `${from} must not import ${specifier}`),
          ...imports
            .filter(({ specifier }) => !isBuiltin(specifier) && !(packageOf(specifier) in declared))
            .map(({ from, specifier }) => `${pkg.name} does not declare ${specifier}, which ${from} imports`),
        ];
      }),
    );
  });
}

/** Platforms with the condition `node` that are to have what all others have, so that their conditions must come first. */
const beforeNode = ['workerd', 'edge-light', 'browser', 'bun', 'deno'];

/** `imports` are read from the top: a platform that also calls itself Node would get Node's file. */
export function findPlatformsAsNode(read) {
  return [...readPackages(read).values()].flatMap(({ name, manifest }) =>
    Object.entries(manifest.imports ?? {}).flatMap(([specifier, targets]) => {
      const conditions = Object.keys(targets);
      const early = conditions.slice(0, conditions.indexOf('node'));
      return [
        ...beforeNode
          .filter((condition) => !early.includes(condition))
          .map((condition) => `${name} ${specifier}: ${condition} must come before node`),
        ...(conditions.at(-1) === 'default' ? [] : [`${name} ${specifier}: default must come last`]),
      ];
    }),
  );
}

/** What tests of another package or app may reach for: support for tests, and programs to start. */
const sharedWithTests = /^[\w-]+\/[\w-]+\/(test\/support\/|src\/main\.js$)/;

/** A configuration of tests in an app takes in the one of the project. */
const isConfigOfTests = (path, target) => path.endsWith('/vitest.config.ts') && target === 'vitest.config.js';

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
        return target.startsWith(`${home}/`) || isShared || isConfigOfTests(path, target)
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

/**
 * A test that puts something else in place of a module, for its whole file, has a process of its own: in one that is shared, a file
 * before it may have loaded what uses the module, and then the test says nothing, or fails for no reason.
 *
 * @param {string[]} paths files of the project
 */
export function findSharedReplacements(paths, read) {
  const config = read('vitest.config.ts') ?? '';
  return paths
    .filter((path) => /^(?:packages|apps)\/.+\.test\.ts$/.test(path) && /^vi\.mock\(/m.test(read(path) ?? ''))
    .filter((path) => !config.includes(`'${path}'`))
    .map((path) => `${path} replaces a module: vitest.config.ts must name it among those that run alone`);
}
