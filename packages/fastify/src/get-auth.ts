import type { AuthInfo } from '@mcp-auth/core';
import { isAuthInfo } from '@mcp-auth/core/adapter';
import type { FastifyRequest } from 'fastify';

interface WithAuth {
  auth?: unknown;
}

/**
 * The caller of a request that passed `bearerAuth`, or nothing where no gate ran or anonymous access was permitted.
 *
 * The same object is at `request.auth`, and at `request.raw.auth`, where the official MCP SDK looks for it.
 *
 * @see {@link AuthInfo}
 * @example
 * ```ts
 * import { getAuth } from '@mcp-auth/fastify';
 * import type { FastifyRequest } from 'fastify';
 *
 * export const whoAmI = (request: FastifyRequest) => ({ caller: getAuth(request)?.subject });
 * ```
 */
export function getAuth(request: { readonly raw: object }): AuthInfo | undefined {
  const { auth } = request as { readonly raw: object } & WithAuth;
  return isAuthInfo(auth) ? auth : undefined;
}

export function attachAuth(request: FastifyRequest, auth: AuthInfo | undefined): void {
  (request as WithAuth).auth = auth;
  (request.raw as WithAuth).auth = auth;
}
