import { MCPAuth } from '@mcp-auth/hono';
import { Hono } from 'hono';

const mcpAuth = new MCPAuth({
  resource: 'https://mcp.example.com/mcp',
  authorizationServers: ['https://auth.example.com'],
});
const auth = mcpAuth.bearerAuth({
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

export const app = new Hono().route('/', mcpAuth.protectedResourceMetadataRouter());
// Your MCP server: mcp.fetch(c.req.raw, { authInfo: getAuth(c) })
app.all('/mcp', auth, async (c) => c.json({ judged: await c.req.json<unknown>() }));
