import { serve } from '@hono/node-server';
import { getAuth, MCPAuth, type AuthInfo } from '@mcp-auth/hono';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/hono';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { Hono } from 'hono';

const resource = 'http://localhost:3000/mcp';
const authorizationServers = [{ issuer: 'https://auth.example.com' }];
const mcpAuth = new MCPAuth({ protectedResources: { metadata: { resource, authorizationServers } } });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, ({ http }) => {
    const { subject = 'nobody' } = http?.authInfo as AuthInfo;
    return { content: [{ type: 'text', text: subject }] };
  });
  return server;
});

const app = new Hono();
app.use(localhostHostValidation());
// Before the check of origins: pages of any origin may read where tokens come from
app.route('/', mcpAuth.protectedResourceMetadataRouter());
app.use(localhostOriginValidation());
app.all('/mcp', mcpAuth.bearerAuth('jwt', { resource }), (c) =>
  mcp.fetch(c.req.raw, { authInfo: getAuth(c) }),
);
serve({ fetch: app.fetch, port: 3000, hostname: '127.0.0.1' });
