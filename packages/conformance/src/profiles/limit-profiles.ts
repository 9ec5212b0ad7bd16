import { mcp, mcpResource } from './basic-profiles.js';
import type { Profile, ProfileLimits } from './profile.js';

const failedAttempts = { max: 2, windowSeconds: 60 } as const;
const proxies = ['127.0.0.1', '10.0.0.0/8'] as const;

function limited(limits: ProfileLimits, corsOrigins?: '*'): Profile {
  return {
    resources: [corsOrigins === undefined ? mcpResource : { ...mcpResource, corsOrigins }],
    routes: [{ path: '/mcp', resource: mcp, requiredScopes: ['notes:read'] }],
    limits,
  };
}

/** Two attempts may fail in a minute. */
export const limitProfiles = {
  limited: limited({ failedAttempts }),
  'limited-for-pages': limited({ failedAttempts }, '*'),
  'limited-behind-proxies': limited({ failedAttempts, proxies }),
  'limited-behind-forwarded': limited({ failedAttempts, proxies, proxyHeader: 'forwarded' }),
} as const satisfies Readonly<Record<string, Profile>>;
