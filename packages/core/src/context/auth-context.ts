import type { AuthInfo } from '../caller/auth-info.js';

/**
 * Carries the caller to everything a request starts, so that handlers need no plumbing.
 *
 * `authContext` of the `context` entry is the implementation for Node, Bun, Deno and Workers with `nodejs_compat`. It is an
 * option of a route and not a default, because on Node 20 an async context makes every await of the process dearer.
 */
export interface AuthContext {
  /** Runs `callback`, and all it starts, with `store` at hand; returns what `callback` returns. */
  run<Result>(store: AuthContextStore, callback: () => Result): Result;
}

/** What the code behind a gate can learn and ask for during one request. */
export interface AuthContextStore {
  /** The caller; nothing where anonymous access was permitted. */
  readonly auth: AuthInfo | undefined;
  /** Whether the caller's token covers all of these scopes, the hierarchy of the resource taken into account. */
  hasScopes(scopes: readonly string[]): boolean;
  /**
   * Returns when the caller's token covers all of these scopes.
   *
   * @throws {MCPAuthInsufficientScopeError} otherwise; while the response has not begun the request is refused with it
   * @throws {MCPAuthConfigError} `invalid_scope` for something that is no scope
   */
  requireScopes(scopes: readonly string[]): void;
}
