import type { FastifyPluginCallback } from 'fastify';
import type { BearerAuthHook, BearerAuthPreParsingHook } from './hooks.js';

/**
 * Route options that protect a route: the second argument of `app.post`, or spread into a longer one.
 *
 * Each hook alone refuses who may not come in, so that one of yours instead of one of them opens nothing. The plugin of
 * `protectedResourceMetadataRouter()` puts back those that got lost: register it before the routes, and await it.
 */
export interface BearerAuthRouteOptions {
  readonly onRequest: BearerAuthHook;
  /** Reads the body; only where the route has `operations`. */
  readonly preParsing?: BearerAuthPreParsingHook;
  readonly preHandler: BearerAuthHook;
  /**
   * Protects a whole context, instead of single routes: after `context.register(auth.plugin)` every route of `context`,
   * and of the contexts in it, is protected, those that were made before too.
   */
  readonly plugin: FastifyPluginCallback;
}
