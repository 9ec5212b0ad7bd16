import { MCPAuth } from '@mcp-auth/express';
import { workos } from '@mcp-auth/express/providers';
import express from 'express';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource: 'https://api.example.com/mcp',
      authorizationServers: [workos({ authkitDomain: 'example.authkit.app' })],
      scopesSupported: ['openid', 'profile', 'email'],
    },
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post('/mcp', mcpAuth.bearerAuth({ requiredScopes: ['openid'] }), ({ auth }, response) => {
  response.json({ client: auth?.clientId, scopes: auth?.scopes });
});
