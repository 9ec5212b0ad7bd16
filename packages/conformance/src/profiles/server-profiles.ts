import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import type { Profile, ProfileRoute, ProfileServer } from './profile.js';

function withServers(servers: readonly ProfileServer[], route: Partial<ProfileRoute> = {}): Profile {
  return {
    resources: [{ resource: mcp, metadataUrl: mcpMetadataUrl, servers }],
    routes: [{ path: '/mcp', resource: mcp, ...route }],
  };
}

/** How a resource trusts its authorization servers. */
export const serverProfiles = {
  'two-servers': withServers([{ name: 'primary' }, { name: 'secondary' }]),
  'openid-server': withServers([{ name: 'secondary' }]),
  'metadata-by-hand': withServers([{ name: 'primary', discovery: 'by-hand' }]),
  'inline-keys': withServers([
    { name: 'primary', discovery: 'by-hand', keys: 'inline', identifier: 'https://as.example.com' },
  ]),
  'other-token-issuer': withServers([{ name: 'primary', tokenIssuers: ['https://sts.example.com/'] }]),
  'other-audiences': withServers([{ name: 'primary', audiences: ['api://notes', 'urn:example:notes'] }]),
  'route-audience': withServers([{ name: 'primary' }], { audience: 'api://notes' }),
  'audiences-per-server': withServers([
    { name: 'primary', audiences: ['api://notes'] },
    { name: 'secondary', audiences: ['api://other'] },
  ]),
} as const satisfies Readonly<Record<string, Profile>>;
