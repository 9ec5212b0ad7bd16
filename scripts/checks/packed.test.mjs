import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { capture } from '../lib/capture.mjs';
import { createTempFolder } from '../lib/temp-folder.mjs';
import { toCommonDeclarations } from '../commonjs.mjs';
import { compile, withoutForeign } from './packed/compile.mjs';
import { isInstalled, listRuntimePackages } from './packed/install.mjs';
import { findPublishingProblems } from './packed/lint-tarball.mjs';
import { findLoadingProblems } from './packed/load-both-ways.mjs';
import { startStubIssuer } from './packed/stub-issuer.mjs';
import { findPackingProblems, findPrepackProblems } from './packed/tarballs.mjs';
import { findExampleProblems, findForeignReaderProblems } from './packed/try-example.mjs';

function writeFiles(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const badPackage = {
  'package/package.json': {
    name: 'bad',
    version: '1.0.0',
    type: 'module',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/missing.js' },
      './data/*.json': './data/*.json',
    },
    main: './dist/main.js',
    dependencies: { '@mcp-auth/core': 'workspace:^' },
  },
  'package/dist/index.d.ts': 'export {};',
  'package/src/index.ts': 'export {};',
};

test('found: a tarball without its papers, with sources, with a range of the workspace', async () => {
  const folder = createTempFolder();
  writeFiles(folder, badPackage);
  const tarball = join(folder, 'bad.tgz');
  await capture('tar', ['-czf', tarball, 'package'], { cwd: folder });
  const problems = (await findPackingProblems(tarball, join(folder, 'unpacked'))).join('\n');
  assert.match(problems, /lacks package\/LICENSE/);
  assert.match(problems, /ships package\/src\/index\.ts/);
  assert.match(problems, /has no "keywords"/);
  assert.match(problems, /exports \.\/dist\/missing\.js, which is not in it/);
  assert.match(problems, /exports \.\/dist\/main\.js, which is not in it/);
  assert.match(problems, /exports \.\/data\/\*\.json, which is not in it/);
  assert.doesNotMatch(problems, /index\.d\.ts, which/);
  assert.match(problems, /depends on "workspace:\^"/);
  assert.notEqual((await findPublishingProblems(tarball)).length, 0);
});

test('found: a second copy of a class for CommonJS', async () => {
  const folder = createTempFolder();
  const manifest = { exports: { '.': { import: './a.mjs', require: './a.cjs' } } };
  const copy = (text) => ({
    'node_modules/twice/package.json': manifest,
    'node_modules/twice/a.mjs': 'export class Problem extends Error {}',
    'node_modules/twice/a.cjs': text,
  });
  writeFiles(folder, copy('exports.Problem = class extends Error {};'));
  assert.match(
    (await findLoadingProblems(folder, { name: 'twice', manifest })).join(),
    /twice: require gives another Problem/,
  );
  writeFiles(folder, copy("module.exports = require('./a.mjs');"));
  assert.deepEqual(await findLoadingProblems(folder, { name: 'twice', manifest }), []);
});

test('declarations for CommonJS name the files for CommonJS, and say how they mean an ES module', () => {
  const text = `import { CryptoKey } from 'jose';
export { a } from './chunk.js';
import './other.js';
import 'jose';
type B = import('./chunk.js').B;
`;
  assert.equal(
    toCommonDeclarations(text),
    `import type { CryptoKey } from 'jose' with { 'resolution-mode': 'import' };
export { a } from './chunk.cjs';
import './other.cjs';
type B = import('./chunk.cjs').B;
`,
  );
  assert.throws(() => toCommonDeclarations("import * as jose from 'jose';"), /in braces only/);
});

test('found: an example that does not compile, whatever declarations of others are wrong', async () => {
  const folder = createTempFolder();
  const options = { types: [] };
  assert.deepEqual(await compile(folder, { 'a.ts': 'export const a: string = "";' }, '5.9', options), []);
  const [problem] = await compile(folder, { 'a.ts': 'export const a: string = 1;' }, '5.9', options);
  assert.match(problem, /a\.ts\(1,14\): error TS2322/);
});

test('found: a package that would be published empty from a fresh clone', () => {
  assert.equal(findPrepackProblems({ scripts: { build: 'tsup' } }).length, 1);
  assert.match(
    findPrepackProblems({ scripts: { prepack: 'tsup' } })[0],
    /"prepack": "tsup", not "turbo run build"/,
  );
  assert.deepEqual(findPrepackProblems({ scripts: { prepack: 'turbo run build' } }), []);
});

test('found: a package that comes along through another', async () => {
  const folder = createTempFolder();
  writeFiles(folder, {
    'node_modules/adapter/package.json': {
      dependencies: { engine: '1' },
      peerDependencies: { framework: '1' },
    },
    'node_modules/engine/package.json': { dependencies: { zod: '4' } },
    'node_modules/engine/node_modules/zod/package.json': {},
    'node_modules/framework/package.json': {},
  });
  assert.deepEqual([...listRuntimePackages(folder, 'adapter')], ['adapter', 'engine', 'zod']);
  assert.equal(isInstalled(folder, 'framework'), true);
});

const resource = 'https://api.example.com/mcp';

async function judgeServer(answer) {
  const issuer = await startStubIssuer();
  try {
    return (await findExampleProblems(answer, resource, issuer)).join('\n');
  } finally {
    issuer.close();
  }
}

test('found: a server that lets everyone in', async () => {
  const problems = await judgeServer(async () => new Response('user-of-the-example'));
  assert.match(problems, /without a token: expected 401, got 200/);
  assert.match(problems, /names no resource_metadata/);
  assert.match(problems, /for another resource: expected 401, got 200/);
});

test('found: a server that lets nobody in', async () => {
  const problems = await judgeServer(async () => new Response('', { status: 401 }));
  assert.match(problems, /with a token: expected 200, got 401/);
});

const metadataUrl = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';

test('found: metadata that a page of another origin cannot read, or not after its preflight', async () => {
  const refused = await findForeignReaderProblems(async () => new Response('', { status: 403 }), metadataUrl);
  assert.deepEqual(refused, [
    'the metadata, for a page of another origin: got 403',
    'the preflight of the metadata: got 403',
  ]);
  const [unnamed] = await findForeignReaderProblems(async () => new Response('{}'), metadataUrl);
  assert.match(unnamed, /Access-Control-Allow-Origin is null, not \*/);
  const open = async () => new Response('{}', { headers: { 'access-control-allow-origin': '*' } });
  assert.deepEqual(await findForeignReaderProblems(open, metadataUrl), []);
});

test('an error in declarations of the SDK hides no error of ours, whatever explains it', () => {
  const theirs =
    '../node_modules/@modelcontextprotocol/sdk/dist/cjs/validation/types.d.ts(3,29): error TS1479: no require.';
  const ours = '../node_modules/@mcp-auth/core/dist/index.d.cts(3,29): error TS1479: no require.';
  assert.deepEqual(withoutForeign([theirs, '  To convert', ours, '  To convert', ''].join('\n')), [
    ours,
    '  To convert',
    '',
  ]);
});
