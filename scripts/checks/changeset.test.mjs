import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProjectFile } from '../lib/project.mjs';
import { findReleaseProblems } from './changeset.mjs';

const config = '.changeset/config.json';

test('found: packages that are not released as one', async () => {
  const fixed = { ...JSON.parse(readProjectFile(config)), fixed: [] };
  const pending = { '.changeset/first-release.md': "---\n'@mcp-auth/hono': major\n---\n\nOnly Hono.\n" };
  const problems = await findReleaseProblems({ [config]: JSON.stringify(fixed), ...pending });
  assert.notEqual(problems.length, 0);
  assert.match(problems.join(), /versions differ|stays at/);
});

test('found: a release that touches the private packages', async () => {
  const loose = { ...JSON.parse(readProjectFile(config)), privatePackages: { version: true, tag: false } };
  const problems = await findReleaseProblems({ [config]: JSON.stringify(loose) });
  assert.notEqual(problems.length, 0);
  assert.match(problems.join(), /unexpected change: .*apps\//);
});

test('found: a configuration that cannot be read', async () => {
  const problems = await findReleaseProblems({ [config]: '{ "fixed": [["no-such-package"]] }' });
  assert.notEqual(problems.length, 0);
});
