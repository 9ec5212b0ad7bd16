// The command as it is typed, from its tarball: node --test packages/create-mcp-auth/test/packed/command.mjs
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTempFolder } from '../../../../scripts/lib/temp-folder.mjs';
import { runCreate } from './try-project.mjs';

const folder = createTempFolder();

test('refuses to guess where there is no terminal, and writes nothing', async () => {
  const { ok, output } = await runCreate([join(folder, 'guessed'), '--framework', 'hono']);
  assert.equal(ok, false);
  assert.match(output, /no terminal to ask at.*--yes/);
  assert.equal(existsSync(join(folder, 'guessed')), false);
});

test('says which option it does not know, and which there are', async () => {
  const { ok, output } = await runCreate(['notes', '--famework', 'hono']);
  assert.equal(ok, false);
  assert.match(output, /--famework/);
  assert.match(output, /--framework {2}express, hono/);
});

test('says what it wrote, and the next commands of the package manager that runs it', async () => {
  const target = join(folder, 'notes');
  const { ok, output } = await runCreate([target, '--yes', '--provider', 'auth0'], {
    userAgent: 'pnpm/10.34.9 npm/? node/v20.20.2 linux x64',
  });
  assert.ok(ok, output);
  assert.match(output, /^ {2}src\/app\.ts$/m);
  assert.match(output, /Fill in AUTH0_DOMAIN in \.env/);
  assert.match(output, /^ {2}pnpm install$\n^ {2}pnpm run dev$/m);
  assert.match(readFileSync(join(target, 'Dockerfile'), 'utf8'), /pnpm install --frozen-lockfile/);
});

test('overwrites nothing', async () => {
  const target = join(folder, 'notes');
  writeFileSync(join(target, 'README.md'), 'mine');
  const { ok, output } = await runCreate([target, '--yes']);
  assert.equal(ok, false);
  assert.match(output, /Nothing was written.*README\.md/);
  assert.equal(readFileSync(join(target, 'README.md'), 'utf8'), 'mine');
});
