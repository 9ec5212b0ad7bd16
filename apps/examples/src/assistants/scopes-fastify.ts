import { MCPAuth } from '@mcp-auth/fastify';
import Fastify from 'fastify';

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

export const app = Fastify();
await app.register(mcpAuth.protectedResourceMetadataRouter());
// Your MCP server: handle(request.raw, reply.hijack().raw, request.body)
app.all('/mcp', auth, (request) => ({ judged: request.body }));
