import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createSessionRegistry, getAuth, MCPAuth, type VerifyAccessToken } from '../src/index.js';

const issuer = 'https://as.example.com';
const resource = 'https://api.example.com/mcp';

const verify: VerifyAccessToken = (token) => {
  const [subject, clientId = ''] = token.split('.');
  return { issuer, subject, clientId, audience: resource, expiresAt: Date.now() / 1000 + 60 };
};

/** A server with sessions on version 1 of the official SDK, as the documentation shows it. */
function createApp(): express.Express {
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: () => undefined,
  });
  const sessions = createSessionRegistry<StreamableHTTPServerTransport>({ maxSessions: 10 });
  const app = express();
  app.all('/mcp', mcpAuth.bearerAuth(verify, { resource }), async (request, response) => {
    const auth = getAuth(request);
    const sessionId = request.get('mcp-session-id');
    if (sessionId !== undefined) {
      const found = sessions.find(sessionId, auth);
      if (found !== undefined) return found.handleRequest(request, response);
      const error = { code: -32_001, message: 'Session not found' };
      response.status(404).json({ jsonrpc: '2.0', id: null, error });
      return;
    }
    if (!sessions.admits(auth)) {
      const error = { code: -32_000, message: 'Too many sessions' };
      response.status(503).set('Retry-After', '30').json({ jsonrpc: '2.0', id: null, error });
      return;
    }
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id) => sessions.open(id, auth, transport),
      onsessionclosed: (id) => void sessions.close(id),
    });
    const server = new McpServer({ name: 'sessions', version: '1.0.0' });
    server.registerTool('whoami', {}, ({ authInfo }) => ({
      content: [{ type: 'text', text: `token ${authInfo?.token ?? ''}` }],
    }));
    await server.connect(transport);
    return transport.handleRequest(request, response);
  });
  return app;
}

test('[MCP-2025-11-25-RS-036] a session of the SDK, version 1, is for the caller who opened it alone', async () => {
  const server = createServer(createApp());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  const post = (token: string, body: object, session?: string) =>
    fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(session !== undefined && { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...body }),
    });
  try {
    const clientInfo = { name: 'test', version: '1.0.0' };
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const opened = await post('alice.app', { method: 'initialize', params });
    await opened.text();
    const session = opened.headers.get('mcp-session-id')!;
    const call = { method: 'tools/call', params: { name: 'whoami' } };
    for (const stranger of ['bob.app', 'alice.other']) {
      expect((await post(stranger, call, session)).status).toBe(404);
    }
    const refreshed = await post('alice.app.refreshed', call, session);
    expect([refreshed.status, await refreshed.text()]).toEqual([
      200,
      expect.stringContaining('token alice.app.refreshed'),
    ]);
  } finally {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
});
