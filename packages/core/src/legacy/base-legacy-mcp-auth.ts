import type { RevocationResult, RevocationTarget } from '../config/revocation-target.js';
import { type AdapterInterfaceVersion, checkInterfaceVersion } from '../engine/interface-version.js';
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
 *   static override readonly interfaceVersion = 1;
 *
 *   bearerAuth(audience: string) {
 *     return this.engine.createGateFor(readRoute('jwt', { audience }));
 *   }
 * }
 * ```
 */
export abstract class BaseLegacyMCPAuth {
  /** For adapters: the version of the adapter interface that they were written for, as a number of their own. */
  static readonly interfaceVersion: AdapterInterfaceVersion | undefined = undefined;

  /** For adapters of this project: the release that a class came with; one of another release than the core is warned of. */
  static readonly release: Release = coreRelease;

  /** For adapters: the framework that is installed; one that the adapter was never tested with is warned of. */
  static readonly framework: FrameworkRelease | undefined = undefined;

  /** For adapters: what makes gates, and the mirrored metadata. */
  protected readonly engine: LegacyServer;

  /** @throws {MCPAuthConfigError} with the path of the wrong option and how to fix it */
  constructor(config: LegacyMCPAuthConfig) {
    checkInterfaceVersion(new.target);
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
   * Refuses tokens with 401 from now on, and ends their open streams: those of one subject or client that were issued up to now, or one
   * token by its identifier. In this process, and with `stores.revocations` in all others within a second; else call it in each.
   *
   * Revoke at the authorization server first: a refresh token gets its client a new access token, which is accepted. A client of a tool
   * that is left to finish (`streams`) still gets its answer.
   *
   * Checks: tokens that are remembered and tokens that were asked about too. A token without `iat` of such a subject or client is refused,
   * for it may be an old one. Does not check: that there is such a subject, client or token.
   *
   * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
   * @throws {MCPAuthRevocationError} `too_many_revocations`: the list is full; `unknown_issue_time`: tokens of this issuer have no
   *   `iat`, and can be revoked by `tokenId` alone. Nothing was revoked then
   * @see RFC 7009 §2.1
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/legacy';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   *
   * export const lockOut = (subject: string) => mcpAuth.revoke({ issuer: 'https://auth.example.com', subject });
   * ```
   */
  revoke(target: RevocationTarget): Promise<RevocationResult> {
    return this.engine.revoke(target);
  }

  /**
   * Ends what runs on its own, for a process that shuts down and for tests: timers, fetches, and open streams, whose clients are told to
   * come back. What the log has summed up is printed.
   *
   * Does not end: other requests. Routes go on with the keys that are there, fetch nothing more, and end each stream as it opens, so
   * have the server take no new connections first.
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
