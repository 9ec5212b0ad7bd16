import { verifyBearerToken } from '@modelcontextprotocol/server';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import { createVerifier } from 'fast-jwt';
import buildGetJwks from 'get-jwks';
import { verifyWithJwks } from 'hono/jwt';
import { MCPAuth as PublishedMCPAuth } from 'mcp-auth-published';
import { callMiddleware } from './call-middleware.mjs';
import { self } from './http/names.mjs';
import { createDiscoveringSubject, inProcessSubjects } from './in-process.mjs';
import { requireScope } from './require-scope.mjs';
import { createSdkVerifier } from './sdk-verifier.mjs';

/**
 * Subjects that know the issuer and find its keys themselves: by its metadata where they can, else by a key set address.
 *
 * @type {Record<string, (setup: { alg: string, issuer: string, jwksUri: string, resource: string, scope: string }) =>
 *   (token: string) => unknown>}
 */
export const discoveringSubjects = {
  [self]: (setup) => {
    // The suite sets the clock forward, and this library takes its clock once
    const judge = createDiscoveringSubject({ now: () => Date.now() }).create(setup);
    return async (token) => judge(`Bearer ${token}`);
  },
  'mcp-auth 0.2.0': ({ issuer, resource, scope }) => {
    const authorizationServers = [{ issuer, type: 'oauth' }];
    const jwtVerify = { typ: 'at+jwt', requiredClaims: ['exp'] };
    const middleware = new PublishedMCPAuth({
      protectedResources: [{ metadata: { resource, authorizationServers } }],
    }).bearerAuth('jwt', { resource, audience: resource, requiredScopes: [scope], jwtVerify });
    return (token) => callMiddleware([middleware], `Bearer ${token}`);
  },
  'official SDK, jose verifier': ({ alg, issuer, jwksUri, resource, scope }) => {
    const verifier = createSdkVerifier({ alg, issuer, jwksUri, resource });
    return (token) => verifyBearerToken(`Bearer ${token}`, { verifier, requiredScopes: [scope] });
  },
  'express-oauth2-jwt-bearer': ({ alg, issuer, resource, scope }) => {
    const authenticate = auth({
      issuerBaseURL: issuer,
      audience: resource,
      tokenSigningAlg: alg,
      strict: true,
    });
    const middleware = [authenticate, requiredScopes(scope)];
    return (token) => callMiddleware(middleware, `Bearer ${token}`);
  },
  'fast-jwt with get-jwks': ({ alg, issuer, resource, scope }) => {
    const getJwks = buildGetJwks({ issuersWhitelist: [issuer], providerDiscovery: true });
    const verify = createVerifier({
      key: ({ header }) => getJwks.getPublicKey({ kid: header.kid, alg: header.alg, domain: issuer }),
      ...{ algorithms: [alg], allowedIss: issuer, allowedAud: resource, checkTyp: 'at+jwt' },
      requiredClaims: ['iss', 'aud', 'exp'],
    });
    return async (token) => requireScope(await verify(token), scope);
  },
  'hono/jwk with jwks_uri': ({ alg, issuer, jwksUri, resource, scope }) => {
    const verification = { iss: issuer, aud: resource, typ: 'at+jwt' };
    const options = { jwks_uri: jwksUri, allowedAlgorithms: [alg], verification };
    return async (token) => requireScope(await verifyWithJwks(token, options), scope);
  },
  oauth4webapi: (setup) => {
    const judge = inProcessSubjects.oauth4webapi.create(setup);
    return (token) => judge(`Bearer ${token}`);
  },
};
