import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import type { Profile } from './profile.js';

const resource = { resource: mcp, metadataUrl: mcpMetadataUrl, servers: [{ name: 'primary' }] } as const;
const routes = [{ path: '/mcp', resource: mcp, requiredScopes: ['notes:read'] }] as const;

/** What pages in a browser meet. */
export const browserProfiles = {
  'cors-in-front': {
    resources: [resource],
    routes,
    frontHeaders: [
      ['Access-Control-Allow-Origin', 'https://app.example.com'],
      ['Access-Control-Expose-Headers', 'Mcp-Session-Id'],
      ['Vary', 'Origin'],
    ],
  },
  'cors-for-one-origin': { resources: [{ ...resource, corsOrigins: ['https://app.example.com'] }], routes },
  'cors-for-all': { resources: [{ ...resource, corsOrigins: '*' }], routes },
  'token-header': {
    resources: [{ ...resource, tokenHeader: 'Cf-Access-Jwt-Assertion', corsOrigins: '*' }],
    routes,
  },
  'token-header-anonymous': {
    resources: [{ ...resource, tokenHeader: 'Cf-Access-Jwt-Assertion' }],
    routes: [{ path: '/mcp', resource: mcp, operations: { methods: { 'tools/list': 'anonymous' } } }],
  },
} as const satisfies Readonly<Record<string, Profile>>;
