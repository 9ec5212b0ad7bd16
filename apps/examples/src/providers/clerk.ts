import { MCPAuth } from '@mcp-auth/express';
import { clerk } from '@mcp-auth/express/providers';
import express from 'express';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource: 'https://api.example.com/mcp',
      authorizationServers: [clerk({ domain: 'clerk.example.com' })],
      scopesSupported: ['read:notes', 'write:notes'],
    },
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post('/mcp', mcpAuth.bearerAuth({ requiredScopes: ['read:notes'] }), ({ auth }, response) => {
  response.json({ client: auth?.clientId, scopes: auth?.scopes });
});
