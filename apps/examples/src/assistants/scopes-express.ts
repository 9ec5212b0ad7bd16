import { MCPAuth } from '@mcp-auth/express';
import express from 'express';

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

export const app = express().use(mcpAuth.protectedResourceMetadataRouter());
app.all('/mcp', auth, (request, response) => {
  // Your MCP server: handle(request, response, request.body)
  response.json({ judged: request.body as unknown });
});
