import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const others = ['length.test.ts', 'node-runner.test.ts'];
const suites = readdirSync(import.meta.dirname).filter((name) => !others.includes(name));
const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

test('there is a suite for each framework', () => {
  expect(suites.sort()).toEqual(['express.test.ts', 'fastify.test.ts', 'fetch.test.ts', 'hono.test.ts']);
});

test.each(suites)('%s tests a server in under 30 lines, with the package alone', (name) => {
  const text = read(name);
  expect(text.trimEnd().split('\n').length).toBeLessThan(30);
  const imported = [...text.matchAll(/(?:from|import) '([^']+)'/g)].map(([, module]) => module);
  expect(imported).toEqual([
    '@mcp-auth/testing',
    '@mcp-auth/testing/vitest',
    'vitest',
    `../../src/tested/${name.replace('.test', '').replace(/ts$/, 'js')}`,
  ]);
});

test.each(suites)('%s tests scopes, step-up, expiry, outage and rotation', (name) => {
  for (const call of ['toChallengeFor({ scopes', 'write_note', 'advanceSeconds', 'goDown', 'rotateKeys']) {
    expect(read(name)).toContain(call);
  }
});
