import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture, tail } from '../../lib/capture.mjs';
import { combine, judge } from '../../lib/outcome.mjs';
import { installWithNpm, pinned } from './install.mjs';

const fixture = fileURLToPath(new URL('fixtures/together.ts', import.meta.url));

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
  cpSync(fixture, join(folder, 'together.ts'));
  const outcomes = [];
  for (const { compiler, options } of runs) {
    const title = [compiler, ...Object.keys(options)].join(' with ');
    const problems = await compile(folder, compiler, options);
    outcomes.push(judge(`${title} compiles SDK 1, SDK 2 and the adapters together`, problems));
  }
  return combine(outcomes);
}

async function compile(folder, compiler, options) {
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
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['together.ts'] }));
  const tsc = join(folder, 'node_modules', compiler, 'bin', 'tsc');
  const { ok, output } = await capture(process.execPath, [tsc, '--project', folder], { cwd: folder });
  return ok ? [] : [tail(output, 30)];
}
