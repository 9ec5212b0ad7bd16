// Uses the packed tarball from TypeScript and from plain Node, installed without zod.
// node --test packages/schemas/test/packed/run.mjs
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compile } from '../../../../scripts/checks/packed/compile.mjs';
import { installWithNpm, isInstalled } from '../../../../scripts/checks/packed/install.mjs';
import { fromTarballs } from '../../../../scripts/checks/packed/tarballs.mjs';
import { capture } from '../../../../scripts/lib/capture.mjs';
import { createTempFolder } from '../../../../scripts/lib/temp-folder.mjs';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const folder = createTempFolder();

const strict = { lib: ['ES2023'], types: [], exactOptionalPropertyTypes: true, resolveJsonModule: true };
const compileStrictly = async (files, options = {}) =>
  assert.deepEqual(await compile(folder, files, '5.9', { ...strict, ...options }), []);

async function node(...args) {
  const flags = ['--disable-warning=ExperimentalWarning', ...args];
  const { ok, output } = await capture(process.execPath, flags, { cwd: folder });
  assert.ok(ok, output);
  return output.trim();
}

test('installs one package and nothing else', async () => {
  await installWithNpm(folder, await fromTarballs(['@mcp-auth/schemas']));
  const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  assert.deepEqual(installed, ['@mcp-auth']);
  assert.equal(isInstalled(folder, 'zod'), false);
});

test('holds two entries and their declarations, and nothing of the generator', () => {
  const dist = readdirSync(join(folder, 'node_modules/@mcp-auth/schemas/dist'));
  assert.deepEqual(
    dist.filter((file) => !/^(?:index|zod)\.(?:js|js\.map|cjs|d\.c?ts)$/.test(file)),
    [],
  );
});

for (const [type, load] of [
  ['module', (name) => `const { ${name} } = await import('@mcp-auth/schemas')`],
  ['commonjs', (name) => `const { ${name} } = require('@mcp-auth/schemas')`],
]) {
  test(`validates a document, from ${type}`, async () => {
    const name = 'validateProtectedResourceMetadata';
    const source = `${load(name)}; console.log(JSON.stringify(${name}({ resource: 'notes' })))`;
    const issues = JSON.parse(await node(`--input-type=${type}`, '--eval', source));
    assert.deepEqual(issues, [{ code: 'format', path: ['resource'], message: 'must be an absolute URL' }]);
  });
}

test('says clearly that its second entry point wants zod', async () => {
  const source = `import('@mcp-auth/schemas/zod').then(() => 'loaded', (error) => error.code + ' ' + /'zod'/.test(error.message)).then(console.log)`;
  assert.equal(await node('--input-type=module', '--eval', source), 'ERR_MODULE_NOT_FOUND true');
});

test('compiles under strict TypeScript without DOM, Node or zod types', () =>
  compileStrictly({
    'strict.ts': `import { parseProtectedResourceMetadata, protectedResourceMetadataToCamelCase, type Issue } from '@mcp-auth/schemas';
const document = parseProtectedResourceMetadata({ resource: 'https://notes.example' });
const servers: string[] | undefined = protectedResourceMetadataToCamelCase(document).authorizationServers;
export const nothing: readonly Issue[] = []; export { servers };\n`,
  }));

test('runs the examples of the README, once ajv is there', async () => {
  await installWithNpm(folder, { ajv: '8.20.0' });
  const read = (name) => [name, readFileSync(join(examples, name), 'utf8')];
  const console = 'declare const console: { log(...values: unknown[]): void };\n';
  const files = { ...Object.fromEntries(readdirSync(examples).map(read)), 'console.d.ts': console };
  await compileStrictly(files, { noEmit: false });
  const lines = async (name) => (await node(name)).split('\n');
  assert.deepEqual(await lines('validate.js'), ['https://as.example/token', 'https://as.example/token']);
  const found = (await lines('lint.js')).slice(0, 3).map((line) => line.split(' ', 2).join(' '));
  assert.deepEqual(found, [
    'issuer: identifier-mismatch',
    'token_endpoint: not-https',
    'grant_types_supported: empty-array',
  ]);
  assert.deepEqual(await lines('json-schema.js'), ['true', 'false', '/resource']);
});

test('offers the zod sources once zod is there', async () => {
  const manifest = new URL('../../node_modules/zod/package.json', import.meta.url);
  await installWithNpm(folder, { zod: JSON.parse(readFileSync(manifest, 'utf8')).version });
  const source = `import { protectedResourceMetadataSchema } from '@mcp-auth/schemas/zod'; console.log(protectedResourceMetadataSchema.safeParse({ resource: 'https://a.example' }).success)`;
  assert.equal(await node('--input-type=module', '--eval', source), 'true');
  const typed = `import { protectedResourceMetadataSchema } from '@mcp-auth/schemas/zod';\nexport const resource: string = protectedResourceMetadataSchema.parse({}).resource;\n`;
  await compileStrictly({ 'with-zod.ts': typed }, { lib: ['ES2023', 'DOM'] });
});
