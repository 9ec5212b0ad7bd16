// Every server that the configuration builder writes compiles, and its configuration is one. All pairs of choices: BUILDER_PAIRS=all
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import * as core from '../../packages/core/dist/fetch.js';
import * as policies from '../../packages/core/dist/providers.js';
import { capture, tool } from '../../scripts/lib/capture.mjs';
import { root } from '../../scripts/lib/project.mjs';
import {
  findChoice,
  frameworks,
  providers,
  sourcesOf,
  usualChoices,
  writtenByHand,
} from '../.vitepress/theme/builder/choices.mjs';
import { correctResource } from '../.vitepress/theme/builder/correct-resource.mjs';
import { writeCommand, writeServer } from '../.vitepress/theme/builder/write-server.mjs';

const values = {
  framework: frameworks.map(({ id }) => id),
  dpop: ['none', 'dpop-optional', 'dpop-required'],
  resource: [usualChoices.resource, 'http://localhost:3188/', 'https://api.example.com/notes/mcp'],
  scopes: ['', 'read:notes write:notes'],
  introspection: [false, true],
  cors: [false, true],
  operations: [false, true],
};
const providerIds = providers.map(({ id }) => id);

const readSources = (choices) =>
  Object.fromEntries(
    sourcesOf(choices).map((path) => [path, readFileSync(join(root, 'apps', path), 'utf8')]),
  );
const write = (choices) => writeServer(choices, readSources(choices));

/** Combinations in which each two values of any two choices come together. */
function coverPairs(dimensions) {
  const names = Object.keys(dimensions);
  const pairOf = (a, x, b, y) => `${a}=${x}&${b}=${y}`;
  const open = new Set(
    names.flatMap((a, index) =>
      names
        .slice(index + 1)
        .flatMap((b) => dimensions[a].flatMap((x) => dimensions[b].map((y) => pairOf(a, x, b, y)))),
    ),
  );
  const pairsOf = (row) =>
    names.flatMap((a, index) =>
      names
        .slice(index + 1)
        .filter((b) => a in row && b in row)
        .map((b) => pairOf(a, row[a], b, row[b])),
    );
  const rows = [];
  while (open.size > 0) {
    const [first] = open;
    const row = Object.fromEntries(
      first.split('&').map((part) => {
        const [name, shown] = part.split(/=(.*)/s);
        return [name, dimensions[name].find((value) => String(value) === shown)];
      }),
    );
    for (const name of names.filter((each) => !(each in row))) {
      const gains = dimensions[name].map(
        (value) => pairsOf({ ...row, [name]: value }).filter((pair) => open.has(pair)).length,
      );
      row[name] = dimensions[name][gains.indexOf(Math.max(...gains))];
    }
    for (const pair of pairsOf(row)) open.delete(pair);
    rows.push(row);
  }
  return rows;
}

/** Every pair of everything but the providers, each of which comes once; or really all pairs. */
function selectChoices() {
  if (process.env.BUILDER_PAIRS === 'all') return coverPairs({ provider: providerIds, ...values });
  const rows = coverPairs(values);
  const asking = providers.filter(({ introspection }) => introspection).map(({ id }) => id);
  const length = Math.max(rows.length, providerIds.length);
  return Array.from({ length }, (_, index) => {
    const row = rows[index % rows.length];
    const list = row.introspection && index < rows.length ? asking : providerIds;
    return { ...row, provider: list[index % list.length] };
  });
}

const selection = [...selectChoices(), ...providerIds.map((provider) => ({ ...usualChoices, provider }))].map(
  (row) => ({ ...usualChoices, ...row }),
);

describe('the configuration builder', () => {
  test('what it writes compiles', async () => {
    const workshop = mkdtempSync(join(root, 'apps/examples/.builder-'));
    try {
      for (const [index, choices] of selection.entries()) {
        for (const { name, code } of write(choices)) {
          const path = join(workshop, String(index), name);
          mkdirSync(dirname(path), { recursive: true });
          // `@` is the folder of each application
          const depth = '../'.repeat(name.split('/').length - 1) || './';
          writeFileSync(path, `${code.replaceAll(`'@/`, `'${depth}`)}\nexport {};\n`);
        }
      }
      const project = {
        extends: '../tsconfig.json',
        compilerOptions: {
          noEmit: true,
          // Of a file that Node runs as it is, types would be an error
          allowJs: true,
          checkJs: true,
          moduleResolution: 'Bundler',
          module: 'ESNext',
          paths: {
            '@mcp-auth/next': [join(root, 'packages/next/dist/index.d.ts')],
            '@mcp-auth/next/providers': [join(root, 'packages/next/dist/providers.d.ts')],
          },
        },
        include: ['**/*.ts', '**/*.mjs'],
      };
      writeFileSync(join(workshop, 'tsconfig.json'), JSON.stringify(project));
      const { ok, output } = await capture(tool('tsc'), ['--project', workshop, '--pretty', 'false']);
      const told = output.replaceAll(/\.builder-\w+\/(\d+)/g, (_path, index) =>
        JSON.stringify(selection[index]),
      );
      assert.ok(ok, told);
    } finally {
      rmSync(workshop, { recursive: true, force: true });
    }
  });

  test('the core takes each configuration', () => {
    for (const choices of selection) {
      const [{ code }] = write(choices);
      const [, declared] =
        /^((?:const resource[\s\S]*?)(?:export )?const mcpAuth = new MCPAuth\([\s\S]*?\n?\}\);)$/m.exec(code);
      const body = `${declared.replace('export const', 'const')}\nreturn mcpAuth;`;
      const environment = {
        env: {
          NONCE_SECRET: 'a secret of more than thirty-two characters',
          INTROSPECTION_CLIENT: 'a',
          INTROSPECTION_SECRET: 'b',
        },
      };
      const names = ['MCPAuth', 'process', ...Object.keys(policies)];
      const settings = { checkAtStart: false, onEvent: () => {} };
      class Quiet extends core.MCPAuth {
        constructor(config) {
          super({ ...config, ...settings });
        }
      }
      const create = new Function(...names, body);
      assert.doesNotThrow(
        () => create(Quiet, environment, ...Object.values(policies)),
        JSON.stringify(choices),
      );
    }
  });

  test('what is not in a file of its own is what the page prints', () => {
    for (const { id, page, servers } of providers.filter((each) => each.servers !== undefined)) {
      const text = readFileSync(join(root, 'docs', `${page}.md`), 'utf8');
      const entry = servers.text.slice(1, -1);
      if (id !== 'other') assert.ok(text.includes(entry), `${page} does not print ${entry}`);
    }
  });

  test('every provider with a page is among the choices', () => {
    const pages = readFileSync(join(root, 'docs/providers/index.md'), 'utf8').matchAll(
      /^\| \[[^\]]+\]\(\.\/([\w-]+)\.md\)/gm,
    );
    const known = [...providers, ...writtenByHand].map(({ page }) => page);
    // An own server, for which its issuer is enough
    const missing = [...pages]
      .map(([, name]) => `providers/${name}`)
      .filter((page) => !known.includes(page) && page !== 'providers/oidc-provider');
    assert.deepEqual(missing, []);
  });

  test('whatever is typed into a field is a string in the code', () => {
    const hostile = `https://a.example/'; process.exit(); //\n\\`;
    const [{ code }] = write({ ...usualChoices, resource: hostile, scopes: `a'b \`\${c} "d` });
    assert.match(
      write({ ...usualChoices, resource: "https://a.example/it's" })[0].code,
      /app\.all\('\/it\\'s', /,
    );
    const [, literal] = /^const resource = ('.*');$/m.exec(code);
    assert.equal(new Function(`return ${literal}`)(), hostile);
    assert.match(code, /requiredScopes: \['a\\'b', '`\$\{c\}', '"d'\]/);
  });

  const local = { ...usualChoices, resource: 'http://localhost:3188/' };
  const open = { ...usualChoices, resource: 'https://mcp.example.com/' };
  for (const { id } of frameworks) {
    const codeOf = (choices) =>
      write({ ...choices, framework: id })
        .map(({ code }) => code)
        .join('\n');

    test(`${id}: the route is the path of the resource`, () => {
      if (id === 'nest') assert.match(codeOf(open), /@Controller\(''\)/);
      if (['express', 'hono', 'fastify'].includes(id)) assert.match(codeOf(open), /app\.all\('\/', /);
      assert.doesNotMatch(codeOf(open), /'\/?mcp'/);
      if (id === 'next') assert.equal(write({ ...open, framework: id })[1].name, 'app/route.ts');
    });

    test(`${id}: the port is that of the resource`, () => {
      assert.doesNotMatch(codeOf(local), /\b3000\b/);
      if (id === 'next') assert.equal(writeCommand({ ...local, framework: id }), 'npx next dev --port 3188');
      if (!['next', 'fetch'].includes(id)) assert.match(codeOf(local), /(?:listen\(|port: )3188\b/);
    });

    test(`${id}: a public host is checked by its name`, () => {
      if (id === 'fetch') return;
      const code = codeOf(open);
      assert.match(code, /['"]mcp\.example\.com['"]\]/);
      assert.doesNotMatch(code, /localhost/);
      assert.match(codeOf({ ...open, cors: true }), /\['mcp\.example\.com', 'app\.example\.com'\]/);
    });
  }

  test('a file that Node runs has no types, and the page says how to run it', () => {
    for (const { files, run } of frameworks.filter(({ files: [first] }) => first.name.endsWith('.mjs'))) {
      assert.equal(run, `node ${files[0].name}`);
    }
  });

  test('what the server would not start with is corrected, and nothing else', () => {
    const takes = (resource) => {
      try {
        new core.MCPAuth({
          resource,
          authorizationServers: ['https://auth.example.com'],
          checkAtStart: false,
          log: false,
        });
        return true;
      } catch {
        return false;
      }
    };
    const typed = [
      '',
      'mcp.example.com/mcp',
      'localhost:3000/mcp',
      'http://mcp.example.com/mcp',
      'https://API.example.com/mcp',
      'https://mcp.example.com:443/mcp',
      'https://mcp.example.com/mcp#part',
      'https://alice@mcp.example.com/mcp',
      'https://mcp.example.com/a/../mcp',
      'ftp://mcp.example.com/mcp',
      ' https://mcp.example.com/mcp',
      'https://',
      'https://mcp.example.com',
      'https://mcp.example.com/',
      'https://mcp.example.com/mcp/',
      'https://mcp.example.com/mcp?tenant=a',
      'https://mcp.example.com:8443/mcp',
      'http://localhost:3188/',
      'http://127.0.0.1:3000/mcp',
      'http://[::1]:3000/mcp',
      'http://127.0.0.2:3000/mcp',
      'http://notes.localhost:3000/mcp',
      'https://{host}/mcp',
      'https://mcp.example.com/<tenant>',
      'https://mcp.example.com/undefined',
      'https://mcp.example.com/.well-known/oauth-protected-resource/mcp',
    ];
    for (const text of typed) {
      const right = correctResource(text);
      assert.equal(right === undefined, takes(text), `${text} becomes ${right}`);
      assert.ok(right === undefined || takes(right), `${text} becomes ${right}, which is refused`);
    }
  });

  test('a name that nobody knows is an error', () => {
    assert.throws(() => findChoice(providers, 'nobody'), /There is no nobody/);
  });
});
