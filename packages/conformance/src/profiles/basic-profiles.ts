import type { Profile, ProfileResource, ProfileRoute } from './profile.js';

/** The resource of most profiles. */
export const mcp = 'https://mcp.example.com/mcp';
export const mcpMetadataUrl = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';

/** That resource, which trusts one authorization server. */
export const mcpResource = {
  resource: mcp,
  metadataUrl: mcpMetadataUrl,
  servers: [{ name: 'primary' }],
} as const satisfies ProfileResource;

/** A route to it, for those who may read. */
export const readRoute = {
  path: '/mcp',
  resource: mcp,
  requiredScopes: ['notes:read'],
} as const satisfies ProfileRoute;

const scopes = ['notes:read', 'notes:write'] as const;

function withRoute(route: Omit<ProfileRoute, 'path' | 'resource'> = {}): Profile {
  return { resources: [mcpResource], routes: [{ path: '/mcp', resource: mcp, ...route }] };
}

const scoped: Profile = {
  resources: [{ ...mcpResource, metadata: { scopesSupported: scopes } }],
  routes: [{ path: '/mcp', resource: mcp, requiredScopes: scopes }],
};

/** One resource at a path, one authorization server. */
export const basicProfiles = {
  single: withRoute(),
  scoped,
  'strict-type': withRoute({ jwtVerify: { typ: 'at+jwt' } }),
  'strict-claims': withRoute({
    jwtVerify: { typ: 'at+jwt', requiredClaims: ['sub', 'client_id', 'iat', 'jti'] },
  }),
  'one-algorithm': withRoute({ jwtVerify: { algorithms: ['RS256'] } }),
  'one-subject': withRoute({ jwtVerify: { subject: 'user-1' } }),
  'bounded-age': withRoute({ jwtVerify: { maxTokenAge: 600 } }),
  impatient: withRoute({ remoteJwkSet: { timeoutDuration: 200 } }),
  'no-stale-keys': withRoute({ remoteJwkSet: { staleMaxAge: 0 } }),
  detailed: withRoute({ showErrorDetails: true }),
  production: { ...scoped, nodeEnv: 'production' },
  development: { ...scoped, nodeEnv: 'development' },
  'opaque-tokens': {
    ...withRoute({ verifier: 'opaque-tokens', requiredScopes: ['notes:read'] }),
    opaqueTokens: {
      'opaque-good-0001': {
        issuer: 'primary',
        audience: mcp,
        scopes: ['notes:read'],
        subject: 'user-1',
        expiresIn: 300,
      },
      'opaque/with+all~signs_0002==': {
        issuer: 'primary',
        audience: [mcp],
        scopes: ['notes:read'],
        expiresIn: 300,
      },
      'opaque-foreign-issuer-0003': {
        issuer: 'foreign',
        audience: mcp,
        scopes: ['notes:read'],
        expiresIn: 300,
      },
      'opaque-other-audience-0004': {
        issuer: 'primary',
        audience: 'https://other.example.com/mcp',
        scopes: ['notes:read'],
        expiresIn: 300,
      },
      'opaque-no-audience-0005': { issuer: 'primary', scopes: ['notes:read'], expiresIn: 300 },
      'opaque-expired-0006': { issuer: 'primary', audience: mcp, scopes: ['notes:read'], expiresIn: -600 },
      'opaque-no-expiry-0007': { issuer: 'primary', audience: mcp, scopes: ['notes:read'] },
      'opaque-no-scope-0008': { issuer: 'primary', audience: mcp, expiresIn: 300 },
      'opaque-refused-0009': { throws: 'refusal' },
      'opaque-oauth-error-0010': { throws: 'oauth-error' },
      'opaque-outage-0011': { throws: 'outage' },
      'opaque-bug-0012': { throws: 'bug' },
      'opaque-throws-nothing-0013': { throws: 'value' },
      'opaque-throws-null-0014': { throws: 'value', value: null },
      'opaque-throws-zero-0015': { throws: 'value', value: 0 },
      'opaque-throws-empty-0016': { throws: 'value', value: '' },
      'opaque-throws-false-0017': { throws: 'value', value: false },
      'opaque-throws-route-0018': { throws: 'value', value: 'route' },
      'opaque-throws-router-0019': { throws: 'value', value: 'router' },
      'opaque-throws-object-0020': { throws: 'value', value: { status: 200 } },
      'opaque-throws-status-0021': { throws: 'error', members: { status: 200 } },
      'opaque-throws-status-code-0022': { throws: 'error', members: { statusCode: '204' } },
      'opaque-throws-cause-0023': { throws: 'error', members: { cause: { status: 200 } } },
      'opaque-throws-unauthorized-0025': { throws: 'error', members: { status: 401 } },
      'opaque-throws-null-status-0024': { throws: 'error', members: { status: null } },
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;
