// Which of its two ways to verify a signature the built core takes, on every runtime and in every bundle: node:crypto on Node alone.
// A runtime that this machine cannot have is skipped. node --test packages/core/test/runtimes/signatures.mjs
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTempFolder } from '../../../../scripts/lib/temp-folder.mjs';
import { commandLines } from '../../../schemas/test/runtimes/runtimes.mjs';

const core = fileURLToPath(new URL('../..', import.meta.url));
const esbuild = createRequire(new URL('../../../schemas/package.json', import.meta.url))('esbuild');

/** The package as it is installed: beside its sources, bundlers would go by their tsconfig.json. */
const folder = createTempFolder();
for (const name of ['package.json', 'dist'])
  cpSync(join(core, name), join(folder, name), { recursive: true });
writeFileSync(
  join(folder, 'main.mjs'),
  `import { verifySignature } from '#signatures';
const isAsync = verifySignature.constructor.name === 'AsyncFunction';
console.log(JSON.stringify({ taken: isAsync ? 'web' : 'node' }));\n`,
);

for (const runtime of commandLines) {
  const expected = runtime.name.startsWith('node') ? 'node' : 'web';
  test(`${runtime.name} verifies with the file for ${expected}`, async (t) => {
    const result = await runtime.run(folder);
    if (result === undefined) return t.skip('it cannot be had on this machine');
    assert.equal(result.taken, expected);
  });
}

test('Node with another condition goes by it', async () => {
  for (const condition of ['browser', 'workerd', 'edge-light']) {
    const args = [`--conditions=${condition}`, 'main.mjs'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
    assert.deepEqual(JSON.parse(stdout), { taken: 'web' });
  }
});

const bundles = [
  ['for browsers', { platform: 'browser' }, 'web'],
  ['for no platform', { platform: 'neutral' }, 'web'],
  ['for Workers', { conditions: ['workerd', 'worker', 'browser'] }, 'web'],
  ['for Node', { platform: 'node' }, 'node'],
];
for (const [what, options, expected] of bundles) {
  test(`a bundle ${what} has the file for ${expected}`, async () => {
    const { metafile } = await esbuild.build({
      stdin: { contents: `export * from './dist/fetch.js';`, resolveDir: folder },
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      external: ['node:*', 'jose', 'jose/*', '@mcp-auth/schemas'],
      logLevel: 'error',
      ...options,
    });
    const inputs = Object.keys(metafile.inputs).join(' ');
    assert.match(inputs, expected === 'node' ? /node-signatures/ : /web-signatures/);
    const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.map(({ path }) => path),
    );
    assert.equal(imported.includes('node:crypto'), expected === 'node');
    if (expected === 'web') assert.doesNotMatch(inputs, /node-signatures/);
  });
}
