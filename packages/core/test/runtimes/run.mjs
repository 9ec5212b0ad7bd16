// Runs the built core, its fetch entry and its async context, as one bundle on every runtime the package names.
// A runtime that this machine cannot have is skipped. node --test packages/core/test/runtimes/run.mjs
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createTempFolder } from '../../../../scripts/lib/temp-folder.mjs';
import { commandLines, testRuntimes, workerd } from '../../../schemas/test/runtimes/runtimes.mjs';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const esbuild = createRequire(new URL('../../../schemas/package.json', import.meta.url))('esbuild');

/** One ES module with all dependencies; only the named modules of the platform may be left to import. */
async function bundle(contents, platformModules) {
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents, resolveDir: dist },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    external: ['node:*'],
    logLevel: 'error',
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const leaked = imported.filter((path) => !platformModules.includes(path));
  if (leaked.length > 0) throw new Error(`The bundle imports ${leaked.join(', ')}`);
  return outputFiles[0].text;
}

const fetchEntry = `export { MCPAuth } from './fetch.js';`;
const allEntries = `${fetchEntry}
export { authContext, getAuthInfo, requireScopes } from './context.js';
export { MCPAuthConfigError, MCPAuthInsufficientScopeError } from './index.js';`;

const program = (file) => `import * as core from './${file}';\nimport { check } from './program.mjs';\n`;
const worker = (file) =>
  `${program(file)}export default { async test() { console.log('RESULT ' + JSON.stringify(await check(core))); } };\n`;

testRuntimes(
  test,
  [
    ...commandLines,
    workerd(['worker.mjs', 'index.js', 'program.mjs'], ['nodejs_als']),
    workerd(['worker.mjs', 'index.js', 'program.mjs'], ['nodejs_compat']),
    workerd(['fetch-worker.mjs', 'fetch.js', 'program.mjs']),
  ],
  createTempFolder(),
  {
    'index.js': await bundle(allEntries, ['node:async_hooks']),
    'fetch.js': await bundle(fetchEntry, []),
    'program.mjs': readFileSync(new URL('./program.mjs', import.meta.url), 'utf8'),
    'package.json': '{"type":"module"}',
    'main.mjs': `${program('index.js')}console.log(JSON.stringify(await check(core)));\n`,
    'worker.mjs': worker('index.js'),
    'fetch-worker.mjs': worker('fetch.js'),
  },
);
