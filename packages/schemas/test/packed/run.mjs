// Installs the packed tarball into an empty folder without zod and uses it from TypeScript and from plain Node.
// node packages/schemas/test/packed/run.mjs
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, installPacked, npm, packageRoot } from '../support/pack.mjs';

const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'schemas-packed-'));
let passed = 0;
let failed = 0;

function check(name, work) {
  try {
    work();
    passed++;
    console.log(`ok     ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}\n${String(error.stdout ?? '')}${String(error.stderr ?? error)}`);
  }
}

const expect = (actual, expected) => {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
};

try {
  const consumer = installPacked(folder);
  const node = (args) =>
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: consumer,
      encoding: 'utf8',
      env: cleanEnvironment(),
      stdio: 'pipe',
    });
  const evaluate = (source) => node(['--input-type=module', '--eval', source]).trim();
  const compile = (include, options = {}) => {
    const compilerOptions = {
      ...{ module: 'NodeNext', target: 'ES2022', lib: ['ES2023'], types: [], strict: true },
      ...{ exactOptionalPropertyTypes: true, resolveJsonModule: true, skipLibCheck: false, ...options },
    };
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }));
    node([tsc, '-p', '.']);
  };

  check('installs one package and nothing else', () => {
    expect(
      readdirSync(join(consumer, 'node_modules')).filter((name) => !name.startsWith('.')),
      ['@mcp-auth'],
    );
    expect(existsSync(join(consumer, 'node_modules/zod')), false);
  });

  check('holds what it should and no source, test or fixture', () => {
    const root = join(consumer, 'node_modules/@mcp-auth/schemas');
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    const allowed =
      /^(?:dist\/(?:index|zod)\.(?:js|js\.map|cjs|d\.c?ts)|json-schema\/[a-z-]+\.json|README\.md|LICENSE|package\.json)$/;
    expect(
      files.filter((file) => !allowed.test(file)),
      [],
    );
    expect(
      files.filter((file) => file.startsWith('json-schema/')).length,
      readdirSync(join(packageRoot, 'json-schema')).length,
    );
  });

  check('validates a document, from an ES module and from CommonJS', () => {
    const source = `validateProtectedResourceMetadata({ resource: 'notes' })`;
    const expected = JSON.stringify([
      { code: 'format', path: ['resource'], message: 'must be an absolute URL' },
    ]);
    expect(
      evaluate(
        `import { validateProtectedResourceMetadata } from '@mcp-auth/schemas'; console.log(JSON.stringify(${source}))`,
      ),
      expected,
    );
    const common = `const { validateProtectedResourceMetadata } = require('@mcp-auth/schemas'); console.log(JSON.stringify(${source}))`;
    expect(node(['--input-type=commonjs', '--eval', common]).trim(), expected);
  });

  check('says clearly that its second entry point wants zod', () => {
    const source = `import('@mcp-auth/schemas/zod').then(() => 'loaded', (error) => error.code + ' ' + /'zod'/.test(error.message)).then(console.log)`;
    expect(evaluate(source), 'ERR_MODULE_NOT_FOUND true');
  });

  check('compiles under strict TypeScript without DOM, Node or zod types', () => {
    writeFileSync(
      join(consumer, 'strict.ts'),
      `import { parseProtectedResourceMetadata, protectedResourceMetadataToCamelCase, type Issue } from '@mcp-auth/schemas';
       const document = parseProtectedResourceMetadata({ resource: 'https://notes.example' });
       const servers: string[] | undefined = protectedResourceMetadataToCamelCase(document).authorizationServers;
       export const nothing: readonly Issue[] = []; export { servers };\n`,
    );
    compile(['strict.ts'], { noEmit: true });
  });

  check('runs the examples of the README, once ajv is there', () => {
    npm(['install', 'ajv@8.20.0'], consumer);
    const examples = readdirSync(join(packageRoot, 'examples'));
    for (const name of examples) copyFileSync(join(packageRoot, 'examples', name), join(consumer, name));
    writeFileSync(
      join(consumer, 'console.d.ts'),
      'declare const console: { log(...values: unknown[]): void };\n',
    );
    compile([...examples, 'console.d.ts']);
    expect(node(['validate.js']).trim().split('\n'), [
      'https://as.example/token',
      'https://as.example/token',
    ]);
    expect(
      node(['lint.js'])
        .trim()
        .split('\n')
        .slice(0, 3)
        .map((line) => line.split(' ', 2).join(' ')),
      ['issuer: identifier-mismatch', 'token_endpoint: not-https', 'grant_types_supported: empty-array'],
    );
    expect(node(['json-schema.js']).trim().split('\n'), ['true', 'false', '/resource']);
  });

  check('offers the zod sources once zod is there', () => {
    const { version } = JSON.parse(readFileSync(join(packageRoot, 'node_modules/zod/package.json'), 'utf8'));
    npm(['install', `zod@${version}`], consumer);
    expect(
      evaluate(
        `import { jwkSetSchema } from '@mcp-auth/schemas/zod'; console.log(jwkSetSchema.safeParse({ keys: [{ kty: 'EC' }] }).success)`,
      ),
      'true',
    );
    writeFileSync(
      join(consumer, 'with-zod.ts'),
      `import { protectedResourceMetadataSchema } from '@mcp-auth/schemas/zod';\nexport const resource: string = protectedResourceMetadataSchema.parse({}).resource;\n`,
    );
    compile(['with-zod.ts'], { noEmit: true, lib: ['ES2023', 'DOM'] });
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
