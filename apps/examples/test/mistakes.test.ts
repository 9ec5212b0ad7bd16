import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MCPAuth } from '@mcp-auth/fastify';
import Fastify from 'fastify';
import { afterAll, describe, expect, test } from 'vitest';
import { mistakesAtRunTime } from './mistakes/at-run-time.js';
import { mistakesAtStart } from './mistakes/at-start.js';
import { explained, harmless } from './mistakes/no-mistakes.js';
import { config, readOutput } from './support/mistake-world.js';
import { findFreePort } from '../../../packages/core/test/support/free-port.js';

const run = promisify(execFile);
const home = fileURLToPath(new URL('..', import.meta.url));
const root = join(home, '../..');
const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-mistakes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mistakes = [...mistakesAtStart, ...mistakesAtRunTime];

describe('whoever makes a mistake reads its cause, and what to do, in one line', () => {
  test.each(mistakes)('$row: $what', async ({ make, says }) => {
    const lines = await readOutput(make);
    const line = lines.find((each) => says.every((part) => isIn(each, part)));
    expect(line, `${says.join(' … ')}\n  is not a line of\n${lines.join('\n')}`).toBeDefined();
  });
});

describe('what was a mistake, and works', () => {
  test.each(harmless)('$row: $what', async ({ make, expected }) => {
    expect(await make()).toEqual(expected);
  });
});

describe('what nothing in the process can see is explained where people look for what they see', () => {
  const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  const symptoms = page.slice(page.indexOf('{#symptoms}'), page.indexOf('{#wire}'));

  test.each(explained)('$row: $what', ({ symptom }) => {
    expect(symptoms).toContain(symptom);
  });
});

describe('what Fastify itself says before MCP Auth is asked is explained by its sentence', () => {
  const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  const sentences = page.slice(page.indexOf('{#sentences}'), page.indexOf('{#mistakes}'));

  test.each([
    ['15: bearerAuth without a call', (mcpAuth: MCPAuth) => mcpAuth.bearerAuth.bind(mcpAuth)],
    ['31: a hook, and no router', (mcpAuth: MCPAuth) => ({ preHandler: mcpAuth.bearerAuth() })],
  ])('%s', async (_what, options) => {
    const lines = await readOutput(() => {
      Fastify().post('/mcp', options(new MCPAuth(config)) as never, () => ({}));
    });
    const [, said = ''] = /^FastifyError.*?: (.*)$/m.exec(lines.join('\n')) ?? [];
    expect(said).not.toBe('');
    expect(sentences).toContain(`| ${said} `);
  });
});

describe('mistakes that need a process of their own', () => {
  const execute = async (file: string, options: readonly string[], cwd: string) => {
    const environment = { ...process.env, NODE_ENV: 'development' };
    return run(file, options, { cwd, env: environment, timeout: 120_000 }).then(
      ({ stdout, stderr }) => stdout + stderr,
      (error: unknown) => {
        const { stdout, stderr } = error as Readonly<Record<'stdout' | 'stderr', string>>;
        return stdout + stderr;
      },
    );
  };

  test('24: ready() that is not caught while the provider is down: the cause, what to do, and where to read on', async () => {
    const issuer = `http://127.0.0.1:${await findFreePort()}`;
    const program = `import { MCPAuth } from '@mcp-auth/express';
const mcpAuth = new MCPAuth({ resource: 'http://localhost:3000/mcp', authorizationServers: ['${issuer}'] });
await mcpAuth.ready();`;
    const output = await execute(process.execPath, ['--input-type=module', '-e', program], home);
    expect(output).toMatch(
      /^\[mcp-auth\] .*ECONNREFUSED 127\.0\.0\.1:\d+.* start the provider, or correct the host and port.*errors\.md#request_failed$/m,
    );
    expect(output).toContain("code: 'request_failed'");
  });

  test('every error of the configuration has its code, and where to read on', async () => {
    const program = `import { MCPAuth } from '@mcp-auth/express';
new MCPAuth({ resource: 'http://notes.lan/mcp', authorizationServers: ['https://auth.example.com'] });`;
    const output = await execute(process.execPath, ['--input-type=module', '-e', program], home);
    expect(output).toContain("code: 'insecure_resource'");
    expect(output).toContain('errors.md#insecure_resource');
  });

  test.each([
    ['express', '3.21.2'],
    ['hono', '3.12.0'],
    ['fastify', '4.29.0'],
  ])('26: another major version of %s: npm says so', async (framework, version) => {
    const app = join(folder, `with-${framework}`);
    const adapter = JSON.parse(
      readFileSync(join(root, 'packages', framework, 'package.json'), 'utf8'),
    ) as Readonly<Record<'name' | 'version' | 'peerDependencies', never>>;
    const packages = {
      '.': { name: 'app', version: '1.0.0', dependencies: { [adapter.name]: '*', [framework]: version } },
      [`node_modules/${framework}`]: { name: framework, version },
      [`node_modules/${adapter.name as string}`]: {
        name: adapter.name,
        version: adapter.version,
        peerDependencies: adapter.peerDependencies,
      },
    };
    for (const [place, manifest] of Object.entries(packages)) {
      mkdirSync(join(app, place), { recursive: true });
      writeFileSync(join(app, place, 'package.json'), JSON.stringify(manifest));
    }
    const output = await execute('npm', ['ls', '--all', '--offline'], app);
    expect(output).toContain('invalid');
    expect(output).toContain(`${framework}@${version}`);
  });

  test.each([
    {
      framework: 'express',
      version: '3.21.2',
      stub: 'export function Router() {}',
      program: `import { MCPAuth } from '@mcp-auth/express'; new MCPAuth(config);`,
      fix: 'only tested with express ^4.21.0 || ^5.0.0. Install that: npm install express@5',
    },
    {
      framework: 'hono',
      version: '3',
      stub: 'export class Hono { showRoutes() {} }',
      program: `import { MCPAuth } from '@mcp-auth/hono'; new MCPAuth(config);`,
      fix: 'only tested with hono ^4.0.0. Install that: npm install hono@4',
    },
    {
      framework: 'fastify',
      version: '4.29.0',
      stub: `export default () => ({ version: '4.29.0', prefix: '', addHook() {} });`,
      program: `import fastify from 'fastify'; import { MCPAuth } from '@mcp-auth/fastify';
new MCPAuth(config).protectedResourceMetadataRouter()(fastify(), {}, () => undefined);`,
      fix: 'only tested with fastify ^5.0.0. Install that: npm install fastify@5',
    },
  ])(
    '26: another major version of $framework, installed by force: the adapter says so',
    async ({ framework, version, stub, program, fix }) => {
      const app = join(folder, `forced-${framework}`);
      const modules = join(app, 'node_modules');
      for (const name of ['core', 'schemas', framework]) {
        const target = join(modules, '@mcp-auth', name);
        for (const part of ['dist', 'package.json']) {
          cpSync(join(root, 'packages', name, part), join(target, part), { recursive: true });
        }
      }
      symlinkSync(realpathSync(join(home, 'node_modules/jose')), join(modules, 'jose'));
      mkdirSync(join(modules, framework));
      const manifest = {
        name: framework,
        version,
        type: 'module',
        exports: { '.': './index.js', './package.json': './package.json' },
      };
      writeFileSync(join(modules, framework, 'package.json'), JSON.stringify(manifest));
      writeFileSync(join(modules, framework, 'index.js'), stub);
      const config = `const config = { resource: 'https://a.example/mcp', authorizationServers: ['https://a.example'] };`;
      writeFileSync(join(app, 'app.mjs'), `${config}\n${program}`);
      const output = await execute(process.execPath, ['app.mjs'], app);
      expect(output).toMatch(
        new RegExp(`^\\[mcp-auth\\] @mcp-auth/${framework} \\S+ runs on ${framework} ${version}, and was `),
      );
      expect(output.split('\n')[0]).toContain(fix);
    },
  );

  test('28: TypeScript that resolves as CommonJS did compiles', async () => {
    const app = join(folder, 'commonjs');
    mkdirSync(app);
    symlinkSync(join(home, 'node_modules'), join(app, 'node_modules'));
    const program = `import { MCPAuth } from '@mcp-auth/express';
export const mcpAuth = new MCPAuth({ resource: 'https://a.example/mcp', authorizationServers: ['https://a.example'] });`;
    writeFileSync(join(app, 'app.ts'), program);
    const compiler = join(home, 'node_modules/typescript/bin/tsc');
    const flags = [
      '--noEmit',
      '--skipLibCheck',
      '--esModuleInterop',
      '--target',
      'es2022',
      '--ignoreDeprecations',
      '5.0',
    ];
    const modules = ['--module', 'commonjs', '--moduleResolution', 'node10'];
    const output = await execute(process.execPath, [compiler, ...flags, ...modules, 'app.ts'], app);
    expect(output).toBe('');
  });
});

test('all thirty-five are here', () => {
  const apart = [24, 26, 28];
  const rows = [...mistakes, ...harmless, ...explained].map(({ row }) => row).concat(apart);
  expect([...new Set(rows)].sort((one, other) => one - other)).toEqual(
    Array.from({ length: 35 }, (_, index) => index + 1),
  );
});

function isIn(line: string, part: string | RegExp): boolean {
  return typeof part === 'string' ? line.includes(part) : part.test(line);
}
