import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture, tail } from '../../lib/capture.mjs';
import { combine, judge } from '../../lib/outcome.mjs';
import { installWithNpm, pinned } from './install.mjs';

const fixture = (name) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

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

/** The compilers users may have, by the name they are installed under. */
const compilers = {
  'typescript-5.9': `npm:typescript@${pinned('typescript')}`,
  'typescript-6.0': 'npm:typescript@6.0.3',
};

const runs = [
  { compiler: 'typescript-5.9', options: {} },
  { compiler: 'typescript-5.9', options: { exactOptionalPropertyTypes: true } },
  { compiler: 'typescript-6.0', options: {} },
];

/**
 * Compiles one file against our packages, the official SDK in both versions and the frameworks, with library checks on.
 *
 * @param {string} folder
 * @param {Map<string, string>} tarballs
 */
export async function compileTogether(folder, tarballs) {
  mkdirSync(folder);
  await installWithNpm(folder, {
    ...Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`])),
    ...Object.fromEntries(libraries.map((name) => [name, pinned(name)])),
    ...compilers,
  });
  const outcomes = [];
  for (const { compiler, options } of runs) {
    const title = [compiler, ...Object.keys(options)].join(' with ');
    const problems = await compile(folder, 'together.ts', compiler, options);
    outcomes.push(judge(`${title} compiles SDK 1, SDK 2 and the adapters together`, problems));
  }
  const problems = await compile(folder, 'old-name.ts', 'typescript-5.9');
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
    'typescript-5.9': compilers['typescript-5.9'],
  });
  const problems = [
    ...(await compile(folder, 'old-name-alone.ts', 'typescript-5.9')),
    // The default of module: commonjs up to TypeScript 5, which 0.2 allowed
    ...(await compile(folder, 'old-name-alone.ts', 'typescript-5.9', {
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

async function compile(folder, file, compiler, options = {}) {
  cpSync(fixture(file), join(folder, file));
  const compilerOptions = {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    // SDK 1 names types of the DOM
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    ...options,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  const tsc = join(folder, 'node_modules', compiler, 'bin', 'tsc');
  const { ok, output } = await capture(process.execPath, [tsc, '--project', folder], { cwd: folder });
  return ok ? [] : [tail(output, 30)];
}
