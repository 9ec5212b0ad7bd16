import { MCPAuth } from '@mcp-auth/express';
import express from 'express';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource: 'https://api.example.com/mcp',
      authorizationServers: [{ issuer: 'https://example.logto.app/oidc', type: 'oidc' }],
      scopesSupported: ['read:notes', 'write:notes'],
    },
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post('/mcp', mcpAuth.bearerAuth({ requiredScopes: ['read:notes'] }), ({ auth }, response) => {
  response.json({ client: auth?.clientId, scopes: auth?.scopes });
});
