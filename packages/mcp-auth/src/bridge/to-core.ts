import {
  MCPAuthAuthServerError as CoreAuthServerError,
  MCPAuthTokenVerificationError as CoreTokenError,
  type AuthServerConfig as CoreAuthServerConfig,
  type JwtVerifyOptions,
  type MCPAuthConfig as CoreConfig,
  type ProtectedResourceConfig,
  type ProtectedResourceMetadataConfig,
  type RemoteJwkSetOptions,
} from '@mcp-auth/core';
import type { JWTVerifyOptions, RemoteJWKSetOptions } from 'jose';
import type {
  AuthServerConfig,
  MCPAuthConfig,
  ResourceServerConfig,
  ResourceServerModeConfig,
} from '../config.js';
import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { MCPAuthBearerAuthError, type BearerAuthErrorCode } from '../errors/bearer-auth-error.js';
import { MCPAuthConfigError } from '../errors/mcp-auth-error.js';
import { MCPAuthTokenVerificationError } from '../errors/token-verification-error.js';

/** The configuration as the core wants it; one it cannot use is refused there, with the path of the option. */
export function toCoreConfig(config: MCPAuthConfig): CoreConfig {
  if ('server' in config) return { server: toCoreServer(config.server) };
  // For callers without TypeScript
  const { protectedResources } = config as Partial<ResourceServerModeConfig>;
  if (typeof protectedResources !== 'object') return { protectedResources: [] };
  return {
    protectedResources: Array.isArray(protectedResources)
      ? protectedResources.map(toCoreResource)
      : toCoreResource(protectedResources),
  };
}

function toCoreResource(resource: ResourceServerConfig): ProtectedResourceConfig {
  const { authorizationServers = [], ...metadata } = resource.metadata;
  return {
    ...resource,
    // As below
    metadata: {
      ...(metadata as Omit<ProtectedResourceMetadataConfig, 'authorizationServers'>),
      authorizationServers: authorizationServers.map(toCoreServer),
    },
  };
}

/** Zod 3 says "or undefined" of optional members, and the core, which leaves out what is undefined, does not. */
function toCoreServer(server: AuthServerConfig): CoreAuthServerConfig {
  return server as CoreAuthServerConfig;
}

/** RFC 9068 §4 asks for a few minutes at most; the core refuses more, and version 0.2 knew no limit. */
const maxClockToleranceSeconds = 300;

/**
 * The options of jose as the core wants them. `issuer` and `audience` are left out: they narrow the route itself.
 *
 * RFC 9068 §2.2: `sub` is required.
 */
export function toJwtVerify(options: JWTVerifyOptions = {}): JwtVerifyOptions {
  const { clockTolerance, requiredClaims = [] } = options;
  return {
    ...options,
    ...{ issuer: undefined, audience: undefined },
    requiredClaims: [...new Set([...requiredClaims, 'sub'])],
    clockTolerance:
      typeof clockTolerance === 'number'
        ? Math.min(clockTolerance, maxClockToleranceSeconds)
        : clockTolerance,
  };
}

/** The core keeps to a second at least, and to what a number can say: jose means "for ever" by `Infinity`. */
export function toRemoteJwkSet(options: RemoteJWKSetOptions = {}): RemoteJwkSetOptions {
  const { cacheMaxAge, cooldownDuration, timeoutDuration, headers } = options;
  const clamp = (value: number | undefined) =>
    value === undefined ? undefined : Math.min(Math.max(value, 1000), Number.MAX_SAFE_INTEGER);
  return {
    cacheMaxAge: clamp(cacheMaxAge),
    cooldownDuration: clamp(cooldownDuration),
    timeoutDuration,
    headers: headers === undefined ? undefined : Object.fromEntries(new Headers(headers).entries()),
  };
}

const tokenCodes = {
  invalid_issuer: 'untrusted_issuer',
  invalid_audience: 'wrong_audience',
} as const satisfies Partial<Record<BearerAuthErrorCode, string>>;

/** What your own verifier throws, in the classes that the core can tell apart. */
export function toCoreError(error: unknown): unknown {
  if (error instanceof MCPAuthTokenVerificationError) {
    return new CoreTokenError('rejected_by_verifier', undefined, { cause: error });
  }
  if (error instanceof MCPAuthBearerAuthError) {
    const code = error.code in tokenCodes ? tokenCodes[error.code as keyof typeof tokenCodes] : undefined;
    return new CoreTokenError(code ?? 'rejected_by_verifier', undefined, { cause: error });
  }
  return error instanceof MCPAuthAuthServerError || isFailedFetch(error)
    ? new CoreAuthServerError('request_failed', error.message, { cause: error })
    : error;
}

/** What `fetchServerConfig` throws when nothing usable comes back: a verifier may call it. */
function isFailedFetch(error: unknown): error is MCPAuthConfigError {
  return error instanceof MCPAuthConfigError && error.code === 'fetch_server_config_error';
}
