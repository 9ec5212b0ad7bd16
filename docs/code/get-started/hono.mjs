import { serve } from '@hono/node-server';
import { authInfoOf, getAuth, MCPAuth } from '@mcp-auth/hono';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/hono';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { Hono } from 'hono';

// Who issues tokens, and the URL that clients use for this server
const {
  ISSUER = 'http://127.0.0.1:9400',
  RESOURCE = 'http://localhost:3000/mcp',
  PORT = '3000',
} = process.env;

// 1. Name the resource, and the authorization servers it trusts
const mcpAuth = new MCPAuth({ resource: RESOURCE, authorizationServers: [ISSUER] });

// An MCP server with one tool, on the official SDK
const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: `You are ${authInfoOf(context)?.subject}.` }],
  }));
  return server;
});

const app = new Hono();
app.use(localhostHostValidation());

// 2. Publish where tokens come from. Pages of any origin may read that, so it stands before the check of origins
app.route('/', mcpAuth.protectedResourceMetadataRouter());
app.use(localhostOriginValidation());

// 3. Let nobody pass without a token for this resource
app.all('/mcp', mcpAuth.bearerAuth(), (c) => mcp.fetch(c.req.raw, { authInfo: getAuth(c) }));

serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' }, () =>
  console.log(`MCP server: ${RESOURCE}`),
);
