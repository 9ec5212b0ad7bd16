import { once } from 'node:events';
import { MCPAuth } from '@mcp-auth/express';
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
  requireBearerAuth,
} from '@modelcontextprotocol/express';
import { OAuthError } from '@modelcontextprotocol/server';
import express from 'express';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import { MCPAuth as PublishedMCPAuth } from 'mcp-auth-published';
import { createSdkVerifier } from '../sdk-verifier.mjs';
import { bare, inline, ownVerifier, self } from './names.mjs';
import { byKeys, mapValues } from './own.mjs';

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express knows error handlers by their four parameters
const answerError = (error, request, response, next) =>
  response
    .status(error.status ?? 500)
    .set(error.headers)
    .json({ error: error.code, error_description: error.message });

async function listen(middleware, metadata = []) {
  const app = express();
  for (const router of metadata) app.use(router);
  app.get('/mcp', ...middleware, (request, response) => response.json({ ok: true }));
  // For the peer that refuses by an error: the default handler would also write every refusal to the console
  app.use(answerError);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

const create = (trusts) => (setup) => {
  const { resource, scope } = setup;
  const mcpAuth = new MCPAuth({ resource, authorizationServers: [trusts(setup)] });
  return { mcpAuth, middleware: mcpAuth.bearerAuth({ requiredScopes: [scope] }) };
};
const ours = { [self]: create(({ issuer }) => issuer), [inline]: create(byKeys) };

/** Middleware of MCP Auth, and none, for measurements without a network. */
export const middleware = {
  [bare]: () => (request, response, next) => next(),
  ...mapValues(ours, (prepare) => (setup) => prepare(setup).middleware),
};

/** The gate of the official SDK, as its README shows it. */
async function listenWithSdk({ issuer, resource, scope }, verifier) {
  const oauthMetadata = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json();
  const resourceServerUrl = new URL(resource);
  const protect = requireBearerAuth({
    verifier,
    requiredScopes: [scope],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resourceServerUrl),
  });
  return listen([protect], [mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl })]);
}

/** Servers by subject; each listens and tells its port. */
export const httpSubjects = {
  [bare]: () => listen([]),
  ...mapValues(ours, (prepare) => (setup) => {
    const { mcpAuth, middleware: protect } = prepare(setup);
    return listen([protect], [mcpAuth.protectedResourceMetadataRouter()]);
  }),
  'mcp-auth 0.2.0': ({ issuer, resource, scope }) => {
    const mcpAuth = new PublishedMCPAuth({
      protectedResources: [{ metadata: { resource, authorizationServers: [{ type: 'oauth', issuer }] } }],
    });
    const jwtVerify = { typ: 'at+jwt', requiredClaims: ['exp'] };
    const options = { resource, audience: resource, requiredScopes: [scope], jwtVerify };
    return listen([mcpAuth.bearerAuth('jwt', options)], [mcpAuth.protectedResourceMetadataRouter()]);
  },
  'official SDK, jose verifier': (setup) => listenWithSdk(setup, createSdkVerifier(setup)),
  [ownVerifier]: (setup) => {
    const { issuer, resource } = setup;
    const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer] });
    return listenWithSdk(setup, mcpAuth.verifier(resource, { OAuthError }));
  },
  'express-oauth2-jwt-bearer': ({ alg, issuer, resource, scope }) =>
    listen([
      auth({ issuerBaseURL: issuer, audience: resource, tokenSigningAlg: alg, strict: true }),
      requiredScopes(scope),
    ]),
};
