import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProjectFile } from './boundaries/workspace.mjs';
import { checkChangeset } from './changeset.mjs';

const config = '.changeset/config.json';

test('found: packages that are not released as one', async () => {
  const fixed = { ...JSON.parse(readProjectFile(config)), fixed: [] };
  const pending = { '.changeset/first-release.md': "---\n'@mcp-auth/hono': major\n---\n\nOnly Hono.\n" };
  const outcome = await checkChangeset({ [config]: JSON.stringify(fixed), ...pending });
  assert.equal(outcome.failed, 1);
  assert.match(outcome.failures[0], /versions differ|stays at/);
});

test('found: a release that touches the private packages', async () => {
  const loose = { ...JSON.parse(readProjectFile(config)), privatePackages: { version: true, tag: false } };
  const outcome = await checkChangeset({ [config]: JSON.stringify(loose) });
  assert.equal(outcome.failed, 1);
  assert.match(outcome.failures[0], /unexpected change: .*apps\//);
});

test('found: a configuration that cannot be read', async () => {
  const outcome = await checkChangeset({ [config]: '{ "fixed": [["no-such-package"]] }' });
  assert.equal(outcome.failed, 1);
});
