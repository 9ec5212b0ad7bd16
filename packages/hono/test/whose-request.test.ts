import type { Server } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { mount } from 'hono/mount';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { closeServer, listen } from '../../core/test/support/listen.js';
import { bearer, sendRaw, type RawAnswer } from '../../core/test/support/raw-request.js';
import { getAuth, MCPAuth } from '../src/index.js';
import { readNodeHead } from '../src/read-node-head.js';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://as.example.com';
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await closeServer(server);
});

/** A token is its subject here: what is in question is whose token is read. */
function create(): Hono {
  const authorizationServers = [{ metadata: { issuer } }];
  const mcpAuth = new MCPAuth({ protectedResources: { metadata: { resource, authorizationServers } } });
  const expiresAt = Math.floor(Date.now() / 1000) + 600;
  const gate = mcpAuth.bearerAuth(
    (token) => ({ issuer, audience: resource, subject: token, clientId: 'client', expiresAt }),
    { resource },
  );
  const app = new Hono();
  app.use('/rewritten', async (context, next) => {
    const headers = new Headers(context.req.raw.headers);
    headers.set('authorization', 'Bearer from-a-cookie');
    context.req.raw = new Request(context.req.raw, { headers });
    await next();
  });
  app.use('/stripped', async (context, next) => {
    context.req.raw.headers.delete('authorization');
    await next();
  });
  app.use('/changed', async (context, next) => {
    context.req.raw.headers.set('authorization', 'Bearer from-a-cookie');
    await next();
  });
  app.use('/hidden', async (context, next) => {
    context.req.raw = new Proxy(context.req.raw, {
      get: (request, name) => (name === 'headers' ? new Headers() : (Reflect.get(request, name) as unknown)),
    });
    await next();
  });
  const tellCaller = (context: Context) => context.text(getAuth(context)?.subject ?? 'nobody');
  app.get('/mcp', gate, tellCaller);
  for (const path of ['/rewritten', '/stripped', '/changed', '/hidden']) app.get(path, gate, tellCaller);
  app.get('/behind', (context) => {
    const user = context.req.query('user');
    const headers = user === undefined ? {} : { authorization: `Bearer ${user}` };
    return app.request('/mcp', { headers }, context.env);
  });
  app.get('/forwarded', (context) => app.fetch(toMcp(context.req.raw), context.env));
  app.all('/mounted/*', mount(app.fetch));
  return app;
}

const toMcp = (request: Request) => new Request('http://localhost/mcp', { headers: request.headers });

test('the Node request is read where nothing has happened to the other, and nowhere else', async () => {
  const seen: unknown[] = [];
  const app = new Hono<{ Bindings: HttpBindings }>();
  const changes: readonly ((context: Context<{ Bindings: HttpBindings }>) => unknown)[] = [
    () => undefined,
    ({ req }) => req.path + req.url + req.method,
    ({ req }) => req.raw.signal,
    ({ req }) => req.header('accept'),
    ({ req }) => (req.raw = new Proxy(req.raw, {})),
    ({ req }) => (req.raw = Object.create(req.raw) as Request),
    ({ req }) => Object.defineProperty(req.raw, 'headers', { value: new Headers() }),
    ({ req }) => Object.defineProperty(req.raw, 'method', { value: 'PUT' }),
    ({ req }) => Object.defineProperty(req.raw, 'url', { value: 'http://localhost/other' }),
    ({ req }) =>
      void Object.setPrototypeOf(req.raw, Object.create(Object.getPrototypeOf(req.raw) as object) as object),
    ({ req }) => (req.raw = new Request(req.raw)),
    (context) => (context.env = { ...context.env, incoming: Object.create(context.env.incoming) as never }),
    (context) => (context.env = undefined as never),
  ];
  for (const [index, change] of changes.entries()) {
    app.get(`/${index}`, (context) => {
      change(context);
      seen.push(readNodeHead(context) !== undefined);
      return context.text('');
    });
  }
  const server = createAdaptorServer(app) as Server;
  servers.push(server);
  const origin = await listen(server);
  for (const index of changes.keys()) await sendRaw(origin, `/${index}`);
  expect(seen).toEqual([true, true, true, ...changes.slice(3).map(() => false)]);
});

describe('a host that is not known to make requests as @hono/node-server does', () => {
  const incomingKey = Symbol('incoming');
  const headersKey = Symbol('headers');
  const keeping = {
    get headers(): Headers {
      const own = this as unknown as Record<symbol, Headers | undefined>;
      return (own[headersKey] ??= new Headers());
    },
  };
  const forgetting = {
    get headers(): Headers {
      return new Headers();
    },
  };
  const incoming = { method: 'GET', url: '/', headers: {}, rawHeaders: [] };
  const other = { [Symbol('other')]: { value: 'something' } };

  /** Whether the first request that a process sees is read from its Node request. */
  async function isRead(raw: object, env: object | undefined): Promise<boolean> {
    vi.resetModules();
    const { readNodeHead: read } = await import('../src/read-node-head.js');
    return read({ env, req: { raw } } as unknown as Context) !== undefined;
  }
  const madeOf = (prototype: object, from: object) =>
    Object.create(prototype, { ...other, [incomingKey]: { value: from } }) as object;

  afterEach(() => void vi.unstubAllGlobals());

  test('is not on a runtime without process', async () => {
    vi.stubGlobal('process', undefined);
    expect(await isRead(madeOf(keeping, incoming), { incoming })).toBe(false);
  });

  test('is believed where it makes them so', async () => {
    expect(await isRead(madeOf(keeping, incoming), { incoming })).toBe(true);
  });

  test.each<[what: string, raw: object, env: object | undefined]>([
    ['hands out no Node request', Object.create(keeping, other) as object, {}],
    ['hands out no environment', Object.create(keeping, other) as object, undefined],
    ['calls something else so', madeOf(keeping, { ...incoming, rawHeaders: undefined }), { incoming: {} }],
    ['makes headers anew each time', madeOf(forgetting, incoming), { incoming }],
    ['has requests of the platform', new Request('http://localhost/'), { incoming }],
  ])('is not where it %s: the request itself counts', async (_what, raw, env) => {
    expect(await isRead(raw, env)).toBe(false);
  });

  test('is not where its Node request has no list of header lines', async () => {
    const odd = { ...incoming, rawHeaders: undefined };
    expect(await isRead(madeOf(keeping, odd), { incoming: odd })).toBe(false);
  });

  test.each<[what: string, getBuiltinModule: unknown]>([
    ['hands out no modules', undefined],
    ['does not know the module', () => undefined],
    ['knows it without types', () => ({})],
    ['cannot tell a Proxy', () => ({ types: {} })],
  ])('is not on a runtime that %s', async (_what, getBuiltinModule) => {
    vi.stubGlobal('process', Object.create(process, { getBuiltinModule: { value: getBuiltinModule } }));
    expect(await isRead(madeOf(keeping, incoming), { incoming })).toBe(false);
  });
});

describe.each([
  ['with the Request class of @hono/node-server', true],
  ['with the Request class of the platform', false],
])('on Node, %s', (_name, overrideGlobalObjects) => {
  async function get(path: string, token?: string): Promise<RawAnswer> {
    const server = createAdaptorServer({ fetch: create().fetch, overrideGlobalObjects }) as Server;
    servers.push(server);
    return sendRaw(await listen(server), path, token === undefined ? {} : { headers: bearer(token) });
  }

  test('[MCP-2026-07-28-RS-018] a request without a token that the app makes to itself is not let in with the token of whoever called the app', async () => {
    expect((await get('/behind', 'admin')).status).toBe(401);
  });

  test('a request that the app makes to itself has the caller that its own token names', async () => {
    expect((await get('/behind?user=user-1', 'admin')).body).toBe('user-1');
  });

  test('a request that a middleware has put in the place of the first is the one that counts', async () => {
    expect((await get('/rewritten', 'admin')).body).toBe('from-a-cookie');
    expect((await get('/rewritten')).body).toBe('from-a-cookie');
  });

  test.each(['/stripped', '/hidden'])(
    '[MCP-2026-07-28-RS-018] a token that a middleware has taken away counts no more: %s',
    async (path) => {
      expect((await get(path, 'admin')).status).toBe(401);
      expect((await get(path)).status).toBe(401);
    },
  );

  test('a token that a middleware has put in is the one that counts', async () => {
    expect((await get('/changed', 'admin')).body).toBe('from-a-cookie');
    expect((await get('/changed')).body).toBe('from-a-cookie');
  });

  test.each(['/mcp', '/forwarded', '/mounted/mcp'])(
    '[RFC6750-2.1-02] at %s the token of the request counts, and two of them are refused',
    async (path) => {
      expect((await get(path)).status).toBe(401);
      expect((await get(path, 'user-1')).body).toBe('user-1');
      const server = createAdaptorServer({ fetch: create().fetch, overrideGlobalObjects }) as Server;
      servers.push(server);
      const headers = [...bearer('user-1'), ...bearer('user-2')];
      expect((await sendRaw(await listen(server), path, { headers })).status).toBe(400);
    },
  );
});
