import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findForeignLockfiles, findForeignTraces, findLockfileAddresses } from './hygiene.mjs';

// Assembled, so that this file does not trip the check itself
const home = ['', 'home', 'someone', 'code'].join('/');
const registry = ['registry', 'example', 'org'].join('.');

test('a path of one machine is found, with its line', () => {
  assert.deepEqual(findForeignTraces('a.md', `first\nsee ${home}\n`), [
    `a.md:2 names an absolute path of one machine: ${['', 'home', 'someone'].join('/')}`,
  ]);
});

test('the path of a URL and a path inside the project are no machine paths', () => {
  assert.deepEqual(findForeignTraces('a.md', 'https://example.com/home/someone ./home/x src/work/y\n'), []);
});

test('a registry host is found', () => {
  assert.equal(findForeignTraces('a.json', `"resolved": "https://${registry}/x"`).length, 1);
});

test('a lockfile with a tarball or a URL is found', () => {
  assert.equal(findLockfileAddresses('resolution: {tarball: x.tgz}').length, 1);
  assert.equal(findLockfileAddresses(`resolution: https://${registry}/x`).length, 1);
  assert.deepEqual(findLockfileAddresses('resolution: {integrity: sha512-abc}'), []);
});

test('the lockfile of another package manager is found in any folder', () => {
  assert.deepEqual(findForeignLockfiles(['pnpm-lock.yaml', 'apps/x/yarn.lock']), ['apps/x/yarn.lock']);
});
