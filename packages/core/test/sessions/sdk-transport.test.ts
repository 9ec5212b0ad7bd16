import { McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import type { FetchHandler } from '../../src/fetch.js';
import { createSessionRegistry } from '../../src/sessions/session-registry.js';
import { post, resource, serve, tokenOf, type Caller } from '../context/callers.js';
import { resultOf } from '../sdk/wires.js';

const alice = { subject: 'alice', clientId: 'c' };
const version = { 'mcp-protocol-version': '2025-11-25' };

/** A server with sessions, as the documentation shows it. */
function createHandler(maxSessions = 100): FetchHandler {
  const sessions = createSessionRegistry<WebStandardStreamableHTTPServerTransport>({
    maxSessions,
    onEvict: (transport) => void transport.close(),
  });
  const full = { jsonrpc: '2.0', id: null, error: { code: -32_000, message: 'Too many sessions' } };
  const unknown = { jsonrpc: '2.0', id: null, error: { code: -32_001, message: 'Session not found' } };
  return {
    fetch: async (request, { authInfo, parsedBody } = {}) => {
      const sessionId = request.headers.get('mcp-session-id') ?? undefined;
      const options = { ...(authInfo && { authInfo }), ...(parsedBody !== undefined && { parsedBody }) };
      if (sessionId !== undefined) {
        const transport = sessions.find(sessionId, authInfo);
        return transport?.handleRequest(request, options) ?? Response.json(unknown, { status: 404 });
      }
      if (!sessions.admits(authInfo)) {
        return Response.json(full, { status: 503, headers: { 'retry-after': '30' } });
      }
      const transport: WebStandardStreamableHTTPServerTransport =
        new WebStandardStreamableHTTPServerTransport({
          sessionIdGenerator: () => crypto.randomUUID(),
          onsessioninitialized: (id) => sessions.open(id, authInfo, transport),
          onsessionclosed: (id) => void sessions.close(id),
        });
      const server = new McpServer({ name: 'sessions', version: '1.0.0' });
      server.registerTool('whoami', {}, ({ http }) => ({
        content: [{ type: 'text', text: http?.authInfo?.token ?? '' }],
      }));
      await server.connect(transport);
      return transport.handleRequest(request, options);
    },
  };
}

const rpc = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 1, method, params });

function initialize(server: ReturnType<typeof serve>, caller: Caller): Promise<Response> {
  const clientInfo = { name: 'test', version: '1.0.0' };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
  return server.fetch(post(caller, rpc('initialize', params)));
}

async function open(server: ReturnType<typeof serve>, caller: Caller): Promise<string> {
  const response = await initialize(server, caller);
  await response.text();
  return response.headers.get('mcp-session-id')!;
}

test("[MCP-2025-11-25-RS-036] a session of the SDK's transport is for the caller who opened it alone", async () => {
  const server = serve(createHandler());
  const id = await open(server, alice);
  const call = (caller: Caller | undefined, session = id) =>
    server.fetch(
      post(caller, rpc('tools/call', { name: 'whoami' }), { ...version, 'mcp-session-id': session }),
    );

  expect((await call(undefined)).status).toBe(401);
  const refused = await call({ ...alice, subject: 'bob' });
  const unknown = await call(alice, crypto.randomUUID());
  expect([refused.status, unknown.status]).toEqual([404, 404]);
  expect(await refused.text()).toBe(await unknown.text());
  expect([...refused.headers]).toEqual([...unknown.headers]);

  const fields = { ...version, 'mcp-session-id': id, authorization: `Bearer ${tokenOf({ subject: 'bob' })}` };
  for (const method of ['GET', 'DELETE']) {
    const stream = await server.fetch(
      new Request(resource, { method, headers: { ...fields, accept: 'text/event-stream' } }),
    );
    expect([method, stream.status]).toEqual([method, 404]);
  }

  const refreshed = { ...alice, serial: 2 };
  const result = await resultOf(await call(refreshed));
  expect(result.content?.[0]?.text).toBe(tokenOf(refreshed));
});

test('a session that its owner closes is unknown from then on', async () => {
  const server = serve(createHandler());
  const id = await open(server, alice);
  const fields = { ...version, 'mcp-session-id': id, authorization: `Bearer ${tokenOf(alice)}` };
  const closed = await server.fetch(new Request(resource, { method: 'DELETE', headers: fields }));
  expect(closed.status).toBe(200);
  expect((await server.fetch(post(alice, rpc('ping'), fields))).status).toBe(404);
});

test('a full server asks a newcomer to come back, and goes on serving those who are there', async () => {
  const server = serve(createHandler(1));
  const id = await open(server, alice);
  const refused = await initialize(server, { ...alice, subject: 'bob' });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
  const fields = { ...version, 'mcp-session-id': id };
  expect((await server.fetch(post(alice, rpc('ping'), fields))).status).toBe(200);
});
