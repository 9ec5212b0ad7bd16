import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { MCPAuth } from 'mcp-auth';

const resource = 'http://localhost:3000/mcp';
const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: { resource, authorizationServers: [{ issuer: 'https://auth.example.com', type: 'oauth' }] },
  },
});

function createServer(): McpServer {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, ({ authInfo }) => ({
    content: [{ type: 'text', text: authInfo?.subject ?? 'nobody' }],
  }));
  return server;
}

const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.all('/mcp', mcpAuth.bearerAuth('jwt', { resource }), async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
  await createServer().connect(transport);
  await transport.handleRequest(request, response);
});
app.listen(3000, '127.0.0.1');
