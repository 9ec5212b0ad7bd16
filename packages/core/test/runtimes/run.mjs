// Runs the built core, its fetch entry and its async context, as one bundle on every runtime the package names.
// A runtime that this machine cannot have is skipped, loudly; with CI_REQUIRE_ALL=1 that is a failure.
// node packages/core/test/runtimes/run.mjs [part of a name]
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runtimes as known } from '../../../schemas/test/runtimes/runtimes.mjs';
import { createWorkerd } from './workerd.mjs';

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

const worker = (file) => `import * as core from './${file}';
import { check } from './program.mjs';
export default { async test() { console.log('RESULT ' + JSON.stringify(await check(core))); } };\n`;

const commandLines = known.filter(({ name }) => /^(?:node|bun|deno) /.test(name));
const workerdVersion = known.map(({ name }) => /^workerd (\S+)$/.exec(name)?.[1]).find(Boolean);
const runtimes = [
  ...commandLines,
  createWorkerd(workerdVersion, 'worker.mjs', 'index.js', ['nodejs_als']),
  createWorkerd(workerdVersion, 'worker.mjs', 'index.js', ['nodejs_compat']),
  createWorkerd(workerdVersion, 'fetch-worker.mjs', 'fetch.js', []),
];

if (!existsSync(join(dist, 'fetch.js'))) throw new Error('packages/core is not built. Run its build first.');
const folder = mkdtempSync(join(tmpdir(), 'core-runtimes-'));
let [passed, failed, skipped] = [0, 0, 0];
try {
  const files = {
    'index.js': await bundle(allEntries, ['node:async_hooks']),
    'fetch.js': await bundle(fetchEntry, []),
    'program.mjs': readFileSync(new URL('./program.mjs', import.meta.url), 'utf8'),
    'package.json': '{"type":"module"}',
    'main.mjs': `import * as core from './index.js';
import { check } from './program.mjs';
console.log(JSON.stringify(await check(core)));\n`,
    'worker.mjs': worker('index.js'),
    'fetch-worker.mjs': worker('fetch.js'),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);

  for (const runtime of runtimes.filter(({ name }) => name.includes(process.argv[2] ?? ''))) {
    try {
      const result = await runtime.run(folder, files);
      if (result === undefined) {
        skipped++;
        console.log(`SKIPPED ${runtime.name}: it cannot be had on this machine`);
        continue;
      }
      passed += result.passed;
      failed += result.wrong.length;
      console.log(`${runtime.name}: ${result.passed} passed, ${result.wrong.length} failed`);
      for (const reason of result.wrong) console.log(`FAILED  ${runtime.name}: ${reason}`);
    } catch (error) {
      failed++;
      console.log(`FAILED  ${runtime.name}: ${error.message}\n${String(error.stderr ?? '').slice(0, 500)}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || (skipped > 0 && process.env.CI_REQUIRE_ALL === '1') ? 1 : 0;
