import { MCPAuth } from '@mcp-auth/express';
import { entraExternalId } from '@mcp-auth/express/providers';
import express from 'express';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource: 'https://api.example.com/mcp',
      authorizationServers: [
        entraExternalId({
          domain: 'example.ciamlogin.com',
          tenantId: 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
          applicationId: '00001111-aaaa-2222-bbbb-3333cccc4444',
          applicationIdUri: 'https://api.example.com/mcp',
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
