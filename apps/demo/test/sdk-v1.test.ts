import { AuthInfo, MCPAuth } from '@mcp-auth/express';
import { listen } from '@mcp-auth/app-sample-kit';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { startAuthorizationServer } from '../src/authorization-server/authorization-server.js';

function createServer(): McpServer {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool(
    'greet',
    { description: 'Greets the caller.', inputSchema: { greeting: z.string() } },
    ({ greeting }, { authInfo }) => {
      // The same object, not a copy in the shape of the SDK
      const subject = authInfo instanceof AuthInfo ? authInfo.subject : undefined;
      return { content: [{ type: 'text', text: `${greeting}, ${subject ?? 'stranger'}` }] };
    },
  );
  return server;
}

it('gives a tool handler of SDK version 1 its caller in the second argument', async () => {
  const authorizationServer = await startAuthorizationServer(0);
  const app = express();
  const server = await listen(app, 0, '127.0.0.1');
  const resource = `http://127.0.0.1:${server.port}/mcp`;
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers: [{ issuer: authorizationServer.issuer }] },
    },
  });
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), async (request, response) => {
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    await createServer().connect(transport);
    await transport.handleRequest(request, response);
  });

  const connect = async (headers: Record<string, string>): Promise<Client> => {
    const client = new Client({ name: 'test', version: '1.0.0' });
    const transport = new StreamableHTTPClientTransport(new URL(resource), { requestInit: { headers } });
    await client.connect(transport);
    return client;
  };
  try {
    await expect(connect({})).rejects.toMatchObject({ code: 401 });

    const claims = { audience: resource, subject: 'alice', scopes: [], expiresInSeconds: 60 };
    const client = await connect({ authorization: `Bearer ${await authorizationServer.sign(claims)}` });
    const answer = await client.callTool({ name: 'greet', arguments: { greeting: 'Hello' } });
    expect(answer.content).toEqual([{ type: 'text', text: 'Hello, alice' }]);
    await client.close();
  } finally {
    await server.close();
    await authorizationServer.close();
  }
});
