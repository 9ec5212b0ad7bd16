import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { createServer, type RequestListener } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { connect, type AddressInfo, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { authContext, requireScopes } from '../src/context.js';
import { MCPAuth, type AuthEnv, type VerifyAccessToken } from '../src/index.js';

const issuer = 'https://as.example.com';
const resource = 'https://api.example.com/mcp';
const verify: VerifyAccessToken = () => ({
  issuer,
  audience: resource,
  scopes: ['read'],
  subject: 'user-1',
  expiresAt: 4_000_000_000,
  claims: { iat: 1 },
});
const stream = { 'content-type': 'text/event-stream' };

type NodeEnv = AuthEnv & { Bindings: HttpBindings };
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const create = () =>
  new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: () => undefined,
  });

/** As a function whose promise nobody waits for. */
const toListener = (app: Hono<NodeEnv>): RequestListener => {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return (request, response) => void listener(request, response);
};

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** Sends a request in pieces, and resolves with all that comes back. */
async function send(port: number, pieces: readonly string[], pauseMs = 40): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString())).on('error', () => undefined);
  const over = new Promise((resolve) => socket.once('close', resolve));
  closing.push(() => socket.destroy());
  for (const piece of pieces) {
    socket.write(piece);
    await wait(pauseMs);
  }
  await over;
  return text;
}

const post = (body: string, host = 'localhost') =>
  `POST /mcp HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${'a'.repeat(24)}\r\nContent-Type: application/json\r\n` +
  `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n`;

describe.each(['GET', 'get', 'Get', 'POST', 'post'])('over HTTP/2 the method %s', (method) => {
  test('opens no stream that outlives a revocation', async () => {
    const mcpAuth = create();
    const app = new Hono<NodeEnv>();
    app.all('/mcp', mcpAuth.bearerAuth(verify, { resource, streams: 'end' }), (c) =>
      c.body(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
        }),
        200,
        stream,
      ),
    );
    const port = await listen(createHttp2Server(toListener(app) as never));
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    closing.push(() => session.destroy());
    const request = session.request({
      ':method': method,
      ':path': '/mcp',
      authorization: 'Bearer aaaaaaaaaaaaaaaaaaaaaaaa',
      'content-type': 'application/json',
    });
    request.on('error', () => undefined);
    const over = new Promise((resolve) => request.once('close', resolve));
    const opened = new Promise((resolve) => request.once('data', resolve));
    const isCall = method.toUpperCase() === 'POST';
    request.end(isCall ? '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t"}}' : undefined);
    await opened;
    request.resume();
    expect(await mcpAuth.revoke({ issuer, subject: 'user-1' })).toMatchObject({ streams: 1 });
    await over;
  });
});

test('a body that a middleware clones while it is judged is not read in part: nothing runs', async () => {
  const mcpAuth = create();
  const app = new Hono<NodeEnv>();
  const ran = vi.fn();
  app.onError((_error, c) => c.text('failed', 500));
  app.use(async (c, next) => {
    setTimeout(() => void c.req.raw.clone().text().then(ran, ran), 20);
    await next();
  });
  const operations = { methods: { ping: [] }, tools: { '*': ['admin'] } };
  app.post('/mcp', mcpAuth.bearerAuth(verify, { resource, operations }), async (c) =>
    c.text(await c.req.text()),
  );
  const port = await listen(createServer(toListener(app)));
  const call = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wipe"}}';
  const pieces = ['{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"a":', call, ' }}}'];
  const answer = await send(port, [post(pieces.join('')), ...pieces], 60);
  expect(answer).toContain('HTTP/1.1 500');
  expect(answer).not.toContain('wipe');
});

test('a request with a host that is none does not make those that follow slow', async () => {
  const mcpAuth = create();
  const app = new Hono<NodeEnv>();
  const operations = { methods: { ping: [] }, tools: { '*': ['admin'] } };
  app.post('/mcp', mcpAuth.bearerAuth(verify, { resource, operations }), (c) =>
    c.text(String('rawBody' in c.env.incoming)),
  );
  const port = await listen(createServer(toListener(app)));
  const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
  await send(port, [post(ping, '256.1.1.1') + ping]);
  expect(await send(port, [post(ping) + ping])).toContain('true');
});

describe('a refusal that a handler raises while its stream is held', () => {
  const start = async (handler: (c: Context<NodeEnv>) => Response, before?: RequestListener) => {
    const app = new Hono<NodeEnv>();
    app.post('/mcp', create().bearerAuth(verify, { resource, asyncContext: authContext }), handler);
    const listener = toListener(app);
    return listen(
      createServer((request, response) => {
        before?.(request, response);
        listener(request, response);
      }),
    );
  };
  const refused = 'HTTP/1.1 403';

  test('is sent though the stream fails with it', async () => {
    const port = await start((c) =>
      c.body(
        new ReadableStream({
          pull: async () => {
            await wait(10);
            requireScopes('admin');
          },
        }),
        200,
        stream,
      ),
    );
    expect(await send(port, [`${post('{}')}{}`])).toContain(refused);
  });

  const catching = async (): Promise<void> => {
    await wait(10);
    expect(() => requireScopes('admin')).toThrow();
  };

  test('is sent though nothing is ever written', async () => {
    const port = await start((c) =>
      c.body(
        new ReadableStream({ start: catching, pull: () => wait(60_000, undefined, { ref: false }) }),
        200,
        stream,
      ),
    );
    expect(await send(port, [`${post('{}')}{}`])).toContain(refused);
  });

  test('keeps what was set on the Node response in front of Hono', async () => {
    const body = () =>
      new ReadableStream<Uint8Array>({
        start: async (controller) => {
          await catching();
          controller.enqueue(new TextEncoder().encode('data: x\n\n'));
          controller.close();
        },
      });
    const port = await start(
      (c) => c.body(body(), 200, stream),
      (_request, response) => response.setHeader('strict-transport-security', 'max-age=1'),
    );
    const answer = await send(port, [`${post('{}')}{}`]);
    expect(answer).toContain(refused);
    expect(answer.toLowerCase()).toContain('strict-transport-security: max-age=1');
  });
});
