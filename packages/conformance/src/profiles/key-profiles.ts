import type { JsonObject } from '../json.js';
import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import type { Profile, ProfileKeys, ProfileRoute, ProfileServer } from './profile.js';

export const keyIssuer = 'https://mcp.example.com/keys';

const good = {
  subject: 'build-server',
  scopes: ['notes:read'],
  expiresAt: { fromNow: 300 },
} as const satisfies JsonObject;

/** What a function may say of a key that must not open anything, by what is wrong with it. */
export const badKeys = {
  'no-owner': { scopes: ['notes:read'], expiresAt: { fromNow: 300 } },
  'no-expiry': { subject: 'build-server', scopes: ['notes:read'] },
  expired: { ...good, expiresAt: { fromNow: -60 } },
  'other-audience': { ...good, audience: 'https://other.example.com/mcp' },
  'issuer-of-tokens': { ...good, issuer: '{primary}' },
  'claims-of-tokens': { ...good, claims: { iss: '{primary}' } },
  bound: { ...good, claims: { cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } } },
} as const satisfies Readonly<Record<string, JsonObject>>;

/** How a key of these cases is written. */
export function keyNamed(name: string): string {
  return `sk_5d41402abc4b2a76-${name}`;
}

const known: ProfileKeys['known'] = {
  [keyNamed('good')]: good,
  [keyNamed('without-scopes')]: { ...good, scopes: [] },
  // An owner may make an id from the digest of a key
  [keyNamed('digest')]: { ...good, claims: { jti: '9f86d081884c7d659a2feaa0c55ad015' } },
  ...Object.fromEntries(Object.entries(badKeys).map(([name, info]) => [keyNamed(name), info])),
};

const scoped = { requiredScopes: ['notes:read'] } as const;

function withKeys(
  keys: readonly ProfileKeys[],
  route: Partial<ProfileRoute> = scoped,
  server: ProfileServer = { name: 'primary' },
): Profile {
  return {
    resources: [{ resource: mcp, metadataUrl: mcpMetadataUrl, servers: [server] }],
    routes: [{ path: '/mcp', resource: mcp, keys, ...route }],
  };
}

const keys: ProfileKeys = { prefix: 'sk_', issuer: keyIssuer, known };
const operations = {
  tools: { search: ['notes:read'], write: ['notes:write'], retired: 'refuse', '*': 'refuse' },
} as const;

/** Routes that take keys next to tokens, and routes that do not demand all their scopes yet. */
export const keyProfiles = {
  keys: withKeys([keys]),
  'keys-kept': withKeys([{ ...keys, keptSeconds: 60 }]),
  'keys-opaque': withKeys([
    keys,
    {
      issuer: 'https://mcp.example.com/tickets',
      known: { 'ticket/with+all~signs_0002==': { clientId: 'kiosk', scopes: ['notes:read'] } },
      lifetimeWithoutExpirySeconds: 60,
    },
  ]),
  'keys-beside-introspection': withKeys(
    [keys],
    { ...scoped, verifier: 'auto' },
    { name: 'primary', introspection: { answers: { [keyNamed('asked')]: { active: true, aud: mcp } } } },
  ),
  'keys-limited': { ...withKeys([keys]), limits: { failedAttempts: { max: 2, windowSeconds: 60 } } },
  'keys-operations': withKeys([keys], { ...scoped, operations }),
  observed: withKeys([keys], { ...scoped, observeDays: { scopes: 3 } }),
  'observed-operations': withKeys([keys], {
    ...scoped,
    operations,
    observeDays: { scopes: 3, operations: 3 },
  }),
  'observed-rules-only': withKeys([keys], { ...scoped, operations, observeDays: { operations: 3 } }),
} as const satisfies Readonly<Record<string, Profile>>;
