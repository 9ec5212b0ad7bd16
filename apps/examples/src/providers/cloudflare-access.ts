import { getAuth, MCPAuth } from '@mcp-auth/express';
import { cloudflareAccess } from '@mcp-auth/express/providers';
import express from 'express';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource: 'https://api.example.com/mcp',
      authorizationServers: [
        cloudflareAccess({
          teamDomain: 'example.cloudflareaccess.com',
          audienceTag: '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228',
        }),
      ],
    },
    tokenHeader: 'cf-access-jwt-assertion',
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post('/mcp', mcpAuth.bearerAuth(), (request, response) => {
  const auth = getAuth(request);
  response.json({ subject: auth?.subject, email: auth?.claims.email });
});
