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
import type { RequestHandler, Router } from 'express';
import { toMiddleware, toRouter } from './middleware.js';
import { framework } from './framework.js';
import manifest from '../package.json' with { type: 'json' };

export type { LegacyMCPAuthConfig, LegacyOptions, LegacyOptionsFor } from '@mcp-auth/core/legacy';

/**
 * Legacy mode for Express 4 and 5: for clients of MCP 2025-03-26.
 *
 * @deprecated Use `MCPAuth` of `@mcp-auth/express` with `{ resource, authorizationServers }`: clients of later revisions find the
 * server through the metadata of the resource, and strict ones refuse a foreign issuer at this origin.
 * @see MCP 2025-03-26, Authorization, Server Metadata Discovery
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/express/legacy';
 * import express from 'express';
 *
 * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
 *
 * express().use(mcpAuth.delegatedRouter());
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
      delegatedRouter: 'app.use(mcpAuth.delegatedRouter())',
      bearerAuth: "app.post('/mcp', mcpAuth.bearerAuth('jwt', { audience }), handler)",
    });
  }

  /**
   * A router that mirrors the metadata of the authorization server at `/.well-known/oauth-authorization-server`. Mount it at
   * the root of the host.
   *
   * @see RFC 8414 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/express/legacy';
   * import express from 'express';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   *
   * express().use(mcpAuth.delegatedRouter());
   * ```
   */
  delegatedRouter(): Router {
    return toRouter(this.engine.mirror);
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
   * import { MCPAuth } from '@mcp-auth/express/legacy';
   * import express from 'express';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   *
   * const auth = mcpAuth.bearerAuth('jwt', { audience: 'https://api.example.com' });
   * express().post('/mcp', auth, (_request, response) => void response.json({}));
   * ```
   */
  bearerAuth<Mode extends VerificationMode>(mode: Mode, options: LegacyOptionsFor<Mode>): RequestHandler;
  /** Middleware that lets a request pass only with a JWT for `options.audience`; see `getAuth` for the caller. */
  bearerAuth(options: LegacyOptionsFor<'jwt'>): RequestHandler;
  bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): RequestHandler {
    return toMiddleware(this.engine.createGateFor(readRoute(first, second)));
  }
}
