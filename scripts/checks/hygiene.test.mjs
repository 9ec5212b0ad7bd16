import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findForeignLockfiles,
  findForeignTraces,
  findLockfileAddresses,
  findPortProbes,
  findReplacedWords,
} from './hygiene.mjs';

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

test('a word that the house style replaces is found in what packages say, and only there', () => {
  const text = "throw invalid('is no private key');\n// there is no key, and it is no longer needed\n";
  assert.deepEqual(findReplacedWords('packages/core/src/keys.ts', text), [
    'packages/core/src/keys.ts:1 says "is no": write "is not a", see the glossary in STYLE.md',
  ]);
  assert.deepEqual(findReplacedWords('packages/core/src/generated/keys.ts', text), []);
  assert.deepEqual(findReplacedWords('docs/keys.md', text), []);
});

test('a second way to find a free port is found, and a server that answers is none', () => {
  const listen = 'const server = createServer();\nserver.listen(0, done);\n';
  const probe = `${listen}const { port } = server.address();\nawait new Promise((resolve) => server.close(resolve));\n`;
  assert.deepEqual(findPortProbes('packages/core/test/a.ts', probe), [
    'packages/core/test/a.ts:2 finds a free port: take findFreePort of packages/core/test/support',
  ]);
  const server = `${listen}const { port } = server.address();\nawait fetch(port);\nserver.close();\n`;
  assert.deepEqual(findPortProbes('packages/core/test/a.ts', server), []);
  assert.deepEqual(findPortProbes('scripts/lib/free-port.mjs', probe), []);
});
