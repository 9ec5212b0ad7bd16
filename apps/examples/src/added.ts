import { authInfoOf, MCPAuth } from '@mcp-auth/express';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

// 1. Name the URL that clients use for your server, and who issues tokens for it
const resource = process.env['RESOURCE'] ?? 'http://localhost:3000/mcp';
const issuer = process.env['ISSUER'] ?? 'http://127.0.0.1:9400';
const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer] });

export const app = express();

// 2. Publish where tokens come from, before any check of origins
app.use(mcpAuth.protectedResourceMetadataRouter());

// 3. Let nobody pass without a token. It stands before the body parser, and covers all methods
app.use('/mcp', mcpAuth.bearerAuth());

// From here on, what you have
app.use(express.json());
app.post('/mcp', async (request, response) => {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (extra) => ({
    // 4. Where a tool wants to know who calls
    content: [{ type: 'text', text: authInfoOf(extra)?.subject ?? 'nobody' }],
  }));
  const transport = new StreamableHTTPServerTransport();
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});
