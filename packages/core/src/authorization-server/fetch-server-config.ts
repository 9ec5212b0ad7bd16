import { MCPAuthConfigError } from '../errors/config-error.js';
import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { EventSink } from '../events/event-sink.js';
import type { EventListener } from '../events/events.js';
import { type FetchFunction, platformFetch } from '../net/fetch-json.js';
import { isSecureUrl, parseUrl } from '../net/secure-url.js';
import { checkOptions, type Described, object } from '../config/check-options.js';
import { callable, flag, text, timeoutMs } from '../config/kinds.js';
import {
  type AuthServerMetadata,
  authServerType,
  type AuthServerType,
  origin,
  type TranspileData,
} from '../config/authorization-server.js';
import { headers } from '../config/headers.js';
import { assertIssuer, discoverServer, type DiscoveryOptions, fetchDocument, guessType } from './discover.js';
import { checkIssuer, getIssuersOfMetadataUrl } from './issuer.js';
import { checkInternalOrigin, createReach } from './reach.js';
import { readMetadata } from './read-metadata.js';

/** Options of {@link fetchServerConfig}. */
export interface FetchServerConfigOptions {
  /** How the metadata is published. Default: the three well-known locations of MCP are tried in order. */
  readonly type?: AuthServerType | undefined;
  /** Rewrites the fetched document, in wire spelling, before it is validated; may be asynchronous. Default: none. */
  readonly transpileData?: TranspileData | undefined;
  /** Milliseconds for the whole exchange. Default: 5000. */
  readonly timeoutMs?: number | undefined;
  /** Replaces the global `fetch`. Default: the platform's. */
  readonly fetch?: FetchFunction | undefined;
  /** Allows plain http on hosts other than loopback. For test networks only. Default: false. */
  readonly allowInsecureHttp?: boolean | undefined;
  /**
   * Origin at which this process reaches the server, as in the configuration of an authorization server. Default: the origin of the
   * issuer, or of the URL.
   *
   * Whoever answers there decides which keys verify tokens: plain http needs `allowInsecureHttp` as well. Add it to the result too: the
   * keys are fetched later.
   */
  readonly internalOrigin?: string | undefined;
  /**
   * Further request headers, as in the configuration of an authorization server. Default: none.
   *
   * Sent to the origin of the issuer or of the URL, and to `internalOrigin`, never to another one.
   */
  readonly requestHeaders?: Readonly<Record<string, string>> | undefined;
  /**
   * Receives what is odd about the document, as events of type `warning`: members that were left out, another media type. Default: it
   * goes to `console.warn`.
   */
  readonly onEvent?: EventListener | undefined;
}

/** Options of {@link fetchServerConfigByWellKnownUrl}. */
export interface FetchServerConfigByUrlOptions extends FetchServerConfigOptions {
  /**
   * The issuer the document must state. Default: derived when the URL has a well-known form; otherwise the document's
   * issuer must share the URL's origin.
   */
  readonly issuer?: string | undefined;
}

const members = {
  type: authServerType,
  transpileData: callable<TranspileData>(),
  timeoutMs,
  fetch: callable<FetchFunction>(),
  allowInsecureHttp: flag,
  internalOrigin: origin,
  requestHeaders: headers,
  onEvent: callable<EventListener>(),
} satisfies Described<FetchServerConfigOptions>;

export const fetchServerConfigOptions = object<FetchServerConfigOptions>(members);
export const fetchServerConfigByUrlOptions = object<FetchServerConfigByUrlOptions>({
  ...members,
  issuer: { ...text, code: 'invalid_issuer' },
});

/** What was fetched: usable as an entry of `authorizationServers`. */
export interface FetchedServerConfig {
  readonly type: AuthServerType;
  readonly metadata: AuthServerMetadata;
}

/** Documents of real providers stay below 10 kB; the limit leaves room and ends a flood. */
export const maxMetadataBytes = 256 * 1024;
export const defaultTimeoutMs = 5000;

/**
 * Fetches the metadata of an authorization server by its issuer (RFC 8414 §3, OpenID Connect Discovery §4).
 *
 * Checks: https (or loopback), time, size and redirects bounded, the document's `issuer` equal byte for byte to the one
 * asked for, the members a resource server needs.
 * Does not check: whether MCP clients can use the server, for example PKCE; `@mcp-auth/schemas` has a check for that.
 *
 * @throws {MCPAuthConfigError} when the issuer is not an issuer identifier
 * @throws {MCPAuthAuthServerError} when the server fails or its document is unusable
 * @see RFC 8414 §3
 * @see MCP Authorization, Authorization Server Metadata Discovery
 * @example
 * ```ts
 * import { fetchServerConfig } from '@mcp-auth/core';
 *
 * const { metadata } = await fetchServerConfig('https://auth.example.com', { type: 'oidc' });
 * console.log(metadata.jwksUri);
 * ```
 */
export async function fetchServerConfig(
  issuer: string,
  options: FetchServerConfigOptions = {},
): Promise<FetchedServerConfig> {
  checkOptions(options, fetchServerConfigOptions, '');
  checkIssuer(issuer, 'issuer', options.allowInsecureHttp ?? false);
  const discovery = toDiscoveryOptions(issuer, options);
  const { type, metadata, warnings } = await discoverServer(issuer, options.type, discovery);
  tell(warnings, options);
  return { type, metadata };
}

/**
 * Fetches metadata from an exact URL, for providers that publish it at their own address.
 *
 * Checks what {@link fetchServerConfig} checks; see `issuer` for how the issuer's identity is established.
 *
 * @throws {MCPAuthConfigError} when the URL is unusable
 * @throws {MCPAuthAuthServerError} when the server fails or its document is unusable
 * @see RFC 8414 §3.3
 * @example
 * ```ts
 * import { fetchServerConfigByWellKnownUrl } from '@mcp-auth/core';
 *
 * const url = 'https://auth.example.com/tenant/.well-known/openid-configuration';
 * const server = await fetchServerConfigByWellKnownUrl(url);
 * ```
 */
export async function fetchServerConfigByWellKnownUrl(
  url: string,
  options: FetchServerConfigByUrlOptions = {},
): Promise<FetchedServerConfig> {
  checkOptions(options, fetchServerConfigByUrlOptions, '');
  const parsed = parseUrl(url);
  if (parsed === undefined || !isSecureUrl(url, options.allowInsecureHttp ?? false)) {
    throw new MCPAuthConfigError('invalid_option', 'url', 'must be an https URL (http on loopback only).');
  }
  const discovery = toDiscoveryOptions(url, options);
  const { url: place, headers: sent } = discovery.reach(url);
  const { document, warnings: early } = await fetchDocument(place, { ...discovery, headers: sent });
  const expected = options.issuer === undefined ? getIssuersOfMetadataUrl(url) : [options.issuer];
  if (expected.length > 0) assertIssuer(document, expected, place);
  const { metadata, unusable, warnings } = readMetadata(document, place);
  const malformed = unusable.get('jwks_uri');
  if (malformed !== undefined) throw malformed;
  if (expected.length === 0 && parseUrl(metadata.issuer)?.origin !== parsed.origin) {
    throw new MCPAuthAuthServerError(
      'issuer_mismatch',
      `${place} states an issuer of another origin. Pass the issuer you trust as the option "issuer".`,
      { details: { url: place, actual: metadata.issuer } },
    );
  }
  tell([...early, ...warnings], options);
  return {
    type: options.type ?? guessType(parsed.pathname),
    metadata,
  };
}

function tell(warnings: readonly string[], { onEvent }: FetchServerConfigOptions): void {
  const events = new EventSink({ onEvent });
  for (const warning of warnings) events.warn(warning);
}

function toDiscoveryOptions(url: string, options: FetchServerConfigOptions) {
  const { allowInsecureHttp = false, internalOrigin } = options;
  if (internalOrigin !== undefined) checkInternalOrigin(internalOrigin, allowInsecureHttp, 'internalOrigin');
  return {
    fetch: options.fetch ?? platformFetch,
    timeoutMs: options.timeoutMs ?? timeoutMs.default,
    maxBytes: maxMetadataBytes,
    allowInsecure: allowInsecureHttp,
    transpileData: options.transpileData,
    reach: createReach(url, options),
    // Nobody can tell here whether keys will be asked for: a document may lack them, but not spoil them
    findFlaw: ({ endpoints: { keySet } }) =>
      typeof keySet !== 'string' && keySet.code === 'invalid_metadata' ? keySet : undefined,
  } satisfies DiscoveryOptions;
}
