import type { EventListener } from '../events/event.js';
import type { FetchFunction } from '../net/fetch-json.js';
import { authServerConfig, type AuthServerConfig } from './authorization-server.js';
import { either, list, object } from './check-options.js';
import { callable, number, oneOf, synchronous } from './kinds.js';
import { protectedResourceConfig, type ProtectedResourceConfig } from './protected-resource.js';
import { tokenCacheOptions, type TokenCacheOptions } from './token-cache-options.js';

/** What may be configured whatever is protected. */
export interface MCPAuthOptions {
  /**
   * Receives what happens: warnings, faults of authorization servers, rules that went wrong, denied requests. Default: all but the
   * last go to `console.warn`.
   */
  readonly onEvent?: EventListener | undefined;
  /**
   * Keeps what JWT verification has found about good tokens, so that a token that comes again costs next to nothing. Its times
   * and the key that signed it are looked at every time, and so is what a route asks for. `false` verifies every token in full
   * every time. Default: on, with the bounds of {@link TokenCacheOptions}.
   */
  readonly cache?: false | TokenCacheOptions | undefined;
  /**
   * Replaces the global `fetch` for metadata, key sets and introspection, for proxies and platforms that block self-fetches.
   * Default: the platform's.
   */
  readonly fetch?: FetchFunction | undefined;
  /**
   * Most memory, in bytes, for request bodies that are being read at a time to judge their operations, those of all routes
   * together; callers without a token may have a quarter of it. Beyond it the answer is 503 with `Retry-After`. Default:
   * 67108864 (64 MiB).
   */
  readonly bodyBudgetBytes?: number | undefined;
  /** Replaces the clock. Milliseconds since the epoch. For tests. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** Protected resources that publish their metadata (RFC 9728), as MCP demands from revision 2025-06-18 on. */
export interface ResourceServerModeConfig extends MCPAuthOptions {
  /** The resources this process protects: one, or several. Default: none, in legacy mode only. */
  readonly protectedResources: ProtectedResourceConfig | readonly ProtectedResourceConfig[];
  readonly server?: never;
}

/**
 * Legacy mode: one authorization server, for clients of MCP 2025-03-26, which know no protected resource metadata.
 *
 * Routes name an `audience` in place of a `resource`, and `delegatedRouter()` mirrors the metadata of the server. Clients of
 * later revisions are not told where to log in.
 */
export interface AuthServerModeConfig extends MCPAuthOptions {
  /**
   * Legacy mode: the authorization server whose tokens are accepted. Default: none, a resource names its own.
   *
   * @deprecated Configure `protectedResources: { metadata: { resource, authorizationServers: [server] } }`, mount
   * `protectedResourceMetadataRouter()` and give `resource` to `bearerAuth`.
   */
  readonly server: AuthServerConfig;
  readonly protectedResources?: never;
}

/** Configuration of MCP Auth: protected resources, or in legacy mode an authorization server. */
export type MCPAuthConfig = ResourceServerModeConfig | AuthServerModeConfig;

export const bodyBudgetBytes = number({ unit: 'bytes', min: 65_536, whole: true, default: 64 * 1024 * 1024 });

export const mcpAuthConfig = object<MCPAuthConfig>(
  {
    protectedResources: either(protectedResourceConfig, list(protectedResourceConfig)),
    server: authServerConfig,
    onEvent: callable(),
    cache: either(oneOf<false>([false]), object<TokenCacheOptions>(tokenCacheOptions)),
    bodyBudgetBytes,
    fetch: callable(),
    now: synchronous(),
  },
  {
    elsewhere: {
      resource: 'Write protectedResources: { metadata: { resource, authorizationServers } }.',
      authorizationServers: 'Write protectedResources: { metadata: { resource, authorizationServers } }.',
      metadata: 'Write protectedResources: { metadata }.',
    },
  },
);
