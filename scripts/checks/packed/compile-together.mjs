import { mkdirSync, readFileSync } from 'node:fs';
import { combine, judge } from '../../lib/outcome.mjs';
import { compile } from './compile.mjs';
import { installWithNpm, pinned } from './install.mjs';

const fixture = (name) => ({ [name]: readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8') });

const libraries = [
  '@modelcontextprotocol/sdk',
  '@modelcontextprotocol/server',
  '@modelcontextprotocol/express',
  '@modelcontextprotocol/hono',
  '@modelcontextprotocol/fastify',
  '@modelcontextprotocol/node',
  '@hono/node-server',
  '@types/express',
  '@types/node',
  'express',
  'fastify',
  'hono',
  'zod',
];

const runs = [
  { version: '5.9', options: {} },
  { version: '5.9', options: { exactOptionalPropertyTypes: true } },
  { version: '6.0', options: {} },
];

/**
 * Installs our packages, the official SDK in both versions and the frameworks in one folder.
 *
 * @param {string} folder
 * @param {Map<string, string>} tarballs
 */
export async function installTogether(folder, tarballs) {
  mkdirSync(folder);
  await installWithNpm(folder, {
    ...Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`])),
    ...Object.fromEntries(libraries.map((name) => [name, pinned(name)])),
    // For an example of the schemas
    ajv: '^8.20.0',
  });
}

/** Compiles one file against all that is installed there. */
export async function compileTogether(folder) {
  const outcomes = [];
  for (const { version, options } of runs) {
    const title = [`TypeScript ${version}`, ...Object.keys(options)].join(' with ');
    const problems = await compile(folder, fixture('together.ts'), version, options);
    outcomes.push(judge(`${title} compiles SDK 1, SDK 2 and the adapters together`, problems));
  }
  const problems = await compile(folder, fixture('old-name.ts'), '5.9');
  outcomes.push(judge('mcp-auth compiles beside version 1 of the SDK, whose types it extends', problems));
  return combine(outcomes);
}

/**
 * Compiles an application on `mcp-auth` that has no official SDK: what the package says about its types must not matter then.
 *
 * @param {string} folder
 * @param {Map<string, string>} tarballs
 */
export async function compileOldNameAlone(folder, tarballs) {
  mkdirSync(folder);
  const own = ['@mcp-auth/schemas', '@mcp-auth/core', '@mcp-auth/express', 'mcp-auth'];
  await installWithNpm(folder, {
    ...Object.fromEntries(own.map((name) => [name, `file:${tarballs.get(name)}`])),
    ...Object.fromEntries(['@types/express', '@types/node', 'express'].map((name) => [name, pinned(name)])),
  });
  const problems = [
    ...(await compile(folder, fixture('old-name-alone.ts'), '5.9')),
    // The default of module: commonjs up to TypeScript 5, which 0.2 allowed
    ...(await compile(folder, fixture('old-name-alone.ts'), '5.9', {
      module: 'CommonJS',
      moduleResolution: 'Node10',
      esModuleInterop: true,
    })),
  ];
  return judge(
    'mcp-auth compiles without the official SDK, and under the module resolution of CommonJS',
    problems,
  );
}
