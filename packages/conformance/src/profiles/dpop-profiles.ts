import type { JsonObject } from '../json.js';
import { mcp, mcpResource, readRoute } from './basic-profiles.js';
import { goodAnswer } from './introspection-profiles.js';
import type { OpaqueToken, Profile, ProfileResource } from './profile.js';

/** Two secrets, as data. */
const secrets = ['the first secret of the conformance cases', 'the second secret of the conformance cases'];

const resource = {
  ...mcpResource,
  metadata: { scopesSupported: ['notes:read', 'notes:write'] },
  dpop: { mode: 'dpop-optional' },
} as const satisfies ProfileResource;

const routes = [readRoute] as const;

/** Opaque tokens, by what the server says of them. */
export const boundTokens = {
  'bound-opaque-token-of-the-holder': { ...goodAnswer, cnf: { jkt: '{holder}' }, token_type: 'DPoP' },
  'bound-opaque-token-called-bearer': { ...goodAnswer, cnf: { jkt: '{holder}' }, token_type: 'Bearer' },
  'bound-opaque-token-without-a-key': { ...goodAnswer, token_type: 'DPoP' },
  'plain-opaque-token-of-anybody': { ...goodAnswer, token_type: 'Bearer' },
} as const satisfies Readonly<Record<string, JsonObject>>;

/** What a function says of a good token. */
const report = {
  issuer: '{primary}',
  audience: mcp,
  clientId: 'client-1',
  subject: 'user-1',
  scopes: ['notes:read', 'notes:write'],
  expiresAt: { fromNow: 300 },
} as const satisfies JsonObject;

const holder = { cnf: { jkt: '{holder}' } } as const;

/** The same tokens, by what a function says of them; and what it may get wrong. */
const reportedTokens = {
  'bound-opaque-token-of-the-holder': { reports: { ...report, ...holder } },
  'bound-opaque-token-called-bearer': { reports: { ...report, claims: { ...holder, token_type: 'Bearer' } } },
  'bound-opaque-token-in-extra': { reports: { ...report, extra: holder } },
  'bound-opaque-token-without-a-key': { reports: { ...report, token_type: 'DPoP' } },
  'bound-opaque-token-by-another-name': { reports: { ...report, confirmation: { jkt: '{holder}' } } },
  'bound-opaque-token-by-another-claim': {
    reports: { ...report, claims: { confirmation: { jkt: '{holder}' } } },
  },
  'plain-opaque-token-of-anybody': { reports: report },
} as const satisfies Readonly<Record<string, OpaqueToken>>;

/** A server that is asked about opaque tokens. */
const askedResource = {
  ...resource,
  servers: [{ name: 'primary', introspection: { answers: boundTokens } }],
} as const satisfies ProfileResource;

/** Resources that take proofs of possession (RFC 9449). */
export const dpopProfiles = {
  dpop: { resources: [resource], routes },
  'dpop-two-routes': { resources: [resource], routes: [...routes, { ...readRoute, path: '/other' }] },
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
  'dpop-bearer-route': { resources: [resource], routes: [{ ...readRoute, dpop: 'bearer' }] },
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
    resources: [askedResource],
    routes: [{ ...readRoute, verifier: 'introspection' }],
  },
  'dpop-auto': { resources: [askedResource], routes: [{ ...readRoute, verifier: 'auto' }] },
  'dpop-function': {
    resources: [resource],
    routes: [{ ...readRoute, verifier: 'opaque-tokens' }],
    opaqueTokens: reportedTokens,
  },
} as const satisfies Readonly<Record<string, Profile>>;
