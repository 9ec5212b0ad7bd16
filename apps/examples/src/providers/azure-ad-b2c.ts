import { MCPAuth } from '@mcp-auth/express';
import { entraB2C } from '@mcp-auth/express/providers';
import express from 'express';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource: 'https://api.example.com/mcp',
      authorizationServers: [
        entraB2C({
          wellKnownUrl:
            'https://example.b2clogin.com/example.onmicrosoft.com/B2C_1_signin/v2.0/.well-known/openid-configuration',
          issuer: 'https://example.b2clogin.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0/',
          applicationId: '00001111-aaaa-2222-bbbb-3333cccc4444',
          applicationIdUri: 'https://example.onmicrosoft.com/mcp',
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
