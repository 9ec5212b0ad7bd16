import { authInfoOf, MCPAuth } from '@mcp-auth/next';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

const resource = 'http://localhost:3000/mcp';
const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});

/** In app/mcp/route.ts: `export const { GET, POST, DELETE } = route;` */
export const route = mcpAuth.protect(mcp);

/** In app/.well-known/oauth-protected-resource/[[...path]]/route.ts: `export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = metadata;` */
export const metadata = mcpAuth.protectedResourceMetadataRouter();
