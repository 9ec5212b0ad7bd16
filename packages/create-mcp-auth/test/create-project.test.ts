import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createProject } from '../src/create-project.js';
import { type FrameworkName, frameworks } from '../src/frameworks.js';
import { planFiles } from '../src/plan-files.js';
import { languages, readProject } from '../src/project-options.js';
import { type ProviderName, providers } from '../src/providers.js';
import { createFolder } from './support/folder.js';

const frameworkNames = Object.keys(frameworks) as FrameworkName[];
const providerNames = Object.keys(providers) as ProviderName[];

it('writes nothing where a file is in the way', async () => {
  const folder = join(await createFolder(), 'notes');
  await mkdir(folder);
  await writeFile(join(folder, 'Dockerfile'), 'old');
  await expect(createProject({ folder, framework: 'hono' })).rejects.toMatchObject({ code: 'file_exists' });
  expect(await readFile(join(folder, 'Dockerfile'), 'utf8')).toBe('old');
});

it('says what it wrote, what to run, and what is still to be said', async () => {
  const folder = join(await createFolder(), 'notes');
  const created = await createProject({
    folder,
    framework: 'hono',
    provider: 'okta',
    packageManager: 'pnpm',
  });
  expect(created).toMatchObject({
    folder,
    name: 'notes',
    commands: ['pnpm install', 'pnpm run dev'],
    missing: ['OKTA_DOMAIN', 'OKTA_AUTHORIZATION_SERVER_ID'],
  });
  for (const file of created.files) await expect(readFile(join(folder, file), 'utf8')).resolves.not.toBe('');
});

/** What no file imports: peers of other packages, and Next.js, which imports the files itself. */
const askedForByOthers: Partial<Record<FrameworkName, string[]>> = {
  fetch: ['hono'],
  next: ['next', 'react', 'react-dom'],
  nest: ['@nestjs/platform-express', 'express', 'reflect-metadata', 'rxjs'],
};

const everyProject = frameworkNames.flatMap((framework) =>
  languages.flatMap((language) =>
    ([framework === 'express' ? 'dev' : 'keycloak'] as const).map((provider) => ({
      framework,
      language,
      provider,
    })),
  ),
);

describe.each(everyProject)('$framework in $language with $provider', (options) => {
  const plan = () => planFiles(readProject({ folder: '/projects/notes', ...options }));

  it('declares exactly the packages that its files import, and the tools that its scripts run', async () => {
    const files = await plan();
    const { dependencies, devDependencies, scripts } = JSON.parse(files.get('package.json') ?? '') as Record<
      'dependencies' | 'devDependencies' | 'scripts',
      Record<string, string>
    >;
    const imported = (folder: string) => [
      ...new Set(
        [...files]
          .filter(([path]) => path.startsWith(folder))
          .flatMap(([, text]) => [...text.matchAll(/(?:from|import) '((?:@[\w-]+\/)?[\w-]+)(?:\/[\w-]+)*'/g)])
          .map(([, name = '']) => name)
          .filter((name) => name !== 'node'),
      ),
    ];
    const found = imported('src');
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(found));
    expect(askedForByOthers[options.framework] ?? []).toEqual(
      expect.arrayContaining(Object.keys(dependencies).filter((name) => !found.includes(name))),
    );
    const commands = Object.values(scripts).map((script) => script.split(' ')[0]);
    const tools = {
      vitest: 'vitest',
      tsx: 'tsx',
      tsc: 'typescript',
      'mcp-auth-dev-issuer': '@mcp-auth/dev-issuer',
      node: undefined,
      // It is a dependency
      next: undefined,
    };
    for (const command of commands) expect(Object.keys(tools)).toContain(command);
    for (const name of imported('test').filter((name) => !(name in dependencies)))
      expect(devDependencies).toHaveProperty([name]);
    for (const name of Object.values(tools).filter((name) => name !== undefined)) {
      const isRun = commands.some((command) => tools[command as keyof typeof tools] === name);
      expect(Object.hasOwn(devDependencies, name)).toBe(isRun);
    }
  });

  it('has no trace of the templates, and no types where there are none', async () => {
    for (const [path, text] of await plan()) {
      expect(text, path).not.toMatch(
        options.framework === 'fetch' ? /my-mcp-server/ : /my-mcp-server|@mcp-auth\/core/,
      );
      expect(text, path).toMatch(/[^\n]\n$/);
      if (options.language === 'js') expect(path).not.toMatch(/\.ts$|tsconfig/);
      if (path.endsWith('.js'))
        expect(text, path).not.toMatch(/\binterface\b|\bimport type\b|: (?:string|Config)\b/);
    }
  });

  it('has a README of one screen, with files that are there', async () => {
    const files = await plan();
    const readme = files.get('README.md') ?? '';
    expect(readme.split('\n').length).toBeLessThanOrEqual(55);
    for (const [, path = ''] of readme.matchAll(/`((?:src|test)\/[\w.-]+)`/g))
      expect([...files.keys()]).toContain(path);
  });

  it('has a README with the version of the Inspector that was tried, and the Node.js it needs', async () => {
    const readme = (await plan()).get('README.md') ?? '';
    const clients = readFileSync(new URL('../../../docs/guide/clients.md', import.meta.url), 'utf8');
    const [, version = 'none'] = /^\| MCP Inspector, in a terminal +\| ([\d.]+) /m.exec(clients) ?? [];
    const [, node = 'none'] = /^It needs Node\.js ([\d.]+\d)\./m.exec(clients) ?? [];
    expect(readme).toContain(
      ` @modelcontextprotocol/inspector@${version} --config mcp.json\`, which needs Node.js ${node}.`,
    );
    expect(readme).not.toMatch(/inspector(?!@\d| )/);
  });
});

it.each(providerNames)('%s has settings that are explained, and read', async (provider) => {
  const { settings, page } = providers[provider];
  const files = await planFiles(readProject({ folder: '/projects/notes', framework: 'express', provider }));
  const example = parseEnv(files.get('.env.example') ?? '');
  const read = [...(files.get('src/authorization-server.ts') ?? '').matchAll(/readSetting\('(\w+)'\)/g)].map(
    ([, name]) => name,
  );
  expect(new Set(read.filter((name) => name !== 'RESOURCE'))).toEqual(
    new Set(settings.map(({ name }) => name)),
  );
  for (const { name, example: value } of settings) expect(example[name]).toBe(value);
  expect(example['RESOURCE']).toBe('http://localhost:3000/mcp');
  expect(files.get('README.md')).toContain(`/docs/${page}.md`);
});

it('writes what was answered into .env only', async () => {
  const settings = { AUTH0_DOMAIN: 'notes.eu.auth0.com' };
  const files = await planFiles(
    readProject({ folder: 'notes', framework: 'express', provider: 'auth0', settings }),
  );
  expect([...files].filter(([, text]) => text.includes('notes.eu.auth0.com')).map(([path]) => path)).toEqual([
    '.env',
  ]);
  // As Next.js names the settings of one machine, too
  for (const name of ['.gitignore', '.dockerignore'])
    expect(files.get(name)).toMatch(/^\.env\n\.env\.\*\n!\.env\.example$/m);
});
