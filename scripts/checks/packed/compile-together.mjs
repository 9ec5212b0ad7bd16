import { mkdirSync, readFileSync } from 'node:fs';
import { compile, whereItRuns } from './compile.mjs';
import { installWithNpm, pinned } from './install.mjs';
import { fromTarballs } from './tarballs.mjs';

const fixture = (name) => ({ [name]: readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8') });

const libraries = [
  '@modelcontextprotocol/sdk',
  '@modelcontextprotocol/server',
  '@modelcontextprotocol/express',
  '@modelcontextprotocol/hono',
  '@modelcontextprotocol/fastify',
  '@modelcontextprotocol/node',
  '@hono/node-server',
  '@opentelemetry/api',
  '@opentelemetry/exporter-prometheus',
  '@opentelemetry/sdk-metrics',
  '@types/express',
  '@types/node',
  'express',
  'fastify',
  'hono',
  'redis',
  'zod',
];

/** What most people have, and the strictest options there are with the compiler that is fast. The rest is `compile-matrix.mjs`. */
const runs = [
  { version: '5.9', options: {} },
  { version: '7.0', options: { exactOptionalPropertyTypes: true } },
];

/**
 * Our packages, the official SDK in both versions and the frameworks in one program. And an application on `mcp-auth` that has no
 * official SDK: what the package says about its types must not matter then.
 *
 * @param {string} folder that does not exist yet, where all of them are installed
 * @param {string} alone another one
 */
export function* togetherChecks(folder, alone) {
  yield [
    'The official SDK, versions 1 and 2, and the adapters are installed together',
    () => installTogether(folder),
  ];
  yield* sdkChecks(folder, runs);
  yield [
    'mcp-auth compiles beside version 1 of the SDK, whose types it extends',
    whereItRuns('7.0', () => compile(folder, fixture('old-name.ts'), '7.0')),
  ];
  yield ['mcp-auth is installed without the official SDK', () => installAlone(alone)];
  yield [
    'mcp-auth compiles without the official SDK',
    whereItRuns('7.0', () => compile(alone, fixture('old-name-alone.ts'), '7.0')),
  ];
  // The default of module: commonjs up to TypeScript 5, which 0.2 allowed
  const older = { module: 'CommonJS', moduleResolution: 'Node10', esModuleInterop: true };
  yield [
    'mcp-auth compiles without the official SDK under the module resolution of CommonJS',
    () => compile(alone, fixture('old-name-alone.ts'), '5.9', older),
  ];
}

/**
 * @param {string} folder where everything is installed
 * @param {typeof runs} chosen
 */
export function* sdkChecks(folder, chosen) {
  for (const { version, options } of chosen) {
    const title = [`TypeScript ${version}`, ...Object.keys(options)].join(' with ');
    yield [
      `${title} compiles SDK 1, SDK 2 and the adapters together`,
      whereItRuns(version, () => compile(folder, fixture('together.ts'), version, options)),
    ];
  }
}

/** @param {string} folder that does not exist yet */
async function installAlone(folder) {
  mkdirSync(folder);
  const own = await fromTarballs(['@mcp-auth/schemas', '@mcp-auth/core', '@mcp-auth/express', 'mcp-auth']);
  await installWithNpm(folder, { ...own, ...pinnedAll(['@types/express', '@types/node', 'express']) });
  return [];
}

/** @param {string} folder that does not exist yet */
export async function installTogether(folder) {
  mkdirSync(folder);
  // ajv for an example of the schemas
  await installWithNpm(folder, { ...(await fromTarballs()), ...pinnedAll(libraries), ajv: '^8.20.0' });
  return [];
}

const pinnedAll = (names) => Object.fromEntries(names.map((name) => [name, pinned(name)]));
