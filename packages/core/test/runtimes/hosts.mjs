// What the HTTP servers of Bun, Deno and workerd hand on to the gate, asked over sockets: the table of docs/configure/hosts.md.
// A runtime that this machine cannot have is skipped. node --test packages/core/test/runtimes/hosts.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { install, versions } from '../../../schemas/test/runtimes/runtimes.mjs';
import { start, workerdCommand, workerdConfig } from './start-host.mjs';

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
const shared = {
  'fetch.js': outputFiles[0].text,
  'server.mjs': readFileSync(new URL('./server.mjs', import.meta.url), 'utf8'),
};
const onCommandLine = (serve) => ({
  ...shared,
  'main.mjs': `${head}const app = createHandler(core, limits);\n${serve}\n`,
});

/** What an operator writes for each, and how it is started. */
const hosts = [
  {
    name: 'bun',
    files: (port) =>
      onCommandLine(
        `Bun.serve({ port: ${port}, hostname: '127.0.0.1', fetch: (request, server) => app.fetch(request, server) });`,
      ),
    command: (modules) => [join(modules, '.bin/bun'), ['run', 'main.mjs']],
  },
  {
    name: 'deno',
    files: (port) =>
      onCommandLine(
        `Deno.serve({ port: ${port}, hostname: '127.0.0.1', onListen() {} }, (request, info) => app.fetch(request, info));`,
      ),
    command: (modules) => [join(modules, '.bin/deno'), ['run', '--no-prompt', '--allow-net', 'main.mjs']],
  },
  {
    name: 'workerd',
    files: (port) => ({
      ...shared,
      // The header that the platform sets; here it is the test
      'main.mjs': `${head}let app;
const peer = (request) => request.header('cf-connecting-ip');
export default { fetch: (request) => (app ??= createHandler(core, { ...limits, peer })).fetch(request) };\n`,
      'worker.capnp': workerdConfig(
        port,
        `modules = [${['main.mjs', 'fetch.js', 'server.mjs'].map((file) => `(name = "${file}", esModule = embed "${file}")`).join(', ')}]`,
      ),
    }),
    command: workerdCommand,
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
