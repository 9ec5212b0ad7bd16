import express from 'express';
import { fetchServerConfig, fetchServerConfigByWellKnownUrl, MCPAuth, type AuthServerConfig } from 'mcp-auth';

const issuer = 'https://auth.example.com';
const byHand: AuthServerConfig = {
  type: 'oidc',
  metadata: {
    issuer,
    authorizationEndpoint: `${issuer}/authorize`,
    tokenEndpoint: `${issuer}/token`,
    jwksUri: `${issuer}/keys`,
    responseTypesSupported: ['code'],
    codeChallengeMethodsSupported: ['S256'],
  },
};
const transpileData = (data: object) => ({ ...data, response_types_supported: ['code'] });
const forms: AuthServerConfig[] = [
  { issuer, type: 'oidc' },
  await fetchServerConfig(issuer, { type: 'oidc' }),
  await fetchServerConfig(issuer, { type: 'oidc', transpileData }),
  await fetchServerConfigByWellKnownUrl(`${issuer}/metadata`, { type: 'oidc', transpileData }),
  byHand,
];

const app = express();
for (const [index, server] of forms.entries()) {
  const resource = `https://api.example.com/notes/${index}`;
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [server] } },
  });
  app.use(mcpAuth.protectedResourceMetadataRouter());
  const route = { resource, audience: 'https://api.example.com/notes' };
  app.get(`/notes/${index}`, mcpAuth.bearerAuth('jwt', route), (request, response) => {
    response.json({ subject: request.auth?.subject });
  });
}
app.listen(3000);
