import express from 'express';
import { fetchServerConfig, MCPAuth } from 'mcp-auth';

const resource = 'https://api.example.com/notes';
const authServerConfig = await fetchServerConfig('https://auth.example.com', { type: 'oidc' });
const mcpAuth = new MCPAuth({
  protectedResources: [
    {
      metadata: {
        resource,
        authorizationServers: [authServerConfig],
        scopesSupported: ['read', 'write'],
      },
    },
  ],
});

const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.get(
  '/notes',
  mcpAuth.bearerAuth('jwt', {
    resource,
    audience: resource,
    requiredScopes: ['read'],
    jwtVerify: { clockTolerance: 60 },
    remoteJwkSet: { timeoutDuration: 10_000 },
  }),
  (request, response) => {
    response.json({ subject: request.auth?.subject });
  },
);
app.listen(3000);
