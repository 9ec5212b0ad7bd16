import {
  guardMethods,
  readRoute,
  type ModeOrOptions,
  type OptionsFor,
  type FrameworkRelease,
  type Release,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import { BaseLegacyMCPAuth, type LegacyOptionsFor } from '@mcp-auth/core/legacy';
import type { MiddlewareHandler } from 'hono';
import type { MetadataRouter } from './metadata-router.js';
import { toMiddleware, toRouter, type AuthEnv } from './middleware.js';
import { framework } from './framework.js';
import manifest from '../package.json' with { type: 'json' };

export type { LegacyMCPAuthConfig, LegacyOptions, LegacyOptionsFor } from '@mcp-auth/core/legacy';

/**
 * Legacy mode for Hono 4: for clients of MCP 2025-03-26.
 *
 * @deprecated Use `MCPAuth` of `@mcp-auth/hono` with `{ resource, authorizationServers }`: clients of later revisions find the
 * server through the metadata of the resource, and strict ones refuse a foreign issuer at this origin.
 * @see MCP 2025-03-26, Authorization, Server Metadata Discovery
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/hono/legacy';
 * import { Hono } from 'hono';
 *
 * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
 *
 * new Hono().route('/', mcpAuth.delegatedRouter());
 * ```
 */
export class MCPAuth extends BaseLegacyMCPAuth {
  /** The adapter interface that this was written for. */
  static override readonly interfaceVersion = 1;

  /** What a core of another release warns with, once, when an object is made. */
  static override readonly release: Release = { name: manifest.name, version: manifest.version };

  /** Warned of, once, when an object is made, where this package was never tested with it. */
  static override readonly framework: FrameworkRelease = framework;

  static {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its own name
    guardMethods(MCPAuth, {
      delegatedRouter: "app.route('/', mcpAuth.delegatedRouter())",
      bearerAuth: "app.all('/mcp', mcpAuth.bearerAuth('jwt', { audience }), handler)",
    });
  }

  /**
   * A Hono app that mirrors the metadata of the authorization server at `/.well-known/oauth-authorization-server`. Mount it at
   * the root of the host.
   *
   * @see RFC 8414 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/hono/legacy';
   * import { Hono } from 'hono';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   *
   * new Hono().route('/', mcpAuth.delegatedRouter());
   * ```
   */
  delegatedRouter(): MetadataRouter {
    return toRouter(this.engine.mirror, { paths: [], preflightPaths: [] });
  }

  /**
   * Middleware that lets a request pass only with an access token for `options.audience`; see `getAuth` for the caller.
   *
   * Checks: credentials, token, audience and required scopes. Does not check: Origin and Host, which belong to the
   * official SDK or the application.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   * @see RFC 6750 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/hono/legacy';
   * import { Hono } from 'hono';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   *
   * const auth = mcpAuth.bearerAuth('jwt', { audience: 'https://api.example.com' });
   * new Hono().all('/mcp', auth, (c) => c.json({}));
   * ```
   */
  bearerAuth<Mode extends VerificationMode>(
    mode: Mode,
    options: LegacyOptionsFor<Mode>,
  ): MiddlewareHandler<AuthEnv>;
  /** Middleware that lets a request pass only with a JWT for `options.audience`; see `getAuth` for the caller. */
  bearerAuth(options: LegacyOptionsFor<'jwt'>): MiddlewareHandler<AuthEnv>;
  bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): MiddlewareHandler<AuthEnv> {
    return toMiddleware(this.engine.createGateFor(readRoute(first, second)));
  }
}
