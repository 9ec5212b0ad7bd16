import { MCPAuth } from '@mcp-auth/next';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

const mcpAuth = new MCPAuth({
  resource: 'https://mcp.example.com/mcp',
  authorizationServers: ['https://auth.example.com'],
});
const mcp = createMcpHandler(() => new McpServer({ name: 'notes', version: '1.0.0' }));

/** In app/mcp/route.ts: `export const { GET, POST, DELETE } = route;` */
export const route = mcpAuth.protect(mcp, {
  requiredScopes: ['notes:read'],
  operations: {
    tools: {
      'read-note': [],
      'add-note': ['notes:write'],
      // With a second factor, in the last 15 minutes
      'delete-all': {
        allOf: ['notes:write'],
        authentication: { acrValues: ['urn:example:mfa'], maxAgeSeconds: 900 },
      },
      '*': 'refuse',
    },
  },
});
