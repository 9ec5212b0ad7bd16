import type { Server } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import { MCPAuth as FetchMCPAuth } from '@mcp-auth/core/fetch';
import { closeServer, listen } from '../../core/test/support/listen.js';
import { bearer, sendRaw } from '../../core/test/support/raw-request.js';
import { MCPAuth, type AuthEnv, type VerifyAccessToken } from '../src/index.js';

const issuer = 'https://as.example.com';
const resource = 'https://api.example.com/mcp';
const protectedResources = { metadata: { resource, authorizationServers: [{ issuer }] } };
const verify: VerifyAccessToken = () => ({
  issuer,
  audience: resource,
  clientId: 'client',
  scopes: [],
  expiresAt: 4_000_000_000,
});
const operations = { tools: { '*': 'refuse', open: [] } } as const;

/** Two tools in one: the last of two members is what was judged, and the only one that anybody may see. */
const sent =
  '{ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "closed", "name": "open", "arguments": { "text": "\\u00e9" } } }';
const judged = JSON.stringify(JSON.parse(sent));

type NodeEnv = AuthEnv & { Bindings: HttpBindings };
type Read = (c: Context<NodeEnv>) => Promise<string>;

const decode = (bytes: ArrayBuffer | Uint8Array) => new TextDecoder().decode(bytes);

const ways: Readonly<Record<string, Read>> = {
  'c.req.json()': async (c) => JSON.stringify(await c.req.json()),
  'c.req.text()': (c) => c.req.text(),
  'c.req.arrayBuffer()': async (c) => decode(await c.req.arrayBuffer()),
  'c.req.blob()': async (c) => (await c.req.blob()).text(),
  'c.req.json(), then c.req.text()': async (c) => {
    await c.req.json();
    return c.req.text();
  },
  'c.req.text(), then c.req.json()': async (c) => {
    await c.req.text();
    return JSON.stringify(await c.req.json());
  },
  'c.req.raw.json()': async (c) => JSON.stringify(await c.req.raw.json()),
  'c.req.raw.text()': (c) => c.req.raw.text(),
  'c.req.raw.arrayBuffer()': async (c) => decode(await c.req.raw.arrayBuffer()),
  'c.req.raw.blob()': async (c) => (await c.req.raw.blob()).text(),
  'c.req.raw.clone().text()': (c) => c.req.raw.clone().text(),
  'c.req.raw.clone().json()': async (c) => JSON.stringify(await c.req.raw.clone().json()),
  'c.req.raw.body': (c) => new Response(c.req.raw.body).text(),
  'a new Request of it': (c) => new Request(c.req.raw).text(),
  'a Request to another host': (c) => new Request('http://upstream.example/', c.req.raw).text(),
  'an application below': async (c) => {
    const inner = new Hono().all('*', async (below) => below.text(await below.req.text()));
    return (await inner.fetch(c.req.raw)).text();
  },
};

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await closeServer(server);
});

const gate = (options: object = {}) =>
  new MCPAuth({ protectedResources, onEvent: () => undefined }).bearerAuth(verify, {
    resource,
    operations,
    ...options,
  });

/** What stands in front of a handler; each leads to a request that is read in another way. */
const fronts: Readonly<Record<string, () => readonly MiddlewareHandler[]>> = {
  'nothing else': () => [gate()],
  'a look at a header': () => [
    (c, next) => {
      c.set('accept' as never, c.req.header('accept') as never);
      return next();
    },
    gate(),
  ],
  'a look at the length': () => [
    (c, next) => {
      c.set('length' as never, c.req.header('content-length') as never);
      return next();
    },
    gate(),
  ],
  'a look at the signal': () => [
    (c, next) => {
      c.req.raw.signal.throwIfAborted();
      return next();
    },
    gate(),
  ],
  'a clone': () => [
    async (c, next) => {
      await c.req.raw.clone().text();
      await next();
    },
    gate(),
  ],
  'a body that was read': () => [
    async (c, next) => {
      await c.req.text();
      await next();
    },
    gate(),
  ],
  'another request': () => [
    (c, next) => {
      c.req.raw = new Request(c.req.raw);
      return next();
    },
    gate(),
  ],
  'two gates': () => [gate(), gate()],
};

async function post(
  fetch: Hono['fetch'],
  overrideGlobalObjects = true,
  headers: readonly (readonly [string, string])[] = [],
) {
  const server = createAdaptorServer({ fetch, overrideGlobalObjects }) as Server;
  servers.push(server);
  return sendRaw(await listen(server), '/mcp', {
    method: 'POST',
    headers: [...bearer('a'), ...headers],
    body: sent,
  });
}

describe.each(Object.entries(fronts))('behind %s', (_front, front) => {
  const build = (read: Read) => {
    const app = new Hono<NodeEnv>();
    app.post('/mcp', ...(front() as [MiddlewareHandler]), async (c) => c.text(await read(c as never)));
    return app;
  };

  test.each(Object.entries(ways))('%s shows what was judged, on Node', async (_way, read) => {
    const answer = await post(build(read).fetch as Hono['fetch']);
    expect([answer.status, answer.body]).toEqual([200, judged]);
  });

  test.each(Object.entries(ways))('%s shows what was judged, elsewhere', async (_way, read) => {
    const headers = { authorization: 'Bearer a', 'content-type': 'application/json' };
    const answer = await build(read).request('/mcp', { method: 'POST', headers, body: sent });
    expect([answer.status, await answer.text()]).toEqual([200, judged]);
  });

  test('no header tells the length of what was sent', async () => {
    const seen = (c: Context<NodeEnv>) => [
      c.req.header('content-length'),
      c.req.raw.headers.get('transfer-encoding'),
      c.req.raw.clone().headers.get('content-length'),
    ];
    const answer = await post(build((c) => Promise.resolve(JSON.stringify(seen(c)))).fetch as Hono['fetch']);
    expect(answer.body).toBe('[null,null,null]');
  });

  test('a form has nothing', async () => {
    const answer = await post(
      build(async (c) => JSON.stringify(await c.req.parseBody())).fetch as Hono['fetch'],
    );
    expect(answer.body).toBe('{}');
  });
});

test.each(Object.entries(ways))('%s, with the Request class of the platform', async (way, read) => {
  // The platform takes no Request but its own
  if (way.startsWith('a ')) return;
  const app = new Hono<NodeEnv>().post('/mcp', gate(), async (c) => c.text(await read(c as never)));
  expect((await post(app.fetch as Hono['fetch'], false)).body).toBe(judged);
});

test('a value that a handler has changed is what it gets again, and nobody else', async () => {
  const app = new Hono<NodeEnv>().post('/mcp', gate(), async (c) => {
    const value = await c.req.json<{ id: unknown }>();
    value.id = 'changed';
    return c.text(JSON.stringify([(await c.req.json<{ id: unknown }>()).id]));
  });
  expect((await post(app.fetch as Hono['fetch'])).body).toBe('["changed"]');
  expect((await post(app.fetch as Hono['fetch'])).status).toBe(200);
});

test('the Node request has no bytes of its own any more', async () => {
  const app = new Hono<NodeEnv>().post('/mcp', gate(), async (c) => {
    const chunks: unknown[] = [];
    for await (const chunk of c.env.incoming) chunks.push(chunk);
    return c.json([chunks.length, c.env.incoming.readableDidRead]);
  });
  expect((await post(app.fetch as Hono['fetch'])).body).toBe('[0,true]');
});

test('nothing of the body stays with a request when its response is over', async () => {
  const requests: (() => Promise<unknown>)[] = [];
  const app = new Hono<NodeEnv>().post('/mcp', gate(), (c) => {
    const { raw } = c.req;
    requests.push(() => raw.json());
    return c.text('in');
  });
  expect((await post(app.fetch as Hono['fetch'])).body).toBe('in');
  await expect(Promise.resolve(requests[0]?.())).rejects.toThrow('unusable');
});

test('a request of many listens to nothing afterwards', async () => {
  const counts: number[] = [];
  const app = new Hono<NodeEnv>().post('/mcp', gate(), (c) => {
    const { incoming } = c.env;
    counts.push(
      incoming.listenerCount('data'),
      incoming.listenerCount('end'),
      incoming.listenerCount('close'),
    );
    return c.text('in');
  });
  await post(app.fetch as Hono['fetch']);
  expect(counts.slice(0, 2)).toEqual([0, 0]);
  expect(counts[2]).toBeLessThanOrEqual(1);
});

describe('a tool of the official SDK', () => {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'x', version: '1.0.0' });
    for (const name of ['open', 'closed']) {
      server.registerTool(name, {}, () => ({ content: [{ type: 'text', text: `ran ${name}` }] }));
    }
    return server;
  });
  const headers = [
    ['accept', 'application/json, text/event-stream'],
    ['mcp-protocol-version', '2025-11-25'],
  ] as const;

  test('runs as it was judged, from c.req.raw', async () => {
    const app = new Hono<NodeEnv>().post('/mcp', gate(), (c) => handler.fetch(c.req.raw));
    const { status, body } = await post(app.fetch as Hono['fetch'], true, headers);
    expect([status, body]).toEqual([200, expect.stringContaining('ran open')]);
  });

  test('runs as it was judged, behind the fetch entry on Node', async () => {
    const mcp = new FetchMCPAuth({ protectedResources, onEvent: () => undefined }).protect(handler, verify, {
      resource,
      operations,
    });
    const { status, body } = await post((request) => mcp.fetch(request), true, headers);
    expect([status, body]).toEqual([200, expect.stringContaining('ran open')]);
  });
});
