import { mcp, mcpResource } from './basic-profiles.js';
import type { Profile } from './profile.js';

const routes = [{ path: '/mcp', resource: mcp, requiredScopes: ['notes:read'] }] as const;

/** What pages in a browser meet. */
export const browserProfiles = {
  'cors-in-front': {
    resources: [mcpResource],
    routes,
    frontHeaders: [
      ['Access-Control-Allow-Origin', 'https://app.example.com'],
      ['Access-Control-Expose-Headers', 'Mcp-Session-Id'],
      ['Vary', 'Origin'],
    ],
  },
  'cors-for-one-origin': {
    resources: [{ ...mcpResource, corsOrigins: ['https://app.example.com'] }],
    routes,
  },
  'cors-for-all': { resources: [{ ...mcpResource, corsOrigins: '*' }], routes },
  'token-header': {
    resources: [{ ...mcpResource, tokenHeader: 'Cf-Access-Jwt-Assertion', corsOrigins: '*' }],
    routes,
  },
  'token-header-anonymous': {
    resources: [{ ...mcpResource, tokenHeader: 'Cf-Access-Jwt-Assertion' }],
    routes: [{ path: '/mcp', resource: mcp, operations: { methods: { 'tools/list': 'anonymous' } } }],
  },
} as const satisfies Readonly<Record<string, Profile>>;
