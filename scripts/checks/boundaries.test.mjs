import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProjectFile } from '../lib/project.mjs';
import { findCircles, findUpwardImports, readCore } from './boundaries/floors.mjs';
import {
  findDeepImports,
  findForbiddenImports,
  findMisplacedTests,
  findPlatformsAsNode,
  findSharedReplacements,
} from './boundaries/rules.mjs';
import { overlay } from './boundaries/workspace.mjs';

/** Every file is read once, however many faults are put into the project. */
const texts = new Map();
function read(path) {
  if (!texts.has(path)) texts.set(path, readProjectFile(path));
  return texts.get(path);
}

/** The project with some of its files replaced. */
const replace = (replacements) => overlay(replacements, read);

/** The project with a line added to one of its files. */
function withLine(path, line) {
  const text = read(path);
  assert.notEqual(text, undefined, `${path} must exist`);
  return replace({ [path]: `${text}\n${line}\n` });
}

const forbidden = [
  ['the core imports a framework', 'packages/core/src/index.ts', "import 'express';"],
  ['the core imports a module of Node', 'packages/core/src/net/fetch-json.ts', "import 'node:fs';"],
  [
    'the core imports a module of Node by its bare name',
    'packages/core/src/node.ts',
    "import { x } from 'fs';",
  ],
  [
    'the core imports a type of Node',
    'packages/core/src/node.ts',
    "export type { Server } from 'node:http';",
  ],
  ['the core imports a module of Node late', 'packages/core/src/web.ts', "await import('node:crypto');"],
  [
    'the core names the types of Node',
    'packages/core/dist/node.d.ts',
    "type S = import('node:http').Server;",
  ],
  ['the entry for async contexts imports more of Node', 'packages/core/src/context.ts', "import 'node:fs';"],
  [
    'what all platforms verify with imports a module of Node',
    'packages/core/src/signatures/web-signatures.ts',
    "import 'node:crypto';",
  ],
  [
    'what Node verifies with imports more of it',
    'packages/core/src/signatures/node-signatures.ts',
    "import 'node:fs';",
  ],
  ['the core imports an adapter', 'packages/core/src/adapter.ts', "import '@mcp-auth/express';"],
  ['the built core imports a framework', 'packages/core/dist/fetch.js', "import 'hono';"],
  ['an adapter imports another framework', 'packages/express/src/index.ts', "import 'fastify';"],
  ['an adapter verifies by itself', 'packages/hono/src/index.ts', "import 'jose';"],
  ['an adapter goes around the core', 'packages/fastify/src/index.ts', "import '@mcp-auth/schemas';"],
  ['an adapter imports another adapter', 'packages/fastify/src/index.ts', "import '@mcp-auth/express';"],
  ['the schemas import zod in their main entry', 'packages/schemas/src/index.ts', "import 'zod';"],
  ['the built schemas import zod in it', 'packages/schemas/dist/index.js', "import 'zod';"],
  ['the core imports the sources in zod', 'packages/core/dist/index.js', "import '@mcp-auth/schemas/zod';"],
  ['the schemas import the core', 'packages/schemas/src/zod.ts', "import '@mcp-auth/core';"],
  ['an import leads nowhere', 'packages/core/src/index.ts', "import './not-there.js';"],
];

const before = new Set(findForbiddenImports(read));

for (const [fault, path, line] of forbidden) {
  test(`found: ${fault}`, () => {
    const after = findForbiddenImports(withLine(path, line)).filter((problem) => !before.has(problem));
    assert.notEqual(after.length, 0);
  });
}

test('found: a platform that would get what is for Node', () => {
  const path = 'packages/core/package.json';
  const text = read(path);
  assert.deepEqual(findPlatformsAsNode(read), []);
  const changes = [
    text.replace(/ *"bun": .*\n/, ''),
    text.replace('"default": "./dist/signatures', '"other": "./dist/signatures'),
  ];
  for (const changed of changes) assert.equal(findPlatformsAsNode(replace({ [path]: changed })).length, 1);
  const all = text.replace('"default": "./dist/signatures/web', '"default": "./dist/signatures/node');
  assert.notDeepEqual(findForbiddenImports(replace({ [path]: all })), []);
});

test('found: a package without a rule', () => {
  const path = 'packages/hono/package.json';
  const renamed = read(path).replace('@mcp-auth/hono', '@mcp-auth/nameless');
  const problems = findForbiddenImports(replace({ [path]: renamed }));
  assert.ok(problems.some((problem) => problem.startsWith('@mcp-auth/nameless has no rule')));
});

test('found: a run-time dependency that is not declared', () => {
  const path = 'packages/express/package.json';
  const manifest = { ...JSON.parse(read(path)), dependencies: {} };
  const problems = findForbiddenImports(replace({ [path]: JSON.stringify(manifest) }));
  assert.ok(problems.some((problem) => problem.includes('does not declare @mcp-auth/core')));
});

test('found: an import past the declared entries of a package', () => {
  const path = 'apps/x/src/main.ts';
  const deep = replace({ [path]: "import '@mcp-auth/core/dist/index.js';" });
  assert.equal(findDeepImports([path], deep).length, 1);
  const sideways = replace({ [path]: "import '../../../packages/core/src/index.js';" });
  assert.equal(findDeepImports([path], sideways).length, 1);
  const support = "import '../../core/test/support/clock.js';";
  const shared = replace({ [path]: support, 'packages/x/test/x.test.ts': support });
  assert.equal(findDeepImports([path], shared).length, 1);
  assert.deepEqual(findDeepImports(['packages/x/test/x.test.ts'], shared), []);
  const config = "import base from '../../vitest.config.js';";
  const configs = replace({ [path]: config, 'apps/x/vitest.config.ts': config });
  assert.equal(findDeepImports([path], configs).length, 1);
  assert.deepEqual(findDeepImports(['apps/x/vitest.config.ts'], configs), []);
  const allowed = replace({
    [path]:
      "import '@mcp-auth/core/adapter'; import '@mcp-auth/schemas/json-schema/protected-resource-metadata.json'; import './other.js';",
  });
  assert.deepEqual(findDeepImports([path], allowed), []);
});

test('found: tests beside the sources, and in a folder that src does not have', () => {
  const [beside, elsewhere] = ['packages/x/src/gate/a.test.ts', 'packages/x/test/policy/b.test.ts'];
  assert.equal(findMisplacedTests([beside, elsewhere]).length, 2);
  const good = ['packages/x/src/gate/a.ts', 'packages/x/test/gate/a.test.ts', 'packages/x/test/soak/b.ts'];
  assert.deepEqual(findMisplacedTests([...good, 'packages/x/test/whole.test.ts']), []);
});

test('found: a module that is replaced in a process that others share', () => {
  const path = 'packages/x/test/a.test.ts';
  const replaced = { [path]: "vi.mock('express', () => import('express4'));\n" };
  assert.equal(findSharedReplacements([path], replace(replaced)).length, 1);
  const named = replace({ ...replaced, 'vitest.config.ts': `const alone = ['${path}'];` });
  assert.deepEqual(findSharedReplacements([path], named), []);
});

test('an import that leads up, and a circle of files, are found', () => {
  const gate = 'packages/core/src/gate/gate.ts';
  const answer = 'packages/core/src/http/answer.ts';
  const files = [gate, answer, 'packages/core/src/gate/decision.ts'];
  const up = readCore(files, withLine(answer, "import '../gate/gate.js';"));
  assert.deepEqual(findUpwardImports(up), [`${answer} must not import ${gate}, which is no floor below`]);
  assert.equal(findCircles(up).length, 1);
  const now = readCore(files, read);
  assert.deepEqual([...findUpwardImports(now), ...findCircles(now)], []);
});
