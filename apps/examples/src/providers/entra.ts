import { MCPAuth } from '@mcp-auth/express';
import { entra } from '@mcp-auth/express/providers';
import express from 'express';

const resource = 'https://api.example.com/mcp';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource,
      authorizationServers: [
        entra({
          tenantId: 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
          applicationId: '00001111-aaaa-2222-bbbb-3333cccc4444',
          applicationIdUri: resource,
        }),
      ],
      scopesSupported: ['read', 'write'],
    },
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post('/mcp', mcpAuth.bearerAuth({ requiredScopes: ['read'] }), ({ auth }, response) => {
  response.json({ client: auth?.clientId, scopes: auth?.scopes });
});
