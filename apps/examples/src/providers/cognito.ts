import { MCPAuth } from '@mcp-auth/express';
import { cognito } from '@mcp-auth/express/providers';
import express from 'express';

const resource = 'https://api.example.com/mcp';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource,
      authorizationServers: [
        cognito({
          region: 'eu-central-1',
          userPoolId: 'eu-central-1_aBcDeFgHi',
          clientIds: ['7eexampleclient'],
          resourceServer: resource,
        }),
      ],
      scopesSupported: [`${resource}/read`],
    },
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post('/mcp', mcpAuth.bearerAuth({ requiredScopes: [`${resource}/read`] }), ({ auth }, response) => {
  response.json({ client: auth?.clientId, scopes: auth?.scopes });
});
