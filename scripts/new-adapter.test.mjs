import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { overlay } from './checks/boundaries/workspace.mjs';
import { findInstallProblems, findManifestProblems, findVersionProblems } from './checks/project.mjs';
import { capture, tail, tool } from './lib/capture.mjs';
import { fastest } from './lib/compilers.mjs';
import { formatText } from './lib/format-text.mjs';
import { listProjectFiles, listPublishedPackages, readProjectFile, root } from './lib/project.mjs';
import { createTempFolder } from './lib/temp-folder.mjs';
import { createAdapter } from './new-adapter.mjs';
import { findMistake } from './new-adapter/package.mjs';

const adapter = { name: 'sample', title: 'Sample', framework: 'sample@^1.2.0' };
const home = `packages/${adapter.name}`;
const files = await createAdapter(adapter, readProjectFile);

/** What an author writes: the few lines between a framework and the core. */
const binding = `import type { AdapterBinding } from '@mcp-auth/core/adapter';
import { toResponse, webCapabilities, type WebExchange, WebRequestHead, withWebHeaders } from '@mcp-auth/core/web';
import { attachAuth } from './get-auth.js';

export type Next = (request: Request) => Response | Promise<Response>;

export interface Exchange extends WebExchange {
  readonly next: Next;
  readonly host: unknown;
}

export type Result = Response | Promise<Response>;

export const binding: AdapterBinding<Exchange, Result> = {
  readHead: ({ request, host }) => new WebRequestHead(request, host),
  refuse: (_exchange, answer) => toResponse(answer),
  proceed: async ({ request, next }, auth, headers) => {
    attachAuth(request, auth);
    return withWebHeaders(await next(request), headers);
  },
  fail: (_exchange, error) => Promise.reject(error),
  capabilities: webCapabilities,
};
`;

/** The contract, and a few cases of each kind; all there is: with CASES=all in front. */
const selection =
  process.env.CASES === 'all'
    ? [`${home}/test`]
    : [
        ...['contract', 'conformance'].map((name) => `${home}/test/${name}.test.ts`),
        ...['--testNamePattern', 'contract row|(?:method|metadata|operations|handler)-'],
      ];

const askForImports = `
import { findForbiddenImports } from './scripts/checks/boundaries/rules.mjs';
import { readProjectFile } from './scripts/lib/project.mjs';
console.log(JSON.stringify(findForbiddenImports(readProjectFile)));
`;

for (const [mistake, given] of [
  ['The name must be', { name: 'Koa' }],
  ['The name must be', { name: '' }],
  ['The name must be', { name: '../koa' }],
  ['packages/hono is there', { name: 'hono' }],
  ['The framework must', { name: 'koa', framework: 'koa' }],
  ['The framework must', { name: 'koa', framework: 'koa@latest' }],
]) {
  test(`${JSON.stringify(given)} is refused`, () => {
    assert.match(findMistake(given, readProjectFile), new RegExp(mistake));
  });
}

test('a name and a framework with carets are accepted', () => {
  assert.equal(findMistake(adapter, readProjectFile), undefined);
  assert.equal(findMistake({ name: 'h3', framework: 'h3@^1.0.0 || ^2.0.0' }, readProjectFile), undefined);
});

test('every list of adapters names the new one, and a list without a place is an error', async () => {
  for (const path of [
    'README.md',
    'CONTRIBUTING.md',
    'docs/architecture.md',
    'docs/tsconfig.api.json',
    'vitest.config.ts',
    'scripts/checks/boundaries/rules.mjs',
  ])
    assert.match(files[path], new RegExp(`\\b${adapter.name}\\b`), path);
  const without = overlay({ 'CONTRIBUTING.md': 'nothing of the kind' });
  await assert.rejects(createAdapter(adapter, without), /CONTRIBUTING\.md has no place for an adapter/);
});

test('its manifest and its README are those of the project', () => {
  const manifest = JSON.parse(files[`${home}/package.json`]);
  assert.deepEqual(findManifestProblems({ folder: home, manifest }), []);
  assert.deepEqual(findVersionProblems([...listPublishedPackages(), { manifest }]), []);
  assert.deepEqual(findInstallProblems(`${home}/README.md`, files[`${home}/README.md`]), []);
  assert.deepEqual(manifest.peerDependencies, { sample: '^1.2.0' });
});

test('it is formatted', async () => {
  for (const [path, text] of Object.entries(files))
    if (/\.(?:ts|mjs|json|md)$/.test(path) && !path.startsWith('.changeset/'))
      assert.equal(text, await formatText(path, text));
});

test('in a copy of the project it fails in its binding alone', async (t) => {
  const copy = copyProject();
  writeFiles(copy, files);
  const run = (...args) => capture(process.execPath, args, { cwd: copy });
  const compiler = await fastest();
  const types = () => run(compiler, '--noEmit', '--project', home);
  const tests = (...args) => run(join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args);

  await t.test('its types are right', async () => {
    const { ok, output } = await types();
    assert.ok(ok, tail(output));
  });
  await t.test('the lint has nothing against it', async () => {
    const { ok, output } = await capture(tool('eslint'), [home, '--max-warnings=0'], { cwd: copy });
    assert.ok(ok, tail(output));
  });
  await t.test('the rules of the house know it', async () => {
    const { output } = await run('--input-type=module', '--eval', askForImports);
    const problems = JSON.parse(output).filter((problem) => problem.includes(adapter.name));
    // Nothing is built in the copy
    assert.deepEqual(
      problems.filter((problem) => !/dist\/\S+ does not exist$/.test(problem)),
      [],
    );
  });
  await t.test('without a binding no request passes, and what needs none holds', async () => {
    const { ok, output } = await tests(`${home}/test/contract.test.ts`, `${home}/test/release.test.ts`);
    assert.equal(ok, false);
    assert.match(output, /Test Files +1 failed \| 1 passed/);
    assert.doesNotMatch(output, /Failed Suites/);
  });
  await t.test('with one it passes all cases', async () => {
    writeFiles(copy, { [`${home}/src/binding.ts`]: binding });
    const compiled = await types();
    assert.ok(compiled.ok, tail(compiled.output));
    const { ok, output } = await tests(...selection);
    assert.ok(ok, tail(output.replaceAll(/^ +\u2193 .*\n/gm, '')));
  });
});

/** What git knows, with what is installed and built where it is. */
function copyProject() {
  const copy = join(createTempFolder(), 'project');
  for (const path of listProjectFiles(/^(?:packages|apps|scripts)\/|^[^/]+$/)) {
    mkdirSync(join(copy, dirname(path)), { recursive: true });
    copyFileSync(join(root, path), join(copy, path));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  for (const { folder } of listPublishedPackages()) link(copy, `${folder}/node_modules`);
  mkdirSync(join(copy, home), { recursive: true });
  // The same packages are installed for it
  symlinkSync(join(root, 'packages/next/node_modules'), join(copy, home, 'node_modules'), 'junction');
  return copy;
}

function link(copy, path) {
  symlinkSync(join(root, path), join(copy, path), 'junction');
}

function writeFiles(folder, texts) {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
