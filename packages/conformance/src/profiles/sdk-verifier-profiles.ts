import type { JsonObject } from '../json.js';
import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import type { OpaqueToken, Profile } from './profile.js';

/** What a verifier written for the official SDK's own gate reports: neither issuer nor audience. */
const report = {
  token: 'not looked at',
  clientId: 'client-1',
  scopes: ['notes:read'],
  expiresAt: { fromNow: 300 },
} satisfies JsonObject;

const reports = (members: JsonObject): OpaqueToken => ({ reports: { ...report, ...members } });
const withExtra = (extra: JsonObject) => reports({ extra: { sub: 'user-1', ...extra } });

const opaqueTokens = {
  'sdk-bare-0001': reports({}),
  'sdk-with-user-0002': withExtra({}),
  'sdk-agrees-0003': withExtra({ iss: '{primary}', aud: ['https://other.example.com', mcp] }),
  'sdk-other-issuer-0004': withExtra({ iss: '{foreign}' }),
  'sdk-second-issuer-0005': withExtra({ iss: '{secondary}' }),
  'sdk-other-audience-0006': withExtra({ aud: 'https://other.example.com' }),
  'sdk-no-audience-0007': withExtra({ aud: [] }),
  'sdk-other-resource-0008': reports({ resource: 'https://other.example.com/mcp' }),
  'sdk-bound-0009': withExtra({ cnf: { jkt: 'a' } }),
  'sdk-expired-0010': reports({ expiresAt: { fromNow: -600 } }),
  'sdk-expired-claim-0011': withExtra({ exp: { fromNow: -600 } }),
  'sdk-no-scope-0012': reports({ scopes: [] }),
  'sdk-inactive-0013': withExtra({ active: false }),
} satisfies Profile['opaqueTokens'];

const route = {
  path: '/mcp',
  resource: mcp,
  verifier: 'opaque-tokens',
  requiredScopes: ['notes:read'],
} as const;
const resources = [
  {
    resource: mcp,
    metadataUrl: mcpMetadataUrl,
    servers: [{ name: 'primary' }, { name: 'secondary' }],
  },
] as const;

/** Verifiers that were written for the official SDK, carried over. */
export const sdkVerifierProfiles = {
  'sdk-verifier': {
    resources,
    routes: [{ ...route, verifierChecks: { issuer: 'primary', audience: mcp } }],
    opaqueTokens,
  },
  'sdk-verifier-unsaid': { resources, routes: [route], opaqueTokens },
} satisfies Readonly<Record<string, Profile>>;
