import type { JsonObject } from '../json.js';
import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import type { Profile, ProfileResource } from './profile.js';

/** Two secrets, as data. */
const secrets = ['the first secret of the conformance cases', 'the second secret of the conformance cases'];

const resource = {
  resource: mcp,
  metadataUrl: mcpMetadataUrl,
  servers: [{ name: 'primary' }],
  metadata: { scopesSupported: ['notes:read', 'notes:write'] },
  dpop: { mode: 'dpop-optional' },
} as const satisfies ProfileResource;

const routes = [{ path: '/mcp', resource: mcp, requiredScopes: ['notes:read'] }] as const;

const answer = {
  active: true,
  iss: '{primary}',
  aud: mcp,
  client_id: 'client-1',
  sub: 'user-1',
  scope: 'notes:read notes:write',
  exp: { fromNow: 300 },
  iat: { fromNow: -10 },
} as const satisfies JsonObject;

/** Opaque tokens, by what the server says of them. */
export const boundTokens = {
  'bound-opaque-token-of-the-holder': { ...answer, cnf: { jkt: '{holder}' }, token_type: 'DPoP' },
  'bound-opaque-token-called-bearer': { ...answer, cnf: { jkt: '{holder}' }, token_type: 'Bearer' },
  'bound-opaque-token-without-a-key': { ...answer, token_type: 'DPoP' },
  'plain-opaque-token-of-anybody': { ...answer, token_type: 'Bearer' },
} as const satisfies Readonly<Record<string, JsonObject>>;

/** Resources that take proofs of possession (RFC 9449). */
export const dpopProfiles = {
  dpop: { resources: [resource], routes },
  'dpop-two-routes': { resources: [resource], routes: [...routes, { ...routes[0], path: '/other' }] },
  'dpop-with-operations': {
    resources: [resource],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        operations: { tools: { read: ['notes:read'], admin: ['notes:admin'], '*': 'refuse' } },
      },
    ],
  },
  'dpop-required': {
    resources: [{ ...resource, dpop: { mode: 'dpop-required', algorithms: ['ES256'] } }],
    routes,
  },
  'dpop-bearer-route': { resources: [resource], routes: [{ ...routes[0], dpop: 'bearer' }] },
  'dpop-public-url': {
    resources: [
      { ...resource, dpop: { mode: 'dpop-optional', publicUrl: 'https://outside.example.com/notes/mcp' } },
    ],
    routes,
  },
  'dpop-nonce': {
    resources: [{ ...resource, corsOrigins: ['https://app.example.com'] }],
    routes,
    proofs: { nonceSecrets: secrets },
  },
  'dpop-few-proofs': { resources: [resource], routes, proofs: { maxPerKey: 2 } },
  'dpop-little-room': { resources: [resource], routes, proofs: { maxEntries: 1 } },
  'dpop-introspection': {
    resources: [{ ...resource, servers: [{ name: 'primary', introspection: { answers: boundTokens } }] }],
    routes: [{ ...routes[0], verifier: 'introspection' }],
  },
} as const satisfies Readonly<Record<string, Profile>>;
