import type { MCPAuthConfig } from '@mcp-auth/core';
import {
  BaseMCPAuth,
  guardMethods,
  readRoute,
  type ModeOrOptions,
  type OptionsFor,
  type Release,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import type { FastifyPluginCallback } from 'fastify';
import { createPlugin, createRouteNet } from './plugin.js';
import type { RouteNet } from './route-net.js';
import type { BearerAuthRouteOptions } from './route-options.js';
import manifest from '../package.json' with { type: 'json' };

/**
 * MCP Auth for Fastify 5.
 *
 * @see RFC 6750 §2.1
 * @see RFC 9728 §3
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/fastify';
 * import fastify from 'fastify';
 *
 * const resource = 'https://api.example.com/mcp';
 * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
 *
 * const app = fastify();
 * await app.register(mcpAuth.protectedResourceMetadataRouter());
 * app.post('/mcp', mcpAuth.bearerAuth(), () => ({}));
 * ```
 */
export class MCPAuth extends BaseMCPAuth {
  /** The adapter interface that this was written for. */
  static override readonly interfaceVersion = 1;

  /** What a core of another release warns with, once, when an object is made. */
  static override readonly release: Release = { name: manifest.name, version: manifest.version };

  readonly #net: RouteNet;

  /** @throws {MCPAuthConfigError} with the path of the wrong option and how to fix it */
  constructor(config: MCPAuthConfig) {
    super(config);
    this.#net = createRouteNet(this.engine.events);
  }

  static {
    guardMethods(MCPAuth, {
      protectedResourceMetadataRouter: 'await app.register(mcpAuth.protectedResourceMetadataRouter())',
      bearerAuth: "app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler)",
    });
  }

  /**
   * A plugin that publishes the metadata of all configured resources (RFC 9728 §3). Register it before the routes, without
   * a prefix: the well-known paths are fixed.
   *
   * It is a hook, not a set of routes: it answers before a body is parsed, and leaves OPTIONS to the application's routes. It
   * also looks at every route that is made after it, and puts back hooks of `bearerAuth` that got lost among the options of the
   * route; routes with `operations` answer 500 without it.
   *
   * @see RFC 9728 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/fastify';
   * import fastify from 'fastify';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   *
   * await fastify().register(mcpAuth.protectedResourceMetadataRouter());
   * ```
   */
  protectedResourceMetadataRouter(): FastifyPluginCallback {
    return createPlugin(this.engine.metadataEndpoint, this.#net, 'protectedResourceMetadataRouter()');
  }

  /**
   * Route options that let a request pass only with an access token for `options.resource`; see `getAuth` for the caller.
   *
   * Checks: credentials, token, audience and required scopes, before the body is read. Does not check: Origin and Host,
   * which belong to the official SDK or the application.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   * @see RFC 6750 §3
   * @see RFC 9728 §5.1
   * @example
   * ```ts
   * import { getAuth, MCPAuth } from '@mcp-auth/fastify';
   * import fastify from 'fastify';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   *
   * const auth = mcpAuth.bearerAuth('jwt', { resource, requiredScopes: ['notes:read'] });
   * fastify().post('/mcp', auth, (request) => ({ caller: getAuth(request)?.subject }));
   * ```
   */
  bearerAuth<Mode extends VerificationMode>(mode: Mode, options?: OptionsFor<Mode>): BearerAuthRouteOptions;
  /** Route options that let a request pass only with a JWT for `options.resource`; see `getAuth` for the caller. */
  bearerAuth(options?: OptionsFor<'jwt'>): BearerAuthRouteOptions;
  bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): BearerAuthRouteOptions {
    return this.#net.protect(this.engine.createGateFor(readRoute(first, second)));
  }
}
