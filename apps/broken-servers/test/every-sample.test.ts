import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** By which test each sample is audited, and what stands for it there. */
const audited: Readonly<Record<string, readonly [file: string, says: string]>> = {
  whoami: ['broken-servers/test/samples.test.ts', '@mcp-auth/app-whoami'],
  notes: ['broken-servers/test/samples.test.ts', '@mcp-auth/app-notes'],
  'todo-manager': ['broken-servers/test/samples.test.ts', '@mcp-auth/app-todo-manager'],
  'scope-fixture': ['broken-servers/test/samples.test.ts', '@mcp-auth/app-scope-fixture'],
  'local-keys': ['broken-servers/test/samples.test.ts', '@mcp-auth/app-local-keys'],
  'broken-servers': ['broken-servers/test/broken-servers.test.ts', 'startServer'],
  demo: ['broken-servers/test/demonstration.test.ts', '../../demo/dist/main.js'],
  next: ['next/test/audit.test.ts', '@/app/mcp/route'],
  // With an audit, as for every adapter
  'node-http-adapter': ['node-http-adapter/test/conformance.test.ts', 'registerConformance'],
};

/** No servers of their own. */
const others = {
  examples:
    'Files of READMEs and pages; its recipes that are adapters run the conformance suite with an audit.',
  interop: 'Clients and suites of others against these samples.',
  'sample-kit': 'What the samples share.',
};

test('every folder of samples is audited by a test, or says why not', () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([
    ...[...Object.keys(audited), ...Object.keys(others)].sort(),
  ]);
});

test.each(Object.entries(audited))('%s is in its test', (_name, [file, says]) => {
  expect(readFileSync(root + file, 'utf8')).toContain(says);
});
