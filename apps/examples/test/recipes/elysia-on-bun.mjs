// The covering cases of the conformance kit against Elysia on Bun, its own server, with packages that are built:
// node --test apps/examples/test/recipes/elysia-on-bun.mjs
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { install, versions } from '../../../../packages/schemas/test/runtimes/runtimes.mjs';

test(`Elysia on Bun ${versions.bun}`, async (context) => {
  const modules = await install('bun', versions.bun);
  if (modules === undefined) {
    context.skip('Bun cannot be had here.');
    return;
  }
  const { stdout } = await promisify(execFile)(join(modules, '.bin/bun'), ['run', 'elysia-program.ts'], {
    cwd: import.meta.dirname,
    // As everywhere in tests: no look at authorization servers before a request needs it
    env: { ...process.env, NODE_ENV: 'test' },
  });
  const { ran, failed } = JSON.parse(stdout.trim().split('\n').at(-1));
  assert.deepEqual(failed, []);
  assert.ok(ran > 100);
});
