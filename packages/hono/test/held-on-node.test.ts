import { serve, type HttpBindings } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { authContext, requireScopes } from '../src/context.js';
import { MCPAuth, type AuthEnv, type VerifyAccessToken } from '../src/index.js';

const issuer = 'https://as.example.com';
const resource = 'https://api.example.com/mcp';
const verify: VerifyAccessToken = () => ({
  issuer,
  audience: resource,
  scopes: ['read'],
  expiresAt: 4_000_000_000,
});

type NodeEnv = AuthEnv & { Bindings: HttpBindings };
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An application on a port, with a stream behind a gate with an async context. */
async function start(
  before: readonly MiddlewareHandler[],
  write: (send: (text: string) => void, c: Context<NodeEnv>) => Promise<void>,
  more: (app: Hono<NodeEnv>) => void = () => undefined,
): Promise<string> {
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: () => undefined,
  });
  const app = new Hono<NodeEnv>();
  for (const middleware of before) app.use(middleware);
  app.post('/mcp', mcpAuth.bearerAuth(verify, { resource, asyncContext: authContext }), (c) => {
    const body = new ReadableStream({
      start: async (controller) => {
        await write((text) => controller.enqueue(new TextEncoder().encode(text)), c);
        controller.close();
      },
    });
    c.header('mcp-session-id', 's');
    c.header('set-cookie', 'handler=1', { append: true });
    return c.body(body, 200, { 'content-type': 'text/event-stream' });
  });
  more(app);
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        (server as unknown as { closeAllConnections: () => void }).closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const origin = 'https://app.example.com';
const ask = (url: string, path = '/mcp') =>
  fetch(url + path, { method: 'POST', headers: { authorization: 'Bearer a', origin }, body: '{}' });

/** Raises a refusal after the handler has returned its stream, and writes the error as a transport does. */
const demand = async (send: (text: string) => void) => {
  await wait(2);
  try {
    requireScopes('admin');
  } catch (error) {
    send(`data: ${String(error)}\n\n`);
  }
};

describe('a refusal that is raised when the handler has returned its stream', () => {
  test('[MCP-2026-07-28-RS-021] is the answer, with the challenge', async () => {
    const response = await ask(await start([], demand));
    expect([response.status, response.headers.get('content-type')]).toEqual([403, 'application/json']);
    expect(response.headers.get('www-authenticate')).toContain('scope="admin"');
    expect(await response.json()).toMatchObject({ error: 'insufficient_scope', scope: 'admin' });
  });

  test('has the headers that middleware in front has set, before and after, and none of the handler’s', async () => {
    const late: MiddlewareHandler = async (c, next) => {
      c.header('set-cookie', 'before=1', { append: true });
      await next();
      c.header('x-request-id', '7');
      c.header('set-cookie', 'after=1', { append: true });
    };
    const { headers } = await ask(await start([cors({ origin }), secureHeaders(), late], demand));
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toBe('WWW-Authenticate');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toBe('7');
    expect(headers.get('mcp-session-id')).toBeNull();
    expect(headers.getSetCookie()).toEqual(['before=1', 'after=1']);
    expect(headers.get('transfer-encoding')).toBeNull();
  });

  test('is not put instead of the response to another request, of the same environment', async () => {
    const url = await start([], demand, (app) =>
      app.post('/outer', async (c) => {
        const headers = { authorization: 'Bearer a' };
        const inner = await app.request('/mcp', { method: 'POST', headers }, c.env);
        return c.json({ inner: inner.status });
      }),
    );
    const response = await ask(url, '/outer');
    expect([response.status, await response.json()]).toEqual([200, { inner: 403 }]);
  });
});

test('a stream is handed on as it is: nothing stays on the response when its first byte is sent', async () => {
  const seen: boolean[] = [];
  const url = await start([], async (send, c) => {
    const { outgoing } = c.env;
    await wait(2);
    const isHeld = Object.hasOwn(outgoing, 'write');
    send('data: 1\n\n');
    await wait(5);
    send('data: 2\n\n');
    await wait(5);
    const methods = ['writeHead', 'flushHeaders', 'write', 'end'] as const;
    const prototype = Object.getPrototypeOf(outgoing) as typeof outgoing;
    seen.push(isHeld, ...methods.map((name) => outgoing[name] === prototype[name]));
  });
  const response = await ask(url);
  expect([response.status, await response.text()]).toEqual([200, 'data: 1\n\ndata: 2\n\n']);
  expect(response.headers.get('mcp-session-id')).toBe('s');
  expect(seen).toEqual([true, true, true, true, true]);
});

test('a response that has begun stays, and carries the challenge in its error', async () => {
  const response = await ask(
    await start([], async (send) => {
      send('data: begun\n\n');
      await wait(20);
      await demand(send);
    }),
  );
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(/^data: begun\n\ndata: [^]*scope="admin"/);
});
