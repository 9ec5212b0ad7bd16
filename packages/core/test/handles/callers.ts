import { AuthInfo, type AuthInfoInit } from '../../src/caller/auth-info.js';
import type { HandleOptions } from '../../src/handles/handle-options.js';
import type { Handles } from '../../src/handles/handles.js';
import type { MCPAuthEvent, ScopeHierarchy } from '../../src/index.js';
import { createAuth, issuer, resource } from '../context/callers.js';

export const secret = 'the first secret, which is long enough to be one';
export const older = 'the second secret, which was the first before it';

/** The caller that a gate makes of a good token. */
export function callerOf(init: Partial<AuthInfoInit> = {}): AuthInfo {
  return new AuthInfo({
    token: 'opaque',
    issuer,
    clientId: 'a-client',
    subject: 'alice',
    audience: resource,
    scopes: ['notes:read', 'notes:export'],
    expiresAt: 2_000_000_000,
    claims: {},
    resource,
    resourceMetadataUrl: undefined,
    ...init,
  });
}

export const alice = callerOf();
export const bob = callerOf({ subject: 'bob' });

interface Setup extends HandleOptions {
  readonly events?: MCPAuthEvent[];
  readonly scopeHierarchy?: ScopeHierarchy;
}

export function createHandles({ events, scopeHierarchy, ...options }: Setup = {}): Handles {
  const auth = createAuth({
    ...(events && { events }),
    ...(scopeHierarchy && { protectedResource: { scopeHierarchy } }),
  });
  return auth.handles({ secrets: [secret], ...options });
}
