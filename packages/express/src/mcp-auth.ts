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
import type { RequestHandler, Router } from 'express';
import { toMiddleware, toRouter } from './middleware.js';
import { framework } from './framework.js';
import manifest from '../package.json' with { type: 'json' };

/**
 * MCP Auth for Express 4 and 5.
 *
 * @see RFC 6750 §2.1
 * @see RFC 9728 §3
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/express';
 * import express from 'express';
 *
 * const resource = 'https://api.example.com/mcp';
 * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
 *
 * const app = express();
 * app.use(mcpAuth.protectedResourceMetadataRouter());
 * app.post('/mcp', mcpAuth.bearerAuth(), (_request, response) => void response.json({}));
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
      protectedResourceMetadataRouter: 'app.use(mcpAuth.protectedResourceMetadataRouter())',
      bearerAuth: "app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler)",
    });
  }

  /**
   * A router that publishes the metadata of all configured resources (RFC 9728 §3). Mount it at the root of the host:
   * the well-known paths are fixed.
   *
   * @see RFC 9728 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/express';
   * import express from 'express';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   *
   * express().use(mcpAuth.protectedResourceMetadataRouter());
   * ```
   */
  protectedResourceMetadataRouter(): Router {
    return toRouter(this.engine.metadataEndpoint);
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
   * import { getAuth, MCPAuth } from '@mcp-auth/express';
   * import express from 'express';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   *
   * const auth = mcpAuth.bearerAuth('jwt', { resource, requiredScopes: ['notes:read'] });
   * express().post('/mcp', auth, (request, response) => {
   *   response.json({ caller: getAuth(request)?.subject });
   * });
   * ```
   */
  bearerAuth<Mode extends VerificationMode>(mode: Mode, options?: OptionsFor<Mode>): RequestHandler;
  /** Middleware that lets a request pass only with a JWT for `options.resource`; see `getAuth` for the caller. */
  bearerAuth(options?: OptionsFor<'jwt'>): RequestHandler;
  bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): RequestHandler {
    return toMiddleware(this.engine.createGateFor(readRoute(first, second)));
  }
}
