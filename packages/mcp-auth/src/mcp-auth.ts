import type { FetchFunction, MCPAuthConfig as CoreConfig } from '@mcp-auth/core';
import type { RequestHandler, Router } from 'express';
import { customFetch } from 'jose';
import type {
  CustomRouteConfig,
  JwtRouteConfig,
  VerifyAccessTokenFunction,
  VerifyAccessTokenMode,
} from './bearer-auth-config.js';
import { announceChanges } from './bridge/announce.js';
import { BridgeServer } from './bridge/bridge-server.js';
import { CustomVerifier } from './bridge/custom-verifier.js';
import { narrowIssuers } from './bridge/narrow-issuers.js';
import { toCoreConfig, toJwtVerify, toRemoteJwkSet } from './bridge/to-core.js';
import { selectAudience } from './bridge/select-audience.js';
import type { MCPAuthConfig } from './config.js';
import { MCPAuthAuthServerError } from './errors/auth-server-error.js';
import { withErrorsOfOld } from './errors/from-core.js';

/**
 * MCP Auth for Express under its old name: what was written for version 0.2 goes on running, on `@mcp-auth/express`.
 *
 * Checks the whole configuration at construction; nothing is fetched before the first request.
 */
export class MCPAuth {
  readonly config: MCPAuthConfig;
  readonly #server: BridgeServer;

  /** @throws {MCPAuthAuthServerError} `invalid_server_config`, with the option at fault in its message */
  constructor(config: MCPAuthConfig) {
    this.config = config;
    this.#server = createServer(config);
  }

  /**
   * A router that publishes the metadata of the authorization server, for clients of MCP 2025-03-26.
   *
   * @deprecated Use `protectedResources` and {@link protectedResourceMetadataRouter}.
   * @throws {MCPAuthAuthServerError} `invalid_server_config` unless the configuration has `server`
   */
  delegatedRouter(): Router {
    if ('server' in this.config) return this.#server.delegatedRouter();
    throw new MCPAuthAuthServerError('invalid_server_config', {
      cause: 'delegatedRouter() needs the configuration { server }; use protectedResourceMetadataRouter().',
    });
  }

  /**
   * A router that publishes the metadata of all configured resources (RFC 9728 §3). Mount it at the root of the host.
   *
   * @throws {MCPAuthAuthServerError} `invalid_server_config` unless the configuration has `protectedResources`
   */
  protectedResourceMetadataRouter(): Router {
    if (!('server' in this.config)) return this.#server.protectedResourceMetadataRouter();
    throw new MCPAuthAuthServerError('invalid_server_config', {
      cause: 'protectedResourceMetadataRouter() needs the configuration { protectedResources }.',
    });
  }

  /**
   * Middleware that lets a request pass only with an access token that your own function finds genuine. The caller is at
   * `request.auth`.
   *
   * Checks beyond your function: issuer, audience, expiry, scopes.
   *
   * @throws {MCPAuthAuthServerError} `invalid_server_config` for an option that cannot work
   */
  bearerAuth(verifyAccessToken: VerifyAccessTokenFunction, config?: CustomRouteConfig): RequestHandler;
  /**
   * Middleware that lets a request pass only with a JWT that one of the authorization servers of the resource has issued for
   * it. The caller is at `request.auth`.
   *
   * Checks: signature, issuer, audience, times, kind of token, scopes.
   *
   * @throws {MCPAuthAuthServerError} `missing_jwks_uri`, or `invalid_server_config` for an option that cannot work
   */
  bearerAuth(mode: VerifyAccessTokenMode, config?: JwtRouteConfig): RequestHandler;
  bearerAuth(
    mode: VerifyAccessTokenFunction | VerifyAccessTokenMode,
    config: CustomRouteConfig & JwtRouteConfig = {},
  ): RequestHandler {
    return withErrorsOfOld(() =>
      typeof mode === 'function' ? this.#customAuth(mode, config) : this.#jwtAuth(mode, config),
    );
  }

  #customAuth(verify: VerifyAccessTokenFunction, config: CustomRouteConfig): RequestHandler {
    const { maxAgeSeconds } = config;
    return this.#server.customAuth(new CustomVerifier(verify), { ...this.#route(config), maxAgeSeconds });
  }

  #jwtAuth(mode: 'jwt', config: JwtRouteConfig): RequestHandler {
    const { jwtVerify, remoteJwkSet } = config;
    const fetch = remoteJwkSet?.[customFetch] as FetchFunction | undefined;
    const narrowed = narrowIssuers(this.config, jwtVerify?.issuer);
    // A route that trusts fewer servers, or reaches them in another way, has an engine of its own
    const isOwn = narrowed !== this.config || fetch !== undefined;
    const server = isOwn ? createServer(narrowed, fetch) : this.#server;
    return server.bearerAuth(mode, {
      ...this.#route({ ...config, audience: selectAudience(config.audience, jwtVerify?.audience) }),
      jwtVerify: toJwtVerify(jwtVerify),
      remoteJwkSet: toRemoteJwkSet(remoteJwkSet),
    });
  }

  /** In legacy mode a route has no resource; one that is named there says what the audience is. */
  #route({ resource, audience, requiredScopes, showErrorDetails }: RouteConfig): RouteOptions {
    const common = { requiredScopes, showErrorDetails };
    if ('server' in this.config) return { ...common, audience: audience ?? resource };
    // Without one the core says what is missing
    return { ...common, audience, resource: resource as string };
  }
}

type RouteConfig = Omit<CustomRouteConfig, 'audience'> & {
  readonly audience?: string | readonly string[] | undefined;
};

type RouteOptions = { readonly requiredScopes: RouteConfig['requiredScopes'] } & Pick<
  RouteConfig,
  'showErrorDetails'
> &
  (
    | { readonly resource: string; readonly audience: RouteConfig['audience'] }
    | { readonly resource?: never; readonly audience: RouteConfig['audience'] }
  );

function createServer(config: MCPAuthConfig, fetch?: FetchFunction): BridgeServer {
  const surroundings: Pick<CoreConfig, 'onEvent' | 'fetch'> = {
    onEvent: announceChanges(config.onEvent),
    fetch: fetch ?? config.fetch,
  };
  return withErrorsOfOld(() => new BridgeServer({ ...toCoreConfig(config), ...surroundings }));
}
