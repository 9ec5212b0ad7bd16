import { serve } from '@hono/node-server';
import { authInfoOf, getAuth, MCPAuth } from '@mcp-auth/hono';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/hono';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { Hono } from 'hono';

const resource = 'http://localhost:3000/mcp';
const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});

const app = new Hono();
app.use(localhostHostValidation());
app.route('/', mcpAuth.protectedResourceMetadataRouter());
app.use(localhostOriginValidation());
app.all('/mcp', mcpAuth.bearerAuth(), (c) => mcp.fetch(c.req.raw, { authInfo: getAuth(c) }));
serve({ fetch: app.fetch, port: 3000, hostname: '127.0.0.1' });
