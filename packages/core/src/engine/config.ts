import type { EventListener } from '../events/event.js';
import type { FetchFunction } from '../net/fetch-json.js';
import type { TokenCacheOptions } from '../options/token-cache-options.js';
import type { ProtectedResourceConfig } from '../resource/config.js';

/** Configuration of MCP Auth. */
export interface MCPAuthConfig {
  /** The resources this process protects: one, or several. */
  readonly protectedResources: ProtectedResourceConfig | readonly ProtectedResourceConfig[];
  /** Receives warnings, faults of authorization servers and refusals. Default: the first two go to `console.warn`. */
  readonly onEvent?: EventListener | undefined;
  /**
   * Keeps what JWT verification has found about good tokens, so that a token that comes again costs next to nothing. Its times
   * and the key that signed it are looked at every time, and so is what a route asks for. `false` verifies every token in full
   * every time. Default: on, with the bounds of {@link TokenCacheOptions}.
   */
  readonly cache?: false | TokenCacheOptions | undefined;
  /** Replaces the global `fetch` for metadata and key sets, for proxies and platforms that block self-fetches. */
  readonly fetch?: FetchFunction | undefined;
  /** Replaces the clock. Milliseconds since the epoch. For tests. */
  readonly now?: (() => number) | undefined;
}
