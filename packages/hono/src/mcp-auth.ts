import {
  BaseMCPAuth,
  guardMethods,
  readRoute,
  type ModeOrOptions,
  type OptionsFor,
  type FrameworkRelease,
  type Release,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import type { MiddlewareHandler } from 'hono';
import type { MetadataRouter } from './metadata-router.js';
import { toMiddleware, toRouter, type AuthEnv } from './middleware.js';
import { framework } from './framework.js';
import manifest from '../package.json' with { type: 'json' };

/**
 * MCP Auth for Hono 4, on every runtime Hono runs on.
 *
 * @see RFC 6750 §2.1
 * @see RFC 9728 §3
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/hono';
 * import { Hono } from 'hono';
 *
 * const resource = 'https://api.example.com/mcp';
 * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
 *
 * const app = new Hono();
 * app.route('/', mcpAuth.protectedResourceMetadataRouter());
 * app.all('/mcp', mcpAuth.bearerAuth(), (c) => c.json({}));
 * ```
 */
export class MCPAuth extends BaseMCPAuth {
  /** The adapter interface that this was written for. */
  static override readonly interfaceVersion = 1;

  /** What a core of another release warns with, once, when an object is made. */
  static override readonly release: Release = { name: manifest.name, version: manifest.version };

  /** Warned of, once, when an object is made, where this package was never tested with it. */
  static override readonly framework: FrameworkRelease = framework;

  static {
    guardMethods(MCPAuth, {
      protectedResourceMetadataRouter: "app.route('/', mcpAuth.protectedResourceMetadataRouter())",
      bearerAuth: "app.all('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler)",
    });
  }

  /**
   * A Hono app that publishes the metadata of all configured resources (RFC 9728 §3). Mount it at the root, because the
   * well-known paths are fixed: `app.route('/', …)`, or `app.use(…)`, for it is a middleware as well.
   *
   * @see RFC 9728 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/hono';
   * import { Hono } from 'hono';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   *
   * new Hono().route('/', mcpAuth.protectedResourceMetadataRouter());
   * ```
   */
  protectedResourceMetadataRouter(): MetadataRouter {
    const endpoint = this.engine.metadataEndpoint;
    return toRouter(endpoint, endpoint);
  }

  /**
   * Middleware that lets a request pass only with an access token for `options.resource`; see `getAuth` for the caller.
   *
   * Checks: credentials, token, audience and required scopes. Does not check: Origin and Host, which belong to the
   * official SDK or the application.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   * @see RFC 6750 §3
   * @see RFC 9728 §5.1
   * @example
   * ```ts
   * import { getAuth, MCPAuth } from '@mcp-auth/hono';
   * import { Hono } from 'hono';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   *
   * const auth = mcpAuth.bearerAuth('jwt', { resource, requiredScopes: ['notes:read'] });
   * new Hono().all('/mcp', auth, (c) => c.json({ caller: getAuth(c)?.subject }));
   * ```
   */
  bearerAuth<Mode extends VerificationMode>(
    mode: Mode,
    options?: OptionsFor<Mode>,
  ): MiddlewareHandler<AuthEnv>;
  /** Middleware that lets a request pass only with a JWT for `options.resource`; see `getAuth` for the caller. */
  bearerAuth(options?: OptionsFor<'jwt'>): MiddlewareHandler<AuthEnv>;
  bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): MiddlewareHandler<AuthEnv> {
    return toMiddleware(this.engine.createGateFor(readRoute(first, second)));
  }
}
