import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer as McpServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import cors from 'cors';
import express, { type RequestHandler } from 'express';
import express4 from 'express4';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { authContext, getAuthInfo, hasScopes, requireScopes } from '../src/context.js';
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
  readonly before?: readonly RequestHandler[];
}

async function start(framework: typeof express, handler: RequestHandler, options: AppOptions = {}) {
  const { before = [], ...route } = options;
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: () => undefined,
  });
  const app = framework();
  // Express prints the errors that reach it otherwise
  app.set('env', 'test');
  for (const middleware of before) app.use(middleware);
  app.all('/mcp', mcpAuth.bearerAuth(verify, { resource, asyncContext: authContext, ...route }), handler);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  return (token: string, body: unknown = {}, fields: Record<string, string> = {}, method = 'POST') =>
    fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        ...fields,
      },
      ...(method === 'GET' ? undefined : { body: JSON.stringify(body) }),
    });
}

const purge = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'purge' } };
const version1 = { 'mcp-protocol-version': '2025-11-25' };

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
])('%s', (_name, framework) => {
  test('[MCP-2026-07-28-RS-021] a handler that throws is answered with 403 and the challenge', async () => {
    const handlers: RequestHandler[] = [
      () => requireScopes('admin'),
      (_request, _response, next) =>
        void wait(1)
          .then(() => requireScopes('admin'))
          .catch(next),
      (_request, response, next) => {
        response.status(200).type('text/event-stream').flushHeaders();
        void wait(1)
          .then(() => requireScopes('admin'))
          .catch(next);
      },
      (_request, response) => {
        response.setHeader('mcp-session-id', 's');
        try {
          requireScopes('admin');
        } catch (error) {
          response.json({ caught: String(error) });
        }
      },
    ];
    for (const handler of handlers) {
      const response = await (await start(framework, handler))('alice.read');
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([403, challenge]);
      expect(response.headers.get('mcp-session-id')).toBeNull();
      expect(await response.json()).toMatchObject({ error: 'insufficient_scope', scope: 'admin' });
    }
  });

  test('what CORS and other middleware in front have set stays', async () => {
    const ask = await start(framework, () => requireScopes('admin'), {
      before: [cors({ origin: 'https://app.example.com', exposedHeaders: ['Mcp-Session-Id'] })],
    });
    const { headers } = await ask('alice.read', {}, { origin: 'https://app.example.com' });
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(headers.get('access-control-expose-headers')).toBe('Mcp-Session-Id, WWW-Authenticate');
    expect(headers.get('vary')).toBe('Origin');
  });

  test('a response that has begun, and a request that is no POST, stay as they are', async () => {
    const ask = await start(framework, (_request, response) => {
      response.write('begun ');
      try {
        requireScopes('admin');
      } catch {
        response.end('refused');
      }
    });
    expect(await (await ask('alice.read')).text()).toBe('begun refused');
    const get = await ask('alice.read', {}, {}, 'GET');
    expect([get.status, await get.text()]).toEqual([200, 'begun refused']);
  });

  test('concurrent callers are never taken for one another', async () => {
    const ask = await start(
      framework,
      (request, response) =>
        void wait((request.body as { ms: number }).ms).then(() =>
          response.json([getAuthInfo()?.subject, getAuthInfo() === getAuth(request), hasScopes('read')]),
        ),
      { operations: {}, before: [framework.json()] },
    );
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const body = { jsonrpc: '2.0', id: 1, method: 'ping', ms: index % 5 };
        const response = await ask(`user-${index % 20}.read`, body);
        return JSON.stringify(await response.json()) === JSON.stringify([`user-${index % 20}`, true, true]);
      }),
    );
    expect(answers).not.toContain(false);
  });
});

describe('with the official SDK, version 2', () => {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'x', version: '1.0.0' });
    server.registerTool('purge', {}, async () => {
      await wait(1);
      requireScopes('admin');
      return { content: [{ type: 'text', text: `purged by ${getAuthInfo()?.subject ?? 'nobody'}` }] };
    });
    return server;
  });
  const node = toNodeHandler(handler);

  test('[MCP-2026-07-28-RS-021] a tool is refused with 403 through toNodeHandler', async () => {
    const ask = await start(express, (request, response) => void node(request, response));
    const response = await ask('alice.read', purge, version1);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([403, challenge]);
    const allowed = await ask('alice.admin', purge, version1);
    expect([allowed.status, await allowed.text()]).toEqual([200, expect.stringContaining('purged by alice')]);
  });
});

describe('with the official SDK, version 1', () => {
  async function serve(options?: { enableJsonResponse: boolean }) {
    return start(express, (request, response, next) => {
      const server = new McpServerV1({ name: 'x', version: '1.0.0' });
      server.registerTool('purge', {}, async () => {
        await wait(1);
        requireScopes('admin');
        return { content: [{ type: 'text', text: 'purged' }] };
      });
      server.registerTool('whoami', {}, ({ authInfo }) => ({
        content: [{ type: 'text', text: JSON.stringify([authInfo?.clientId, authInfo === getAuthInfo()]) }],
      }));
      const transport = new StreamableHTTPServerTransport(options);
      server
        .connect(transport as Parameters<McpServerV1['connect']>[0])
        .then(() => transport.handleRequest(request, response))
        .catch(next);
    });
  }

  test('a tool learns from extra.authInfo who calls', async () => {
    const ask = await serve();
    const call = { ...purge, params: { name: 'whoami' } };
    const text = await (await ask('alice.read', call, version1)).text();
    expect(text).toContain(String.raw`"text":"[\"\",true]"`);
  });

  test.each([undefined, { enableJsonResponse: true }])(
    '[MCP-2026-07-28-RS-021] a tool is refused with 403: %j',
    async (options) => {
      const ask = await serve(options);
      const response = await ask('alice.read', purge, version1);
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([403, challenge]);
      const allowed = await ask('alice.admin', purge, version1);
      expect([allowed.status, await allowed.text()]).toEqual([200, expect.stringContaining('purged')]);
    },
  );
});
