// What the HTTP servers of Bun, Deno and workerd hand on to the gate, asked over sockets: the table of docs/configure/hosts.md.
// A runtime that this machine cannot have is skipped. node --test packages/core/test/runtimes/hosts.mjs
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync, readFileSync, mkdirSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createTempFolder } from '../../../../scripts/lib/temp-folder.mjs';
import { install, versions } from '../../../schemas/test/runtimes/runtimes.mjs';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const esbuild = createRequire(new URL('../../../schemas/package.json', import.meta.url))('esbuild');
const { outputFiles } = await esbuild.build({
  stdin: { contents: `export { MCPAuth } from './fetch.js';`, resolveDir: dist },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'neutral',
  external: ['node:*'],
  logLevel: 'error',
});

const head = `import * as core from './fetch.js';\nimport { createHandler, limits } from './server.mjs';\n`;
const onCommandLine = (serve) => `${head}const app = createHandler(core, limits);\n${serve}\n`;

/** What an operator writes for each, and how it is started. */
const hosts = [
  {
    name: 'bun',
    main: (port) =>
      onCommandLine(
        `Bun.serve({ port: ${port}, hostname: '127.0.0.1', fetch: (request, server) => app.fetch(request, server) });`,
      ),
    command: (modules) => [join(modules, '.bin/bun'), ['run', 'main.mjs']],
  },
  {
    name: 'deno',
    main: (port) =>
      onCommandLine(
        `Deno.serve({ port: ${port}, hostname: '127.0.0.1', onListen() {} }, (request, info) => app.fetch(request, info));`,
      ),
    command: (modules) => [join(modules, '.bin/deno'), ['run', '--no-prompt', '--allow-net', 'main.mjs']],
  },
  {
    name: 'workerd',
    // The header that the platform sets; here it is the test
    main: () => `${head}let app;
const peer = (request) => request.header('cf-connecting-ip');
export default { fetch: (request) => (app ??= createHandler(core, { ...limits, peer })).fetch(request) };\n`,
    config: (port) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [${['main.mjs', 'fetch.js', 'server.mjs'].map((file) => `(name = "${file}", esModule = embed "${file}")`).join(', ')}],
    compatibilityDate = "2026-01-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);\n`,
    command: (modules) => [join(modules, 'workerd/bin/workerd'), ['serve', 'worker.capnp']],
  },
];

/** The answer's status and the whole text; nothing where the connection was closed without an answer. */
function send(port, lines, { timeoutMs = 5000 } = {}) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(lines.join('\r\n')));
    let text = '';
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({ status: status === undefined ? undefined : Number(status), text });
    };
    const timer = setTimeout(end, timeoutMs);
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\r\n\r\n')) end();
    });
    socket.on('close', end);
    socket.on('error', (error) => (error.code === 'ECONNRESET' ? end() : reject(error)));
  });
}

const ask = (port, { method = 'POST', target = '/mcp', headers = [], host = 'mcp.example.com' } = {}) =>
  send(port, [
    `${method} ${target} HTTP/1.1`,
    `Host: ${host}`,
    'CF-Connecting-IP: 192.0.2.1',
    'Connection: close',
    ...headers,
    '',
    '',
  ]);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function start(host, modules) {
  const folder = join(createTempFolder(), host.name);
  mkdirSync(folder);
  const port = await freePort();
  const files = {
    'fetch.js': outputFiles[0].text,
    'server.mjs': readFileSync(new URL('./server.mjs', import.meta.url), 'utf8'),
    'package.json': '{"type":"module"}',
    'main.mjs': await host.main(port),
    ...(host.config && { 'worker.capnp': host.config(port) }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const [command, args] = host.command(modules);
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let tries = 0; ; tries++) {
    const answered = await ask(port).then(
      ({ status }) => status !== undefined,
      () => false,
    );
    if (answered) return { port, stop };
    if (tries > 200 || child.exitCode !== null) {
      await stop();
      throw new Error(`${host.name} does not answer:\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const one = (token) => `Authorization: Bearer ${token}`;

for (const host of hosts) {
  test(`${host.name} ${versions[host.name]}`, async (t) => {
    const modules = await install(host.name, versions[host.name]);
    if (modules === undefined) return t.skip('it cannot be had on this machine');
    const { port, stop } = await start(host, modules);
    try {
      await t.test('a body with a token arrives', async () => {
        const lines = [
          'POST /mcp HTTP/1.1',
          'Host: mcp.example.com',
          'CF-Connecting-IP: 192.0.2.1',
          'Connection: close',
        ];
        const { status } = await send(port, [...lines, one('good'), 'Content-Length: 2', '', '{}']);
        assert.equal(status, 200);
      });
      await t.test('two Authorization headers are refused', async () => {
        assert.equal((await ask(port, { headers: [one('good'), one('good')] })).status, 400);
      });
      await t.test('what a Request cannot say is no error of the server', async () => {
        const strange = {
          TRACE: { method: 'TRACE' },
          'OPTIONS *': { method: 'OPTIONS', target: '*' },
          absolute: { target: 'http://mcp.example.com/mcp' },
          'other host': { target: 'http://other.example.com/mcp' },
          'two slashes': { target: '//mcp' },
          'Host [': { host: '[' },
        };
        const statuses = {};
        for (const [name, request] of Object.entries(strange))
          statuses[name] = (await ask(port, request)).status ?? 'closed';
        t.diagnostic(JSON.stringify(statuses));
        for (const [name, status] of Object.entries(statuses))
          assert.ok(status === 'closed' || (status >= 400 && status < 500), `${name}: ${status}`);
      });
      await t.test('a body that never ends, without a token, is answered at once', async () => {
        const lines = ['POST /mcp HTTP/1.1', 'Host: mcp.example.com', 'Content-Length: 1000', '', '{'];
        assert.equal((await send(port, lines)).status, 401);
      });
      await t.test('the peer is known: it had its one failure, with two headers', async () => {
        assert.equal((await ask(port, { headers: [one('bad')] })).status, 429);
      });
    } finally {
      await stop();
    }
  });
}

/** An authorization server with one key. */
async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'k', use: 'sig', alg: 'ES256' };
  const server = createHttpServer((request, response) => {
    const metadata = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(request.url === '/jwks' ? { keys: [key] } : metadata));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const sign = (audience) =>
    new SignJWT({ client_id: 'c', scope: 'notes:read' })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('alice')
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(privateKey);
  return { issuer, sign, close: () => server.close() };
}

test(`the worker of the recipes on workerd ${versions.workerd}`, async (t) => {
  const modules = await install('workerd', versions.workerd);
  if (modules === undefined) return t.skip('it cannot be had on this machine');
  const issuer = await startIssuer();
  const recipe = fileURLToPath(new URL('../../../../apps/examples/src/recipes/worker.ts', import.meta.url));
  const resource = 'https://mcp.example.com/mcp';
  const { port, stop } = await start(
    {
      name: 'workerd',
      main: async () => {
        const options = { bundle: true, write: false, format: 'esm', logLevel: 'error' };
        const conditions = ['workerd', 'worker', 'browser'];
        const built = await esbuild.build({
          ...options,
          entryPoints: [recipe],
          conditions,
          external: ['node:*'],
        });
        return built.outputFiles[0].text;
      },
      config: (at) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "internet", network = (allow = ["public", "private"])),
    (name = "main", worker = (
      modules = [(name = "main.mjs", esModule = embed "main.mjs")],
      bindings = [(name = "RESOURCE", text = "${resource}"), (name = "ISSUER", text = "${issuer.issuer}")],
      compatibilityDate = "2026-01-01",
      compatibilityFlags = ["nodejs_compat"],
    )),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${at}", http = (), service = "main")],
);\n`,
      command: (folder) => [join(folder, 'workerd/bin/workerd'), ['serve', 'worker.capnp']],
    },
    modules,
  );
  const post = async (audience) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'cf-connecting-ip': '192.0.2.1',
      ...(audience && { authorization: `Bearer ${await issuer.sign(audience)}` }),
    };
    const params = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 't', version: '1' },
    };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    return fetch(`http://127.0.0.1:${port}/mcp`, { method: 'POST', headers, body });
  };
  try {
    await t.test('no token: the challenge has the configured address', async () => {
      const response = await post();
      assert.equal(response.status, 401);
      assert.equal(
        response.headers.get('www-authenticate'),
        'Bearer scope="notes:read", resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"',
      );
    });
    await t.test('a token for another resource', async () => {
      assert.equal((await post('https://other.example.com/mcp')).status, 401);
    });
    await t.test('a token of its own', async () => {
      const response = await post(resource);
      assert.equal(response.status, 200);
      assert.match(await response.text(), /"serverInfo"/);
    });
  } finally {
    await stop();
    issuer.close();
  }
});
