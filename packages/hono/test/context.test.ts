import { serve } from '@hono/node-server';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { Hono, type Handler, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { authContext, getAuthInfo, requireScopes } from '../src/context.js';
import {
  getAuth,
  MCPAuth,
  type AuthEnv,
  type BearerAuthOptions,
  type ProtectedResourceConfig,
  type VerifyAccessToken,
} from '../src/index.js';

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

interface AppOptions extends Partial<BearerAuthOptions> {
  readonly before?: readonly MiddlewareHandler[];
  readonly protectedResource?: Partial<ProtectedResourceConfig>;
}

function createApp(handler: Handler<AuthEnv>, options: AppOptions = {}): Hono {
  const { before = [], protectedResource, ...route } = options;
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] }, ...protectedResource },
    onEvent: () => undefined,
  });
  const app = new Hono();
  // Hono prints the errors that reach it otherwise
  app.onError((error, c) => c.text(error.message, 500));
  for (const middleware of before) app.use(middleware);
  app.all('/mcp', mcpAuth.bearerAuth(verify, { resource, asyncContext: authContext, ...route }), handler);
  return app;
}

const post = (token: string, body: unknown = {}, fields: Record<string, string> = {}) => ({
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

const eventStream = (body: string | ReadableStream) =>
  new Response(body, { headers: { 'content-type': 'text/event-stream', 'mcp-session-id': 's' } });

describe('a handler that asks for more', () => {
  const handlers: Readonly<Record<string, Handler<AuthEnv>>> = {
    'throws at once': () => {
      requireScopes('admin');
      return new Response();
    },
    'throws later': async () => {
      await wait(1);
      requireScopes('admin');
      return new Response();
    },
    'answers the error': (c) => {
      try {
        requireScopes('admin');
      } catch (error) {
        c.header('mcp-session-id', 's');
        return c.json({ caught: String(error) });
      }
      return c.body(null);
    },
    'has opened a stream': () =>
      eventStream(
        new ReadableStream({
          start: async (controller) => {
            await wait(1);
            try {
              requireScopes('admin');
            } catch (error) {
              controller.enqueue(new TextEncoder().encode(String(error)));
            }
            controller.close();
          },
        }),
      ),
  };

  test.each(Object.entries(handlers))(
    '[MCP-2026-07-28-RS-021] %s: 403 with the challenge',
    async (_n, handler) => {
      const response = await createApp(handler).request('/mcp', post('alice.read'));
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([403, challenge]);
      expect(response.headers.get('mcp-session-id')).toBeNull();
      expect(await response.json()).toMatchObject({ error: 'insufficient_scope', scope: 'admin' });
    },
  );

  test.each(Object.entries(handlers))('%s: what middleware in front has set stays', async (_n, handler) => {
    const app = createApp(handler, {
      before: [
        cors({ origin: 'https://app.example.com', exposeHeaders: ['Mcp-Session-Id'] }),
        secureHeaders(),
      ],
    });
    const origin = 'https://app.example.com';
    const { headers, status } = await app.request('/mcp', post('alice.read', {}, { origin }));
    expect([status, headers.get('access-control-allow-origin')]).toEqual([403, origin]);
    expect(headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-type')).toBe('application/json');
  });

  test('over a real connection as well', async () => {
    const app = createApp(handlers['has opened a stream']!);
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
      const response = await fetch(url, post('alice.read'));
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([403, challenge]);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

test('a response that has begun stays, and carries the challenge in its error', async () => {
  const app = createApp(() =>
    eventStream(
      new ReadableStream({
        start: async (controller) => {
          const send = (text: string) => controller.enqueue(new TextEncoder().encode(text));
          send('begun ');
          await wait(5);
          try {
            requireScopes('admin');
          } catch (error) {
            send(String(error));
          }
          controller.close();
        },
      }),
    ),
  );
  const response = await app.request('/mcp', post('alice.read'));
  expect(response.status).toBe(200);
  expect(response.headers.get('mcp-session-id')).toBe('s');
  const text = await response.text();
  expect(text).toMatch(/^begun /);
  expect(text).toContain(challenge);
});

test('an error of the application is for the application', async () => {
  const app = createApp(() => {
    throw new Error('of the application');
  });
  const response = await app.request('/mcp', post('alice.read'));
  expect([response.status, await response.text()]).toEqual([500, 'of the application']);
});

test.each([undefined, authContext])(
  'CORS of the resource reaches a plain Response too',
  async (asyncContext) => {
    const origin = 'https://app.example.com';
    const app = createApp(() => new Response('ok'), {
      asyncContext,
      protectedResource: { cors: { origins: [origin] } },
    });
    const response = await app.request('/mcp', post('alice.read', {}, { origin }));
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
  },
);

test('concurrent callers are never taken for one another', async () => {
  const app = createApp(
    async (c) => {
      const { ms } = await c.req.json<{ ms: number }>();
      await wait(ms);
      return c.json([getAuthInfo()?.subject, getAuthInfo() === getAuth(c)]);
    },
    { operations: {} },
  );
  const answers = await Promise.all(
    Array.from({ length: 500 }, async (_, index) => {
      const body = { jsonrpc: '2.0', id: 1, method: 'ping', ms: index % 5 };
      const response = await app.request('/mcp', post(`user-${index % 20}.read`, body));
      return JSON.stringify(await response.json()) === JSON.stringify([`user-${index % 20}`, true]);
    }),
  );
  expect(answers).not.toContain(false);
});

test('[MCP-2026-07-28-RS-021] a tool of the official SDK is refused with 403', async () => {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'x', version: '1.0.0' });
    server.registerTool('purge', {}, async () => {
      await wait(1);
      requireScopes('admin');
      return { content: [{ type: 'text', text: `purged by ${getAuthInfo()?.subject ?? 'nobody'}` }] };
    });
    return server;
  });
  const app = createApp((c) => {
    const authInfo = getAuth(c);
    return handler.fetch(c.req.raw, authInfo && { authInfo });
  });
  const purge = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'purge' } };
  const version = { 'mcp-protocol-version': '2025-11-25' };
  const refused = await app.request('/mcp', post('alice.read', purge, version));
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([403, challenge]);
  const allowed = await app.request('/mcp', post('alice.admin', purge, version));
  expect([allowed.status, await allowed.text()]).toEqual([200, expect.stringContaining('purged by alice')]);
});
