import {
  fetchServerConfig as fetchByIssuer,
  fetchServerConfigByWellKnownUrl as fetchByUrl,
  MCPAuthConfigError as CoreConfigError,
  type FetchedServerConfig,
  type FetchServerConfigByUrlOptions,
  type FetchServerConfigOptions,
  type TranspileData,
} from '@mcp-auth/core';
import type { AuthServerType, ResolvedAuthServerConfig } from './config.js';
import { MCPAuthAuthServerError } from './errors/auth-server-error.js';
import { fromCoreError } from './errors/from-core.js';
import { MCPAuthConfigError } from './errors/mcp-auth-error.js';
import { checkOptions, type KnownNames } from './options/check-options.js';
import { metadataByUrlOptions, metadataOptions } from './options/known-options.js';
import {
  authorizationServerMetadataSchema,
  type AuthorizationServerMetadata,
  type CamelCaseAuthorizationServerMetadata,
} from './schemas/authorization-server-metadata.js';

/** Where each type of server publishes its metadata. */
export const serverMetadataPaths = Object.freeze({
  oauth: '/.well-known/oauth-authorization-server',
  oidc: '/.well-known/openid-configuration',
} as const);

/** How to fetch the metadata of an authorization server. */
export type ServerMetadataConfig = {
  type: AuthServerType;
  /** Rewrites the provider's document, in wire spelling, before it is judged. May be asynchronous. */
  transpileData?: (data: object) => MaybePromise<AuthorizationServerMetadata | Record<string, unknown>>;
} & Omit<FetchServerConfigOptions, 'type' | 'transpileData'>;

/** {@link ServerMetadataConfig} for an exact URL. */
export type ServerMetadataByUrlConfig = ServerMetadataConfig & Pick<FetchServerConfigByUrlOptions, 'issuer'>;

type MaybePromise<T> = T | Promise<T>;

/**
 * Fetches the metadata of an authorization server from an exact URL.
 *
 * Checks what {@link fetchServerConfig} checks; the issuer must be that of a well-known URL, else share the URL's origin, else
 * be given as `issuer`.
 *
 * @throws {MCPAuthConfigError} `fetch_server_config_error` when nothing usable comes back, `unknown_option` for an option that
 * is none
 * @throws {MCPAuthAuthServerError} `invalid_server_metadata` when the document is not what it should be
 * @see RFC 8414 §3
 * @example
 * ```ts
 * import { fetchServerConfigByWellKnownUrl } from 'mcp-auth';
 *
 * const url = 'https://auth.example.com/.well-known/openid-configuration';
 * const server = await fetchServerConfigByWellKnownUrl(url, { type: 'oidc' });
 * ```
 */
export const fetchServerConfigByWellKnownUrl = async (
  wellKnownUrl: string | URL,
  config: ServerMetadataByUrlConfig,
): Promise<ResolvedAuthServerConfig> =>
  fetched(config, metadataByUrlOptions, (options) => fetchByUrl(String(wellKnownUrl), options));

/**
 * Fetches the metadata of an authorization server by its issuer: `oauth` inserts the well-known path before the path of the
 * issuer, `oidc` appends it.
 *
 * Checks: https (or loopback), time, size and redirects, that the document names the very issuer asked for, and the members
 * of {@link authorizationServerMetadataSchema}.
 *
 * @throws {MCPAuthConfigError} `fetch_server_config_error` when nothing usable comes back, `unknown_option` for an option that
 * is none
 * @throws {MCPAuthAuthServerError} `invalid_server_metadata` when the document is not what it should be
 * @see RFC 8414 §3, OpenID Connect Discovery §4
 * @example
 * ```ts
 * import { fetchServerConfig } from 'mcp-auth';
 *
 * const server = await fetchServerConfig('https://auth.example.com', { type: 'oidc' });
 * ```
 */
export const fetchServerConfig = async (
  issuer: string,
  config: ServerMetadataConfig,
): Promise<ResolvedAuthServerConfig> =>
  fetched(config, metadataOptions, (options) => fetchByIssuer(issuer, options));

/** A result of this function has every member that its type promises, as in version 0.2. */
function readStrictly({ transpileData }: ServerMetadataConfig): TranspileData {
  return async (data) => {
    const parsed = authorizationServerMetadataSchema.safeParse((await transpileData?.(data)) ?? data);
    if (parsed.success) return parsed.data;
    throw new MCPAuthAuthServerError('invalid_server_metadata', { metadata: data, parseError: parsed.error });
  };
}

async function fetched(
  config: ServerMetadataConfig,
  known: KnownNames,
  ask: (options: FetchServerConfigByUrlOptions) => Promise<FetchedServerConfig>,
): Promise<ResolvedAuthServerConfig> {
  checkOptions(config, '', known);
  const { type } = config;
  try {
    const transpileData = readStrictly(config);
    const { metadata } = await ask({ ...config, transpileData });
    // `readStrictly` has seen to it that the required members are there
    return { type, metadata: metadata as CamelCaseAuthorizationServerMetadata };
  } catch (error) {
    if (error instanceof CoreConfigError) {
      throw new MCPAuthConfigError('fetch_server_config_error', error.message);
    }
    throw fromCoreError(error);
  }
}
