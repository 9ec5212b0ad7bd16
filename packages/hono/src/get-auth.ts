import type { AuthInfo } from '@mcp-auth/core';
import { isAuthInfo } from '@mcp-auth/core/adapter';
import type { Context } from 'hono';

/**
 * The caller of a request that passed `bearerAuth`, or nothing where no gate ran or anonymous access was permitted.
 *
 * The same object is at `c.get('auth')`.
 *
 * @see {@link AuthInfo}
 * @example
 * ```ts
 * import { getAuth } from '@mcp-auth/hono';
 * import type { Context } from 'hono';
 *
 * export const whoAmI = (c: Context) => c.json({ caller: getAuth(c)?.subject });
 * ```
 */
export function getAuth(context: Context): AuthInfo | undefined {
  const auth: unknown = context.get('auth');
  return isAuthInfo(auth) ? auth : undefined;
}
