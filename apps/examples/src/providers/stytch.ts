import { MCPAuth } from '@mcp-auth/express';
import { stytch } from '@mcp-auth/express/providers';
import express from 'express';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource: 'https://api.example.com/mcp',
      authorizationServers: [
        stytch({
          domain: 'example.customers.stytch.dev',
          projectId: 'project-live-6c20cd16-73d5-44f7-852c-9a7e7b2ccf62',
        }),
      ],
      scopesSupported: ['read:notes', 'write:notes'],
    },
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post('/mcp', mcpAuth.bearerAuth({ requiredScopes: ['read:notes'] }), ({ auth }, response) => {
  response.json({ client: auth?.clientId, scopes: auth?.scopes });
});
