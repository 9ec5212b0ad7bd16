import type { AuthInfo } from '@mcp-auth/core';
import { isAuthInfo } from '@mcp-auth/core/adapter';
import type { Request } from 'express';

/**
 * The caller of a request that passed `bearerAuth`, or nothing where no gate ran or anonymous access was permitted.
 *
 * The same object is at `request.auth`, where the official MCP SDK looks for it.
 *
 * @see {@link AuthInfo}
 * @example
 * ```ts
 * import { getAuth } from '@mcp-auth/express';
 * import type { RequestHandler } from 'express';
 *
 * export const whoAmI: RequestHandler = (request, response) => {
 *   response.json({ caller: getAuth(request)?.subject });
 * };
 * ```
 */
export function getAuth(request: Request): AuthInfo | undefined {
  const { auth } = request as { readonly auth?: unknown };
  return isAuthInfo(auth) ? auth : undefined;
}

export function attachAuth(request: Request, auth: AuthInfo | undefined): void {
  (request as { auth?: AuthInfo | undefined }).auth = auth;
}
