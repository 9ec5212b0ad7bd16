import {
  guardMethods,
  readRoute,
  type ModeOrOptions,
  type OptionsFor,
  type Release,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import { BaseLegacyMCPAuth, type LegacyMCPAuthConfig, type LegacyOptionsFor } from '@mcp-auth/core/legacy';
import type { FastifyPluginCallback } from 'fastify';
import { createPlugin, createRouteNet } from './plugin.js';
import type { RouteNet } from './route-net.js';
import type { BearerAuthRouteOptions } from './route-options.js';
import manifest from '../package.json' with { type: 'json' };

export type { LegacyMCPAuthConfig, LegacyOptions, LegacyOptionsFor } from '@mcp-auth/core/legacy';

/**
 * Legacy mode for Fastify 5: for clients of MCP 2025-03-26.
 *
 * @deprecated Use `MCPAuth` of `@mcp-auth/fastify` with `{ resource, authorizationServers }`: clients of later revisions find the
 * server through the metadata of the resource, and strict ones refuse a foreign issuer at this origin.
 * @see MCP 2025-03-26, Authorization, Server Metadata Discovery
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/fastify/legacy';
 * import fastify from 'fastify';
 *
 * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
 *
 * await fastify().register(mcpAuth.delegatedRouter());
 * ```
 */
export class MCPAuth extends BaseLegacyMCPAuth {
  /** The adapter interface that this was written for. */
  static override readonly interfaceVersion = 1;

  /** What a core of another release warns with, once, when an object is made. */
  static override readonly release: Release = { name: manifest.name, version: manifest.version };

  readonly #net: RouteNet;

  /** @throws {MCPAuthConfigError} with the path of the wrong option and how to fix it */
  constructor(config: LegacyMCPAuthConfig) {
    super(config);
    this.#net = createRouteNet(this.engine.events);
  }

  static {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its own name
    guardMethods(MCPAuth, {
      delegatedRouter: 'await app.register(mcpAuth.delegatedRouter())',
      bearerAuth: "app.post('/mcp', mcpAuth.bearerAuth('jwt', { audience }), handler)",
    });
  }

  /**
   * A plugin that mirrors the metadata of the authorization server at `/.well-known/oauth-authorization-server`. Register it
   * before the routes, without a prefix.
   *
   * It also looks at every route that is made after it, and puts back hooks of `bearerAuth` that got lost among the options of the
   * route; routes with `operations` answer 500 without it.
   *
   * @see RFC 8414 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/fastify/legacy';
   * import fastify from 'fastify';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   *
   * await fastify().register(mcpAuth.delegatedRouter());
   * ```
   */
  delegatedRouter(): FastifyPluginCallback {
    return createPlugin(this.engine.mirror, this.#net, 'delegatedRouter()');
  }

  /**
   * Route options that let a request pass only with an access token for `options.audience`; see `getAuth` for the caller.
   *
   * Checks: credentials, token, audience and required scopes, before the body is read. Does not check: Origin and Host, which belong to the
   * official SDK or the application.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   * @see RFC 6750 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/fastify/legacy';
   * import fastify from 'fastify';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   *
   * const auth = mcpAuth.bearerAuth('jwt', { audience: 'https://api.example.com' });
   * fastify().post('/mcp', auth, () => ({}));
   * ```
   */
  bearerAuth<Mode extends VerificationMode>(
    mode: Mode,
    options: LegacyOptionsFor<Mode>,
  ): BearerAuthRouteOptions;
  /** Route options that let a request pass only with a JWT for `options.audience`; see `getAuth` for the caller. */
  bearerAuth(options: LegacyOptionsFor<'jwt'>): BearerAuthRouteOptions;
  bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): BearerAuthRouteOptions {
    return this.#net.protect(this.engine.createGateFor(readRoute(first, second)));
  }
}
