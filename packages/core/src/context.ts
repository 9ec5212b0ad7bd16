import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuthContext, AuthContextStore } from './context/auth-context.js';
import { MCPAuthConfigError } from './errors/config-error.js';
import type { AuthInfo } from './caller/auth-info.js';

const storage = new AsyncLocalStorage<AuthContextStore>();

/**
 * The async context of Node, Bun, Deno and Workers with `nodejs_compat`: pass it as a route's `asyncContext` option, and
 * {@link getAuthInfo} and {@link requireScopes} work in everything the route's requests start.
 *
 * @see {@link AuthContext}
 * @example
 * ```ts
 * import { authContext } from '@mcp-auth/core/context';
 * import { MCPAuth } from '@mcp-auth/express';
 *
 * const resource = 'https://api.example.com/mcp';
 * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
 * const auth = mcpAuth.bearerAuth('jwt', { resource, asyncContext: authContext });
 * ```
 */
export const authContext: AuthContext = { run: (store, callback) => storage.run(store, callback) };

/**
 * The caller of the request that led here; nothing where anonymous access was permitted, and outside of routes with the
 * `asyncContext` option.
 *
 * Does not check: whether the token is still current. It was when the request arrived.
 *
 * @see {@link AuthInfo}
 * @example
 * ```ts
 * import { getAuthInfo } from '@mcp-auth/core/context';
 *
 * export const whoAmI = () => getAuthInfo()?.subject ?? 'nobody';
 * ```
 */
export function getAuthInfo(): AuthInfo | undefined {
  return storage.getStore()?.auth;
}

/**
 * Returns when the caller's token covers all of these scopes, the hierarchy of the resource taken into account.
 *
 * Otherwise it throws, and that decides the request even where the error is caught: HTTP 403 with a challenge for all that
 * the request needs while the response has not begun; afterwards the error, whose message carries the same challenge, is
 * what the tool answers with. To ask without consequences, use {@link hasScopes}.
 *
 * @throws {MCPAuthInsufficientScopeError} `insufficient_scope`; `missing_credentials` for a caller without a token
 * @throws {MCPAuthConfigError} `unsupported_option` outside of routes with the `asyncContext` option; `invalid_scope`
 * @see RFC 6750 §3.1; MCP Authorization, Runtime Insufficient Scope Errors
 * @example
 * ```ts
 * import { requireScopes } from '@mcp-auth/core/context';
 *
 * export function deleteNote(id: string) {
 *   requireScopes('notes:write');
 *   return `${id} is deleted`;
 * }
 * ```
 */
export function requireScopes(...scopes: readonly [string, ...string[]]): void {
  getStore().requireScopes(scopes);
}

/**
 * Whether the caller's token covers all of these scopes, the hierarchy of the resource taken into account.
 *
 * @throws {MCPAuthConfigError} `unsupported_option` outside of routes with the `asyncContext` option; `invalid_scope`
 * @see RFC 6749 §3.3
 * @example
 * ```ts
 * import { hasScopes } from '@mcp-auth/core/context';
 *
 * export const mayWrite = () => hasScopes('notes:write');
 * ```
 */
export function hasScopes(...scopes: readonly [string, ...string[]]): boolean {
  return getStore().hasScopes(scopes);
}

/**
 * Resolves when the rules of the route (`operations`) let the caller do this as well: for a handler that does something else for its
 * caller, such as a tool that calls the tools it is told to.
 *
 * Otherwise it rejects. Scopes that are missing refuse the request as with {@link requireScopes}; all else is a tool error.
 *
 * Does not check: that `params` are what runs afterwards. Pass the values that you use.
 *
 * @param method - as in a request, for example `tools/call`
 * @param params - as in a request, for example `{ name, arguments }`
 * @throws {MCPAuthInsufficientScopeError} `insufficient_scope`; `missing_credentials` for a caller without a token
 * @throws {MCPAuthBearerAuthError} `unknown_operation`, `refused_operation`, `policy_denied`, `insufficient_user_authentication`,
 *   `missing_credentials`, `operation_failed`
 * @throws {PolicyUnavailableError} where a rule cannot be asked
 * @throws {MCPAuthConfigError} `unsupported_option` outside of routes with `asyncContext` and `operations`
 * @see {@link OperationPolicy}
 * @example
 * ```ts
 * import { requireOperation } from '@mcp-auth/core/context';
 *
 * export async function runAny(name: string, given: object, run: (name: string, given: object) => unknown) {
 *   await requireOperation('tools/call', { name, arguments: given });
 *   return run(name, given);
 * }
 * ```
 */
export async function requireOperation(method: string, params?: unknown): Promise<void> {
  await getStore().requireOperation(method, params);
}

/** Without a store nobody can say what the caller may do, and silence would pass for a yes. */
function getStore(): AuthContextStore {
  const store = storage.getStore();
  if (store !== undefined) return store;
  throw new MCPAuthConfigError(
    'unsupported_option',
    'asyncContext',
    'is missing on the route this code runs behind. Pass it: bearerAuth(…, { asyncContext: authContext }).',
  );
}
