import { MCPAuth } from '@mcp-auth/express';
import { zitadel } from '@mcp-auth/express/providers';
import express from 'express';

const project = '344374183645413380';
const scope = `urn:zitadel:iam:org:project:id:${project}:aud`;

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource: 'https://api.example.com/mcp',
      authorizationServers: [
        {
          ...zitadel({ domain: 'example.zitadel.cloud', projectId: project }),
          introspection: {
            clientAuthentication: {
              method: 'client_secret_basic',
              clientId: process.env.ZITADEL_API_CLIENT_ID ?? '345377791925026818',
              clientSecret: process.env.ZITADEL_API_CLIENT_SECRET ?? 'not set',
            },
          },
        },
      ],
      scopesSupported: ['openid', scope],
    },
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post('/mcp', mcpAuth.bearerAuth('introspection', { requiredScopes: [scope] }), ({ auth }, response) => {
  response.json({ client: auth?.clientId, scopes: auth?.scopes });
});
