import type { BearerAuthConfig, CustomRouteConfig, JwtRouteConfig } from '../bearer-auth-config.js';
import type {
  AuthServerDiscoveryConfig,
  AuthServerModeConfig,
  ResolvedAuthServerConfig,
  ResourceServerConfig,
  ResourceServerModeConfig,
} from '../config.js';
import type { ServerMetadataByUrlConfig, ServerMetadataConfig } from '../fetch-server-config.js';
import { listNames } from './check-options.js';

/** Of `new MCPAuth()`. */
export const mcpAuthOptions = listNames<AuthServerModeConfig & ResourceServerModeConfig>({
  server: true,
  protectedResources: true,
  onEvent: true,
  log: true,
  fetch: true,
});

/** Of an entry of `protectedResources`. What is in its `metadata` is a document, and may have its own members. */
export const resourceOptions = listNames<ResourceServerConfig>({ metadata: true });

/** Of an authorization server. */
export const authServerOptions = listNames<ResolvedAuthServerConfig & AuthServerDiscoveryConfig>({
  type: true,
  issuer: true,
  metadata: true,
  transpileData: true,
  tokenIssuers: true,
  audiences: true,
  jwks: true,
  introspection: true,
  dangerouslyAcceptAnyAudience: true,
  policy: true,
  scopeClaims: true,
  allowInsecureHttp: true,
  internalOrigin: true,
  requestHeaders: true,
});

const route = { audience: true, requiredScopes: true, resource: true, showErrorDetails: true };

/** Of a route whose tokens a function verifies. */
export const customRouteOptions = listNames<CustomRouteConfig>({
  ...route,
  lifetimeWithoutExpirySeconds: true,
});

/** Of a route whose tokens are JWTs. */
export const jwtRouteOptions = listNames<JwtRouteConfig>({ ...route, jwtVerify: true, remoteJwkSet: true });

/** Of `handleBearerAuth`. */
export const handlerOptions = listNames<BearerAuthConfig>({
  ...route,
  lifetimeWithoutExpirySeconds: true,
  verifyAccessToken: true,
  issuer: true,
});

const fetched = {
  type: true,
  transpileData: true,
  timeoutMs: true,
  fetch: true,
  allowInsecureHttp: true,
  internalOrigin: true,
  requestHeaders: true,
  onEvent: true,
};

/** Of `fetchServerConfig`. */
export const metadataOptions = listNames<ServerMetadataConfig>(fetched);

/** Of `fetchServerConfigByWellKnownUrl`. */
export const metadataByUrlOptions = listNames<ServerMetadataByUrlConfig>({ ...fetched, issuer: true });
