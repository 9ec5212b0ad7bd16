/* eslint-disable @typescript-eslint/consistent-type-definitions -- aliases fit index signatures, as they did in 0.2 */
import type {
  AuthServerOptions,
  EventListener,
  FetchFunction,
  LogOption,
  TranspileData,
} from '@mcp-auth/core';
import type { CamelCaseAuthorizationServerMetadata } from './schemas/authorization-server-metadata.js';
import type { CamelCaseProtectedResourceMetadata } from './schemas/protected-resource-metadata.js';

/** How an authorization server publishes its metadata. */
export type AuthServerType = 'oauth' | 'oidc';

// Copied member by member, because an interface has no index signature
type Options = Pick<AuthServerOptions, keyof AuthServerOptions>;

/** An authorization server with its metadata available: fetched before, or written by hand. */
export type ResolvedAuthServerConfig = {
  metadata: CamelCaseAuthorizationServerMetadata;
  type: AuthServerType;
} & Options;

/** An authorization server named by its issuer; its metadata is fetched on first use. */
export type AuthServerDiscoveryConfig = {
  issuer: string;
  type: AuthServerType;
  /** See {@link ServerMetadataConfig}. */
  transpileData?: TranspileData | undefined;
} & Options;

/** An authorization server that may issue tokens. */
export type AuthServerConfig = ResolvedAuthServerConfig | AuthServerDiscoveryConfig;

/**
 * The issuer a configuration names.
 *
 * @see RFC 8414 §2
 * @example
 * ```ts
 * import { getIssuer } from 'mcp-auth';
 *
 * // https://auth.example.com
 * const issuer = getIssuer({ issuer: 'https://auth.example.com', type: 'oidc' });
 * ```
 */
export const getIssuer = (config: AuthServerConfig): string =>
  'metadata' in config ? config.metadata.issuer : config.issuer;

/** A protected resource (RFC 9728). */
export type ResourceServerConfig = {
  metadata: Omit<CamelCaseProtectedResourceMetadata, 'authorizationServers'> & {
    /** At least one; no other issuer is trusted. */
    authorizationServers?: AuthServerConfig[];
  };
};

type Surroundings = {
  /** Receives decisions about requests, errors of authorization servers and warnings. Default: none, see `log`. */
  onEvent?: EventListener | undefined;
  /** Lines on the console, or a logger for them. Default: `true` without `onEvent`, else `false`. */
  log?: LogOption | undefined;
  /** Replaces the global `fetch` for metadata and key sets. */
  fetch?: FetchFunction | undefined;
};

/**
 * The mode of MCP 2025-03-26.
 *
 * @deprecated Name your resources: `protectedResources`.
 */
export type AuthServerModeConfig = {
  /** @deprecated Name your resources: `protectedResources`. */
  server: AuthServerConfig;
} & Surroundings;

/** The resources this process protects: one, or several. */
export type ResourceServerModeConfig = {
  protectedResources: ResourceServerConfig | ResourceServerConfig[];
} & Surroundings;

/** Configuration of `MCPAuth`. */
export type MCPAuthConfig = AuthServerModeConfig | ResourceServerModeConfig;

/** Whether a configuration is of the mode of MCP 2025-03-26. */
export function isServerMode(config: MCPAuthConfig): config is AuthServerModeConfig {
  return (config as Partial<AuthServerModeConfig>).server !== undefined;
}
