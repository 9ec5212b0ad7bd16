import type { RequestHandler, Router } from 'express';
import type {
  CustomRouteConfig,
  JwtRouteConfig,
  VerifyAccessTokenFunction,
  VerifyAccessTokenMode,
} from './bearer-auth-config.js';
import type { BridgeServer } from './bridge/bridge-server.js';
import { createCustomAuth, createJwtAuth } from './bridge/create-route.js';
import { createEngine } from './bridge/engine.js';
import { isServerMode, type MCPAuthConfig } from './config.js';
import { withErrorsOfOld } from './errors/from-core.js';
import { invalidOption } from './errors/invalid-option.js';

/**
 * MCP Auth for Express under its old name, on `@mcp-auth/express`: for code written for version 0.2.
 *
 * Checks the whole configuration at construction; nothing is fetched before the first request.
 *
 * @see RFC 6750 §2.1
 * @see RFC 9728 §3
 * @example
 * ```ts
 * import express from 'express';
 * import { MCPAuth } from 'mcp-auth';
 *
 * const resource = 'https://api.example.com/mcp';
 * const server = { issuer: 'https://auth.example.com', type: 'oidc' } as const;
 * const mcpAuth = new MCPAuth({
 *   protectedResources: { metadata: { resource, authorizationServers: [server] } },
 * });
 *
 * const app = express();
 * app.use(mcpAuth.protectedResourceMetadataRouter());
 * app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), (_request, response) => void response.json({}));
 * ```
 */
export class MCPAuth {
  readonly config: MCPAuthConfig;
  /** A private name would be out of reach for a Proxy around the instance. */
  private readonly engine: () => BridgeServer;

  /**
   * @throws {MCPAuthAuthServerError} `invalid_server_config`, with the wrong option in its message
   * @throws {MCPAuthConfigError} `unknown_option` for an option that is none
   */
  constructor(config: MCPAuthConfig) {
    this.config = config;
    const server = createEngine(config);
    this.engine = () => server;
  }

  /**
   * A router that publishes the metadata of the authorization server, for clients of MCP 2025-03-26.
   *
   * @deprecated Use `protectedResources` and {@link protectedResourceMetadataRouter}.
   * @throws {MCPAuthAuthServerError} `invalid_server_config` unless the configuration has `server`
   * @see RFC 8414 §3
   * @see MCP 2025-03-26, Authorization, Server Metadata Discovery
   * @example
   * ```ts
   * import express from 'express';
   * import { MCPAuth } from 'mcp-auth';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com', type: 'oidc' } });
   *
   * express().use(mcpAuth.delegatedRouter());
   * ```
   */
  delegatedRouter(): Router {
    if (isServerMode(this.config)) return this.engine().router();
    throw invalidOption(
      'protectedResources',
      'delegatedRouter() needs the configuration { server }. Use protectedResourceMetadataRouter().',
    );
  }

  /**
   * A router that publishes the metadata of all configured resources (RFC 9728 §3). Mount it at the root of the host.
   *
   * @throws {MCPAuthAuthServerError} `invalid_server_config` unless the configuration has `protectedResources`
   * @see RFC 9728 §3
   */
  protectedResourceMetadataRouter(): Router {
    if (!isServerMode(this.config)) return this.engine().router();
    throw invalidOption(
      'server',
      'protectedResourceMetadataRouter() needs the configuration { protectedResources }. Use delegatedRouter().',
    );
  }

  /**
   * Middleware that lets a request pass only with an access token that your own function finds genuine. The caller is at
   * `request.auth`. It returns a promise, which resolves when the response is written or `next` was called.
   *
   * Checks beyond your function: issuer, audience, expiry, scopes.
   *
   * @throws {MCPAuthAuthServerError} `invalid_server_config` for an option that cannot work
   * @throws {MCPAuthConfigError} `unknown_option` for an option that is none
   * @see RFC 6750 §3
   */
  bearerAuth(verifyAccessToken: VerifyAccessTokenFunction, config?: CustomRouteConfig): RequestHandler;
  /**
   * Middleware that lets a request pass only with a JWT that one of the authorization servers of the resource has issued for
   * it. The caller is at `request.auth`. It returns a promise, which resolves when the response is written or `next` was called.
   *
   * Checks: signature, issuer, audience, times, kind of token, scopes.
   *
   * @throws {MCPAuthAuthServerError} `missing_jwks_uri`, or `invalid_server_config` for an option that cannot work
   * @throws {MCPAuthConfigError} `unknown_option` for an option that is none
   */
  bearerAuth(mode: VerifyAccessTokenMode, config?: JwtRouteConfig): RequestHandler;
  bearerAuth(
    mode: VerifyAccessTokenFunction | VerifyAccessTokenMode,
    config?: CustomRouteConfig & JwtRouteConfig,
  ): RequestHandler {
    const engine = { config: this.config, server: this.engine() };
    return withErrorsOfOld(() =>
      typeof mode === 'function'
        ? createCustomAuth(engine, mode, config ?? {})
        : createJwtAuth(engine, mode, config ?? {}),
    );
  }
}
