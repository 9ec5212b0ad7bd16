import type { JsonObject } from '../json.js';
import { mcp, mcpResource, readRoute } from './basic-profiles.js';
import { goodAnswer } from './introspection-profiles.js';
import type { Profile } from './profile.js';

const gold = { acrValues: ['gold', 'silver'], maxAgeSeconds: 900 };

const answer: JsonObject = { ...goodAnswer, scope: 'notes:read' };

/** Logins that a route, and rules for operations, demand (RFC 9470). */
export const stepUpProfiles = {
  'step-up': {
    resources: [mcpResource],
    routes: [
      { ...readRoute, requiredAuthentication: gold },
      { path: '/now', resource: mcp, requiredAuthentication: { maxAgeSeconds: 0 } },
    ],
  },
  'step-up-bound': {
    resources: [{ ...mcpResource, dpop: { mode: 'dpop-optional' } }],
    routes: [{ ...readRoute, requiredAuthentication: gold }],
  },
  'step-up-rules': {
    resources: [mcpResource],
    routes: [
      {
        ...readRoute,
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
        ...mcpResource,
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
