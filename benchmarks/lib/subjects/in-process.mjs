import { verify as verifySignature } from 'node:crypto';
import { ResourceServer } from '@mcp-auth/core/adapter';
import { NodeRequestHead } from '@mcp-auth/core/node';
import { verifyBearerToken } from '@modelcontextprotocol/server';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import { createVerifier } from 'fast-jwt';
import buildGetJwks from 'get-jwks';
import { verifyWithJwks } from 'hono/jwt';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { MCPAuth as PublishedMCPAuth } from 'mcp-auth-published';
import { allowInsecureRequests, jwksCache, validateJwtAccessToken } from 'oauth4webapi';
import { callMiddleware } from './call-middleware.mjs';
import { inline, loopback, self } from './http/names.mjs';
import { requireScope } from './require-scope.mjs';
import { createSdkVerifier } from './sdk-verifier.mjs';

/**
 * @typedef {object} Setup
 * @property {string} alg
 * @property {string} issuer
 * @property {string} jwksUri
 * @property {object[]} jwks
 * @property {string} pem
 * @property {string} resource
 * @property {string} scope
 *
 * @typedef {object} Subject what verifies one token: signature, issuer, audience, expiry, type and one scope
 * @property {'header' | 'token'} takes what it is given: the value of the Authorization header, or the token alone
 * @property {string[]} [algorithms] the only ones it knows
 * @property {boolean} [isOnLoopback] whether its issuer is the one without TLS
 * @property {(setup: Setup) => (input: string) => unknown} create of a function that throws, or rejects, to refuse
 */

export { self };
export const cacheOff = `${self}, cache off`;
export const baseline = 'jose jwtVerify, local key set';

const fastJwt = (cache) => ({
  takes: 'token',
  create: ({ alg, issuer, pem, resource, scope }) => {
    const verify = createVerifier({
      key: pem,
      algorithms: [alg],
      allowedIss: issuer,
      allowedAud: resource,
      checkTyp: 'at+jwt',
      requiredClaims: ['iss', 'aud', 'exp'],
      cache,
    });
    return (token) => requireScope(verify(token), scope);
  },
});

/** The gate of MCP Auth without an adapter; `trusts` says how the authorization server is configured, `options` are further ones. */
const createGateSubject = (trusts, options = {}) => ({
  takes: 'header',
  create: (setup) => {
    const { resource, scope } = setup;
    const server = new ResourceServer({ resource, authorizationServers: [trusts(setup)], ...options });
    const gate = server.createGate({ requiredScopes: [scope] });
    const check = (decision) => {
      if (decision.kind !== 'allow') throw new Error(`refused with ${decision.status}`);
    };
    return (authorization) => {
      const request = {
        method: 'POST',
        url: '/mcp',
        headers: { authorization },
        rawHeaders: ['authorization', authorization],
      };
      const decision = gate.authenticate(new NodeRequestHead(request));
      return decision instanceof Promise ? decision.then(check) : check(decision);
    };
  },
});

const byIssuer = ({ issuer }) => ({ issuer });
const byKeys = ({ issuer, jwks }) => ({ metadata: { issuer }, jwks });

export const createDiscoveringSubject = (options) => createGateSubject(byIssuer, options);
export const createInlineSubject = (options) => createGateSubject(byKeys, options);

/** @type {Record<string, Subject>} */
export const inProcessSubjects = {
  [baseline]: {
    takes: 'token',
    create: ({ alg, issuer, jwks, resource, scope }) => {
      const keys = createLocalJWKSet({ keys: jwks });
      const options = {
        issuer,
        audience: resource,
        algorithms: [alg],
        typ: 'at+jwt',
        requiredClaims: ['exp'],
      };
      return async (token) => requireScope((await jwtVerify(token, keys, options)).payload, scope);
    },
  },
  [self]: createDiscoveringSubject(),
  [loopback]: { ...createDiscoveringSubject(), isOnLoopback: true },
  [inline]: createInlineSubject(),
  [cacheOff]: createDiscoveringSubject({ cache: false }),
  'mcp-auth 0.2.0': {
    takes: 'header',
    create: ({ issuer, resource, scope }) => {
      const authorizationServers = [{ issuer, type: 'oauth' }];
      const middleware = new PublishedMCPAuth({
        protectedResources: [{ metadata: { resource, authorizationServers } }],
      }).bearerAuth('jwt', {
        resource,
        audience: resource,
        requiredScopes: [scope],
        jwtVerify: { typ: 'at+jwt', requiredClaims: ['exp'] },
      });
      return (authorization) => callMiddleware([middleware], authorization);
    },
  },
  'official SDK, jose verifier': {
    takes: 'header',
    create: ({ alg, issuer, jwksUri, resource, scope }) => {
      const verifier = createSdkVerifier({ alg, issuer, jwksUri, resource });
      return (authorization) => verifyBearerToken(authorization, { verifier, requiredScopes: [scope] });
    },
  },
  'express-oauth2-jwt-bearer': {
    takes: 'header',
    create: ({ alg, issuer, resource, scope }) => {
      const authenticate = auth({
        issuerBaseURL: issuer,
        audience: resource,
        tokenSigningAlg: alg,
        strict: true,
      });
      const checkScope = requiredScopes(scope);
      return (authorization) => callMiddleware([authenticate, checkScope], authorization);
    },
  },
  'fast-jwt': fastJwt(false),
  'fast-jwt with its cache': fastJwt(true),
  'fast-jwt with get-jwks and its cache': {
    takes: 'token',
    algorithms: ['RS256', 'ES256'],
    create: ({ alg, issuer, resource, scope }) => {
      const getJwks = buildGetJwks({ issuersWhitelist: [issuer], providerDiscovery: true });
      const verify = createVerifier({
        key: ({ header }) => getJwks.getPublicKey({ kid: header.kid, alg: header.alg, domain: issuer }),
        algorithms: [alg],
        allowedIss: issuer,
        allowedAud: resource,
        checkTyp: 'at+jwt',
        requiredClaims: ['iss', 'aud', 'exp'],
        cache: true,
      });
      return async (token) => requireScope(await verify(token), scope);
    },
  },
  'hono/jwk, keys given': {
    takes: 'token',
    create: ({ alg, issuer, jwks, resource, scope }) => {
      const options = {
        keys: jwks,
        allowedAlgorithms: [alg],
        verification: { iss: issuer, aud: resource, typ: 'at+jwt' },
      };
      return async (token) => requireScope(await verifyWithJwks(token, options), scope);
    },
  },
  oauth4webapi: {
    takes: 'header',
    create: ({ alg, issuer, jwksUri, resource, scope }) => {
      const server = { issuer, jwks_uri: jwksUri };
      const options = {
        [allowInsecureRequests]: issuer.startsWith('http:'),
        [jwksCache]: {},
        signingAlgorithms: [alg],
      };
      return async (authorization) => {
        const request = new Request(resource, { headers: { authorization } });
        requireScope(await validateJwtAccessToken(server, request, resource, options), scope);
      };
    },
  },
};

/** A bare check of one signature, cut out and decoded beforehand: what no verifier can undercut without remembering. */
export function createBareVerify(key, token) {
  const [header, claims, signature] = token.split('.');
  const input = Buffer.from(`${header}.${claims}`);
  const bytes = Buffer.from(signature, 'base64url');
  const options = { key: key.publicKey, dsaEncoding: 'ieee-p1363' };
  return () => {
    if (!verifySignature(key.digest, input, options, bytes)) throw new Error('bad signature');
  };
}
