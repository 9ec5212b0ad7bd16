import {
  ResourceServer,
  runEndpoint,
  type Endpoint,
  type OptionsFor,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import type { FastifyPluginCallback } from 'fastify';
import { binding } from './binding.js';
import { createRouteOptions, type BearerAuthRouteOptions } from './route-hooks.js';

/**
 * MCP Auth for Fastify 5.
 *
 * @example
 * ```ts
 * await app.register(mcpAuth.protectedResourceMetadataRouter());
 * app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler);
 * ```
 */
export class MCPAuth extends ResourceServer {
  /**
   * A plugin that publishes the metadata of all configured resources (RFC 9728 §3). Register it before the routes, without
   * a prefix: the well-known paths are fixed.
   *
   * It is a hook, not a set of routes: it answers before a body is parsed, and leaves OPTIONS to the application's routes.
   */
  protectedResourceMetadataRouter(): FastifyPluginCallback {
    return createPlugin(this.metadataEndpoint);
  }

  /**
   * A plugin that mirrors the metadata of the authorization server at `/.well-known/oauth-authorization-server`, for
   * clients of MCP 2025-03-26. In legacy mode only.
   *
   * @deprecated Configure `protectedResources` and use `protectedResourceMetadataRouter()`: clients of later revisions find
   * the server through it, and strict ones refuse a foreign issuer at this origin.
   * @throws {MCPAuthConfigError} outside legacy mode
   */
  delegatedRouter(): FastifyPluginCallback {
    return createPlugin(this.delegatedEndpoint);
  }

  /**
   * Route options that let a request pass only with an access token for `options.resource`; see `getAuth` for the caller.
   *
   * Checks: credentials, token, audience and required scopes, before the body is read. Does not check: Origin and Host,
   * which belong to the official SDK or the application.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   */
  bearerAuth<Mode extends VerificationMode>(mode: Mode, options: OptionsFor<Mode>): BearerAuthRouteOptions {
    return createRouteOptions(this.createGate(mode, options));
  }
}

function createPlugin(endpoint: Endpoint): FastifyPluginCallback {
  const plugin: FastifyPluginCallback = (app, _options, registered) => {
    app.addHook('onRequest', (request, reply, done) => {
      void runEndpoint(endpoint, binding, { request, reply, done }, done);
    });
    registered();
  };
  // What fastify-plugin does: the hook belongs to the whole application, not to a context of the plugin's own
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true });
}
