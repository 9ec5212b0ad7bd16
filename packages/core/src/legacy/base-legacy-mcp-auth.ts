import { coreRelease, type FrameworkRelease, type Release } from '../engine/release.js';
import type { LegacyMCPAuthConfig } from './legacy-config.js';
import { LegacyServer } from './legacy-server.js';

/**
 * What the `MCPAuth` of every adapter's legacy entry offers, in addition to the router and the middleware of its framework.
 *
 * @see MCP 2025-03-26, Authorization, Server Metadata Discovery
 * @example
 * ```ts
 * import { readRoute } from '@mcp-auth/core/adapter';
 * import { BaseLegacyMCPAuth } from '@mcp-auth/core/legacy';
 *
 * export class MCPAuth extends BaseLegacyMCPAuth {
 *   bearerAuth(audience: string) {
 *     return this.engine.createGateFor(readRoute('jwt', { audience }));
 *   }
 * }
 * ```
 */
export abstract class BaseLegacyMCPAuth {
  /** For adapters of this project: the release that a class came with; one of another release than the core is warned of. */
  static readonly release: Release = coreRelease;

  /** For adapters: the framework that is installed; one that the adapter was never tested with is warned of. */
  static readonly framework: FrameworkRelease | undefined = undefined;

  /** For adapters: what makes gates, and the mirrored metadata. */
  protected readonly engine: LegacyServer;

  /** @throws {MCPAuthConfigError} with the path of the wrong option and how to fix it */
  constructor(config: LegacyMCPAuthConfig) {
    this.engine = new LegacyServer(config, new.target);
  }

  /**
   * Resolves when the metadata, keys and introspection credentials that the routes need are there.
   *
   * @throws {MCPAuthAuthServerError} the first failure; requests recover on their own, this call may be repeated
   * @see RFC 8414 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/legacy';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   * await mcpAuth.ready();
   * ```
   */
  ready(): Promise<void> {
    return this.engine.ready();
  }

  /**
   * Ends what runs on its own, for a process that shuts down and for tests: timers and fetches. What the log has summed up is printed.
   *
   * Does not end: requests. Routes go on with the keys that are there and fetch nothing more, so stop the server first.
   *
   * @see {@link ready}
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/legacy';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   * await mcpAuth.close();
   * ```
   */
  close(): Promise<void> {
    return this.engine.close();
  }
}
