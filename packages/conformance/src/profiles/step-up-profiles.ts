import type { JsonObject } from '../json.js';
import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import type { Profile } from './profile.js';

const gold = { acrValues: ['gold', 'silver'], maxAgeSeconds: 900 };

const answer: JsonObject = {
  active: true,
  iss: '{primary}',
  aud: mcp,
  client_id: 'client-1',
  sub: 'user-1',
  scope: 'notes:read',
  token_type: 'Bearer',
  exp: { fromNow: 300 },
};

/** Logins that a route, and rules for operations, demand (RFC 9470). */
export const stepUpProfiles = {
  'step-up': {
    resources: [{ resource: mcp, metadataUrl: mcpMetadataUrl, servers: [{ name: 'primary' }] }],
    routes: [
      { path: '/mcp', resource: mcp, requiredScopes: ['notes:read'], requiredAuthentication: gold },
      { path: '/now', resource: mcp, requiredAuthentication: { maxAgeSeconds: 0 } },
    ],
  },
  'step-up-bound': {
    resources: [
      {
        resource: mcp,
        metadataUrl: mcpMetadataUrl,
        servers: [{ name: 'primary' }],
        dpop: { mode: 'dpop-optional' },
      },
    ],
    routes: [{ path: '/mcp', resource: mcp, requiredScopes: ['notes:read'], requiredAuthentication: gold }],
  },
  'step-up-rules': {
    resources: [{ resource: mcp, metadataUrl: mcpMetadataUrl, servers: [{ name: 'primary' }] }],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: ['notes:read'],
        operations: {
          tools: {
            search: 'anonymous',
            write: { allOf: ['notes:write'], authentication: gold },
            sign: { authentication: { acrValues: ['gold'] } },
            '*': [],
          },
        },
      },
    ],
  },
  'step-up-introspection': {
    resources: [
      {
        resource: mcp,
        metadataUrl: mcpMetadataUrl,
        servers: [
          {
            name: 'primary',
            introspection: {
              answers: {
                'opaque-weak-0001': { ...answer, acr: 'bronze', auth_time: { fromNow: -60 } },
                'opaque-good-0001': { ...answer, acr: 'gold', auth_time: { fromNow: -60 } },
                'opaque-mute-0001': answer,
              },
            },
          },
        ],
      },
    ],
    routes: [{ path: '/mcp', resource: mcp, verifier: 'introspection', requiredAuthentication: gold }],
  },
} as const satisfies Readonly<Record<string, Profile>>;
