import cors from '@fastify/cors';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { fastify, type FastifyInstance, type RouteHandlerMethod } from 'fastify';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { authContext, getAuthInfo, requireScopes } from '../src/context.js';
import { getAuth, MCPAuth, type BearerAuthOptions, type VerifyAccessToken } from '../src/index.js';

const issuer = 'https://as.example.com';
const resource = 'https://api.example.com/mcp';
const metadataUrl = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';
const challenge =
  'Bearer error="insufficient_scope", error_description="The access token does not cover this operation", ' +
  `scope="admin", resource_metadata="${metadataUrl}"`;

const verify: VerifyAccessToken = (token) => {
  const [subject, ...scopes] = token.split('.');
  return { issuer, subject, scopes, audience: resource, expiresAt: Date.now() / 1000 + 60 };
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface AppOptions extends Partial<BearerAuthOptions> {
  readonly before?: (app: FastifyInstance) => unknown;
}

async function start(handler: RouteHandlerMethod, options: AppOptions = {}) {
  const { before, ...route } = options;
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: () => undefined,
  });
  const app = fastify();
  await before?.(app);
  // Where operations are judged a route is not served without it
  if (route.operations !== undefined) await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.post('/mcp', mcpAuth.bearerAuth(verify, { resource, asyncContext: authContext, ...route }), handler);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  closing.push(() => app.close());
  return (token: string, body: unknown = {}, fields: Record<string, string> = {}) =>
    fetch(`${origin}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        ...fields,
      },
      body: JSON.stringify(body),
    });
}

function refusal(): string {
  try {
    requireScopes('admin');
  } catch (error) {
    return String(error);
  }
  return 'permitted';
}

/** Text that is there only a moment later, as the only chunk of a stream. */
async function* later(text: () => string) {
  await wait(1);
  yield text();
}

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

describe('a handler that asks for more', () => {
  const handlers: Readonly<Record<string, RouteHandlerMethod>> = {
    'throws at once': () => {
      requireScopes('admin');
    },
    'throws later': async () => {
      await wait(1);
      requireScopes('admin');
    },
    'answers the error': (_request, reply) => {
      void reply.header('mcp-session-id', 's').send({ caught: refusal() });
    },
    'has opened a stream': (_request, reply) => {
      void reply
        .header('mcp-session-id', 's')
        .type('text/event-stream')
        .send(Readable.from(later(refusal)));
    },
    'returns a web Response': () =>
      new Response(
        Readable.toWeb(
          Readable.from(later(refusal)).map((text: string) => Buffer.from(text)),
        ) as ReadableStream,
        {
          headers: { 'content-type': 'text/event-stream', 'mcp-session-id': 's' },
        },
      ),
    'writes to the raw response': (_request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      void wait(1).then(() => reply.raw.end(refusal()));
    },
  };

  test.each(Object.entries(handlers))(
    '[MCP-2026-07-28-RS-021] %s: 403 with the challenge',
    async (_n, handler) => {
      for (const options of [{}, { operations: {} }]) {
        const response = await (await start(handler, options))('alice.read', ping);
        expect([response.status, response.headers.get('www-authenticate')]).toEqual([403, challenge]);
        expect(response.headers.get('mcp-session-id')).toBeNull();
        expect(await response.json()).toMatchObject({ error: 'insufficient_scope', scope: 'admin' });
      }
    },
  );

  test.each(Object.entries(handlers))('%s: what plugins in front have set stays', async (_n, handler) => {
    const origin = 'https://app.example.com';
    const ask = await start(handler, {
      before: (app) => app.register(cors, { origin, exposedHeaders: ['Mcp-Session-Id'] }),
    });
    const { status, headers } = await ask('alice.read', ping, { origin });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([403, origin]);
    expect(headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });
});

test('a response that has begun stays, and carries the challenge in its error', async () => {
  const ask = await start((_request, reply) => {
    async function* chunks() {
      yield 'begun ';
      await wait(5);
      yield refusal();
    }
    void reply.type('text/event-stream').send(Readable.from(chunks()));
  });
  const response = await ask('alice.read', ping);
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(text).toMatch(/^begun /);
  expect(text).toContain(challenge);
});

test.each([{}, { operations: {} }])(
  'concurrent callers are never taken for one another, body parsed or not: %j',
  async (options) => {
    const ask = await start(async (request) => {
      await wait((request.body as { ms: number }).ms);
      return [getAuthInfo()?.subject, getAuthInfo() === getAuth(request)];
    }, options);
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const response = await ask(`user-${index % 20}.read`, { ...ping, ms: index % 5 });
        return JSON.stringify(await response.json()) === JSON.stringify([`user-${index % 20}`, true]);
      }),
    );
    expect(answers).not.toContain(false);
  },
);

test('[MCP-2026-07-28-RS-021] a tool of the official SDK is refused with 403', async () => {
  const node = toNodeHandler(
    createMcpHandler(() => {
      const server = new McpServer({ name: 'x', version: '1.0.0' });
      server.registerTool('purge', {}, async () => {
        await wait(1);
        requireScopes('admin');
        return { content: [{ type: 'text', text: `purged by ${getAuthInfo()?.subject ?? 'nobody'}` }] };
      });
      return server;
    }),
  );
  const ask = await start((request, reply) => {
    reply.hijack();
    void node(request.raw as Parameters<typeof node>[0], reply.raw, request.body);
  });
  const purge = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'purge' } };
  const version = { 'mcp-protocol-version': '2025-11-25' };
  const refused = await ask('alice.read', purge, version);
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([403, challenge]);
  const allowed = await ask('alice.admin', purge, version);
  expect([allowed.status, await allowed.text()]).toEqual([200, expect.stringContaining('purged by alice')]);
});
