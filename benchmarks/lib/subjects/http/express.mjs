import { once } from 'node:events';
import { MCPAuth } from '@mcp-auth/express';
import { requireBearerAuth } from '@modelcontextprotocol/express';
import express from 'express';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import { MCPAuth as PublishedMCPAuth } from 'mcp-auth-published';
import { createSdkVerifier } from '../sdk-verifier.mjs';
import { bare, self } from './names.mjs';

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express knows error handlers by their four parameters
const answerError = (error, request, response, next) =>
  response
    .status(error.status ?? 500)
    .set(error.headers)
    .json({ error: error.code, error_description: error.message });

async function listen(...middleware) {
  const app = express();
  app.get('/mcp', ...middleware, (request, response) => response.json({ ok: true }));
  // For the peer that refuses by an error: the default handler would also write every refusal to the console
  app.use(answerError);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

/** Middleware of MCP Auth, and a no-op, for measurements without a network. */
export const middleware = {
  [bare]: () => (request, response, next) => {
    if (request.headers.authorization === 'nobody') response.status(401);
    next();
  },
  [self]: ({ issuer, jwks, resource, scope }) =>
    new MCPAuth({
      protectedResources: { metadata: { resource, authorizationServers: [{ metadata: { issuer }, jwks }] } },
    }).bearerAuth('jwt', { resource, requiredScopes: [scope] }),
};

/** Servers by subject; each listens and tells its port. */
export const httpSubjects = {
  [bare]: (setup) => listen(middleware[bare](setup)),
  [self]: (setup) => listen(middleware[self](setup)),
  'mcp-auth 0.2.0': ({ issuer, jwksUri, resource, scope }) => {
    const metadata = {
      ...{ issuer, jwksUri, authorizationEndpoint: `${issuer}/authorize`, tokenEndpoint: `${issuer}/token` },
      ...{ responseTypesSupported: ['code'], codeChallengeMethodsSupported: ['S256'] },
    };
    const mcpAuth = new PublishedMCPAuth({
      protectedResources: [{ metadata: { resource, authorizationServers: [{ type: 'oauth', metadata }] } }],
    });
    const jwtVerify = { typ: 'at+jwt', requiredClaims: ['exp'] };
    return listen(
      mcpAuth.bearerAuth('jwt', { resource, audience: resource, requiredScopes: [scope], jwtVerify }),
    );
  },
  'official SDK, jose verifier': ({ alg, issuer, jwksUri, resource, scope }) =>
    listen(
      requireBearerAuth({
        verifier: createSdkVerifier({ alg, issuer, jwksUri, resource }),
        requiredScopes: [scope],
        resourceMetadataUrl: 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp',
      }),
    ),
  'express-oauth2-jwt-bearer': ({ alg, issuer, jwksUri, resource, scope }) =>
    listen(
      auth({ issuer, jwksUri, audience: resource, tokenSigningAlg: alg, strict: true }),
      requiredScopes(scope),
    ),
};
