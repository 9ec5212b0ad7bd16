import type { AuthInfo } from '@mcp-auth/core';
import { isAuthInfo } from '@mcp-auth/core/adapter';

/**
 * The caller of a request that passed `protect`, or nothing where no gate ran or anonymous access was permitted.
 *
 * The same object is at `request.auth`.
 *
 * @see {@link AuthInfo}
 * @example
 * ```ts
 * import { getAuth } from '@mcp-auth/next';
 *
 * export const whoAmI = (request: Request) => Response.json({ caller: getAuth(request)?.subject });
 * ```
 */
export function getAuth(request: Request): AuthInfo | undefined {
  const { auth } = request as { readonly auth?: unknown };
  return isAuthInfo(auth) ? auth : undefined;
}

export function attachAuth(request: Request, auth: AuthInfo | undefined): void {
  // Defined, for Next.js hands a Proxy on
  Object.defineProperty(request, 'auth', { value: auth, configurable: true, writable: true });
}
