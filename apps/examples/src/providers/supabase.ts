import { MCPAuth } from '@mcp-auth/express';
import { supabase } from '@mcp-auth/express/providers';
import express from 'express';

const resource = 'https://api.example.com/mcp';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource,
      authorizationServers: [supabase({ projectDomain: 'abcdefghijklmnop.supabase.co', audience: resource })],
      scopesSupported: ['openid', 'email'],
    },
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post('/mcp', mcpAuth.bearerAuth(), ({ auth }, response) => {
  response.json({ client: auth?.clientId, scopes: auth?.scopes });
});
