import { authInfoOf, MCPAuth } from '@mcp-auth/express';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import express from 'express';

const resource = 'http://localhost:3000/mcp';
const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});
const handle = toNodeHandler(mcp);

const app = express().use(localhostHostValidation(), mcpAuth.protectedResourceMetadataRouter());
app.use(localhostOriginValidation());
app.all('/mcp', mcpAuth.bearerAuth(), (request, response) => handle(request, response, request.body));
app.listen(3000, '127.0.0.1');
