import type { OperationPolicy } from '@mcp-auth/core';

/** Every request needs these. */
export const requiredScopes = ['notes:read'];

/** What single tools need as well. One that is not named here does not exist for anybody. */
export const operations: OperationPolicy = {
  tools: { 'list-notes': [], 'add-note': ['notes:write'], '*': 'refuse' },
};

/** The names this server may be addressed by, and whose pages may call it. On your own machine all names of it. */
export function hostnamesOf(resource: string): string[] {
  const { hostname } = new URL(resource);
  const local = ['localhost', '127.0.0.1', '[::1]'];
  return local.includes(hostname) ? local : [hostname];
}
