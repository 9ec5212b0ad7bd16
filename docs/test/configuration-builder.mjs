// Every server that the configuration builder writes compiles, and its configuration is one. All pairs of choices: BUILDER_PAIRS=all
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';
import * as core from '../../packages/core/dist/fetch.js';
import * as policies from '../../packages/core/dist/providers.js';
import { capture, tool } from '../../scripts/lib/capture.mjs';
import { findFreePort } from '../../scripts/lib/free-port.mjs';
import { root } from '../../scripts/lib/project.mjs';
import {
  findChoice,
  frameworks,
  providers,
  sourcesOf,
  usualChoices,
  writtenByHand,
} from '../.vitepress/theme/builder/choices.mjs';
import { readResource } from '../.vitepress/theme/builder/read-resource.mjs';
import { areScopes, writeServer } from '../.vitepress/theme/builder/write-server.mjs';
import { selection, values } from './builder/selection.mjs';
import { withServer } from './builder/start-server.mjs';

const readSources = (choices) =>
  Object.fromEntries(
    sourcesOf(choices).map((path) => [path, readFileSync(join(root, 'apps', path), 'utf8')]),
  );
const write = (choices) => writeServer(choices, readSources(choices));

/** The first file as Node runs it: what has types goes through the compiler with the options that stand beside it. */
function toJavaScript([{ name, code }, settings]) {
  if (name.endsWith('.mjs')) return { name, code };
  assert.match(
    name,
    /\.mts$/,
    `${name}: await outside of functions needs a module, whatever package.json says`,
  );
  const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(
    JSON.parse(settings.code).compilerOptions,
    root,
  );
  assert.ok(compilerOptions.experimentalDecorators, 'decorators of parameters need it');
  const { outputText } = ts.transpileModule(code, { fileName: name, compilerOptions });
  return { name: name.replace('.mts', '.mjs'), code: outputText };
}

describe('the configuration builder', () => {
  test('what it writes compiles', async () => {
    const workshop = mkdtempSync(join(root, 'apps/examples/.builder-'));
    try {
      for (const [index, choices] of selection.entries()) {
        for (const { name, code } of write(choices).filter((file) => /ts$|mjs$/.test(file.name))) {
          // What runs as JavaScript is judged as TypeScript too, which is stricter
          const path = join(workshop, String(index), name.replace(/\.m[jt]s$/, '.ts'));
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
          moduleResolution: 'Bundler',
          module: 'ESNext',
          paths: {
            '@mcp-auth/next': [join(root, 'packages/next/dist/index.d.ts')],
            '@mcp-auth/next/providers': [join(root, 'packages/next/dist/providers.d.ts')],
          },
        },
        include: ['**/*.ts'],
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

  const places = ['/mcp', '/', '/notes/mcp', '/mcp/'];

  for (const framework of ['express', 'hono', 'fastify', 'nest'])
    test(`what it writes for ${framework} runs as its name says, where the resource says`, async () => {
      const workshop = mkdtempSync(join(root, 'apps/examples/.builder-'));
      try {
        await Promise.all(
          places.map(async (path, index) => {
            const port = await findFreePort();
            const resource = `http://localhost:${port}${path}`;
            const files = write({ ...usualChoices, framework, resource, cors: index % 2 === 1 });
            const { name, code } = toJavaScript(files);
            const file = join(workshop, String(index), name);
            mkdirSync(dirname(file));
            writeFileSync(file, code.replace('new MCPAuth({', '$& checkAtStart: false,'));
            await withServer(file, `http://127.0.0.1:${port}${path}`, async (answer) => {
              assert.equal(answer.status, 401, resource);
              const [, metadata] = /resource_metadata="([^"]+)"/.exec(answer.headers.get('www-authenticate'));
              const document = await fetch(metadata.replace('localhost', '127.0.0.1'));
              assert.equal((await document.json()).resource, resource);
            });
          }),
        );
      } finally {
        rmSync(workshop, { recursive: true, force: true });
      }
    });

  test('each file that node runs has no types', () => {
    for (const choices of selection)
      for (const { name, code } of write(choices).filter((file) => file.name.endsWith('.mjs'))) {
        const { diagnostics } = ts.transpileModule(code, {
          fileName: name,
          reportDiagnostics: true,
          compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, allowJs: true },
        });
        assert.deepEqual(
          diagnostics.map(({ messageText }) => messageText),
          [],
          JSON.stringify(choices),
        );
      }
  });

  test('a public host is the one whose requests and pages are taken', () => {
    const host = 'mcp.example.com';
    for (const framework of values.framework) {
      const code = write({ ...usualChoices, framework, resource: `https://${host}/` })
        .map((file) => file.code)
        .join('\n');
      assert.doesNotMatch(code, /localhost/, framework);
      if (['fetch', 'next'].includes(framework)) continue;
      assert.match(code, /hostHeaderValidation\(\['mcp\.example\.com'\]\)/, framework);
      assert.match(code, /originValidation\(\['mcp\.example\.com'\]\)/, framework);
    }
  });

  test('every package that is installed is imported', () => {
    // Peers that others load
    const peers = ['@nestjs/platform-express'];
    for (const resource of values.resource)
      for (const framework of frameworks) {
        const code = write({ ...usualChoices, framework: framework.id, resource })
          .map((file) => file.code)
          .join('\n');
        const unused = framework.install.split(' ').filter((name) => {
          return !peers.includes(name) && !new RegExp(`from '${name}(?:/[^']+)?'`).test(code);
        });
        assert.deepEqual(unused, [], `${framework.id} ${resource}`);
      }
  });

  test('the page takes no URL that the core would not take, and none whose path a router reads in its own way', () => {
    const check = (resource) =>
      new core.MCPAuth({
        ...{ resource, authorizationServers: ['https://auth.example.com'] },
        ...{ checkAtStart: false, onEvent: () => {} },
      });
    const isConfigError = ({ name }) => name === 'MCPAuthConfigError';
    for (const resource of [
      ...values.resource,
      'https://mcp.example.com',
      'https://mcp.example.com:8443/mcp',
    ]) {
      assert.ok(readResource(resource).isUsable, resource);
      assert.doesNotThrow(() => check(resource), resource);
    }
    for (const resource of [
      ...[
        'mcp.example.com/mcp',
        'localhost:3000/mcp',
        '',
        'ftp://mcp.example.com/mcp',
        'http://mcp.example.com/mcp',
      ],
      ...['https://mcp.example.com/mcp#tools', 'https://user:word@mcp.example.com/mcp', 'https:// /mcp'],
      ...['https://mcp.example.com/mcp ', 'https://mcp.example.com/a b', 'https://mcp.example.com/café'],
      ...['https://münchen.example/mcp', 'HTTPS://MCP.example.com/mcp', 'https://mcp.example.com/../mcp'],
      ...['https://mcp.example.com\\mcp', 'https://@mcp.example.com/mcp', 'https://mcp.example.com:443/mcp'],
      ...[
        'http://localhost:80/mcp',
        'https://127.1/mcp',
        'https://mcp.example.com/${name}',
        'https://a.example/\nmcp',
      ],
      ...[
        'https://mcp.example.com/undefined',
        'https://mcp.example.com/.well-known/oauth-protected-resource/mcp',
      ],
    ]) {
      assert.ok(!readResource(resource).isUsable, resource);
      assert.throws(() => check(resource), isConfigError, resource);
    }
    for (const path of [':id', 'mcp*', '(mcp)', '[id]/mcp', '/mcp', '%2F', "it's", 'a+b', '@mcp'])
      assert.ok(!readResource(`https://mcp.example.com/${path}`).isUsable, path);
    for (const resource of [
      'http://127.0.0.2:3000/mcp',
      'http://app.localhost/mcp',
      'http://localhost:0/mcp',
    ])
      assert.ok(!readResource(resource).isUsable, resource);
  });

  test('the page says of scopes what the core would say of them', () => {
    for (const scopes of ['', 'a b', 'read:notes, write:notes', "it's", 'a"b', 'a\\b', 'größe', 'a\u202eb']) {
      const create = () =>
        new core.MCPAuth({
          protectedResources: {
            metadata: {
              ...{
                resource: 'https://mcp.example.com/mcp',
                authorizationServers: ['https://auth.example.com'],
              },
              scopesSupported: scopes.split(/[\s,]+/).filter((scope) => scope !== ''),
            },
          },
          ...{ checkAtStart: false, onEvent: () => {} },
        });
      if (areScopes(scopes)) assert.doesNotThrow(create, scopes);
      else assert.throws(create, ({ name }) => name === 'MCPAuthConfigError', scopes);
    }
  });

  test('what runs by a command of a framework listens on this machine alone', () => {
    const at = (resource) =>
      frameworks
        .map(({ run }) => run(readResource(resource)))
        .filter((command) => !/^(?:node|npx tsx) /.test(command));
    assert.deepEqual(
      at('http://localhost:3100/mcp').filter((command) => !command.includes('127.0.0.1')),
      [],
    );
    assert.deepEqual(
      at('http://[::1]:3100/mcp').filter((command) => !command.includes(' ::1 ')),
      [],
    );
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

  test('a name that nobody knows is an error', () => {
    assert.throws(() => findChoice(providers, 'nobody'), /There is no nobody/);
  });
});
