import { mcp } from './basic-profiles.js';
import type { Profile, ProfileServer } from './profile.js';

const origin = 'https://mcp.example.com';
const metadataUrl = `${origin}/.well-known/oauth-protected-resource`;

function withLocalServer(identifier: string): Profile {
  const server: ProfileServer = { name: 'primary', discovery: 'by-hand', identifier, publish: true };
  return {
    resources: [{ resource: origin, metadataUrl, servers: [server] }],
    routes: [{ path: '/mcp', resource: origin }],
  };
}

function legacy(server: ProfileServer): Profile {
  return {
    resources: [],
    legacy: { server, audience: mcp },
    routes: [
      { path: '/mcp', audience: mcp },
      { path: '/scoped', audience: mcp, requiredScopes: ['notes:read'] },
    ],
  };
}

/** Documents of authorization servers at the origin of the MCP server: its own, or in legacy mode a mirrored one. */
export const documentProfiles = {
  'local-server': withLocalServer(origin),
  'local-server-path': withLocalServer(`${origin}/tenant`),
  legacy: legacy({ name: 'primary' }),
  'legacy-path': legacy({ name: 'secondary' }),
  'legacy-by-hand': legacy({
    name: 'primary',
    discovery: 'by-hand',
    identifier: 'https://as.example.com',
    keys: 'inline',
  }),
} as const satisfies Readonly<Record<string, Profile>>;
