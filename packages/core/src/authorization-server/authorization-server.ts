import {
  authorizationServerMetadataToWire,
  type CamelCaseAuthorizationServerMetadata,
} from '@mcp-auth/schemas';
import type { MCPAuthAuthServerError, Unavailable } from '../errors/auth-server-error.js';
import { hideUrlSecrets } from '../errors/shown-text.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { watch } from '../events/watch.js';
import { createInlineKeySource, type InlineKeySource } from '../keys/inline-keys.js';
import type { KeySource } from '../keys/key-source.js';
import { RemoteKeySource } from '../keys/remote-key-source.js';
import type { KeySetSettings } from '../config/jwt-verify-options.js';
import type { AuthServerConfig, AuthServerMetadata } from '../config/authorization-server.js';
import { type DiscoveredMetadata, discoverServer } from './discover.js';
import { DiscoveredKeys, type NoKeys } from './discovered-keys.js';
import { defaultTimeoutMs, maxMetadataBytes } from './fetch-server-config.js';
import { KnownMetadata } from './known-metadata.js';
import { createLocalServer, type LocalDocuments } from './local-server.js';
import { MetadataSource } from './metadata-source.js';
import { OutageReport } from './outage-report.js';
import { createReach, type Reach } from './reach.js';
import type { ServerEnvironment } from '../net/environment.js';

/** A key set of a hundred 4096-bit keys with certificate chains stays below this. */
const maxKeySetBytes = 512 * 1024;

/** One configured authorization server at run time: its metadata and its keys, each fetched once for all who need it. */
export class AuthorizationServer {
  readonly issuer: string;
  readonly #config: AuthServerConfig;
  readonly #environment: ServerEnvironment;
  readonly #reach: Reach;
  /** What this process publishes for the server, where it is a local one. */
  readonly local: LocalDocuments | undefined;
  readonly #inline: InlineKeySource | undefined;
  readonly #metadata: MetadataSource | undefined;
  #accessTokenIssuer: string | undefined;
  readonly known: KnownMetadata;
  readonly #expected: { readonly tokenIssuers: readonly string[]; readonly path: string }[] = [];
  /** Only where keys are asked for is a document without them as good as none. */
  #needsKeys = false;
  /** Of what it can do without, what is asked for: a document that has it is better than one that lacks it. */
  readonly #wanted = new Set<'keySet' | 'introspection'>();
  /** By settings: one address at a time, so that a provider that keeps moving its keys does not fill the memory. */
  readonly #remote = new Map<string, { readonly url: string; readonly source: RemoteKeySource }>();

  constructor(config: AuthServerConfig, path: string, environment: ServerEnvironment) {
    this.issuer = config.metadata === undefined ? config.issuer : config.metadata.issuer;
    this.#config = config;
    this.known = new KnownMetadata(config.metadata);
    this.#environment = environment;
    this.#reach = createReach(this.issuer, config);
    if (config.jwks !== undefined) {
      const complete = config.publish === true;
      this.#inline = createInlineKeySource(config.jwks, `${path}.jwks`, { complete });
      if (config.publish === true) this.local = createLocalServer(config, this.#inline, path);
    }
    if (config.metadata === undefined) this.#metadata = this.#createMetadataSource(config.issuer);
  }

  /** What the metadata says access tokens carry as `iss`, once it was fetched; AD FS says so. A hint, and never a reason for trust. */
  get accessTokenIssuer(): string | undefined {
    return this.#accessTokenIssuer;
  }

  /** Tells which issuers its tokens may carry where it is configured, to warn of metadata that names another one. */
  expectTokenIssuers(tokenIssuers: readonly string[], path: string): void {
    this.#expected.push({ tokenIssuers, path });
  }

  /** Whether plain http is allowed on hosts other than loopback. */
  get allowInsecure(): boolean {
    return this.#config.allowInsecureHttp ?? false;
  }

  /** @throws {MCPAuthConfigError} `missing_key_source` when JWT verification cannot ever have keys */
  assertKeySource(path: string): void {
    if (this.canHaveKeys) return;
    throw new MCPAuthConfigError(
      'missing_key_source',
      path,
      'has neither metadata.jwksUri nor jwks. JWT verification needs keys: add one of the two, or verify tokens with a function.',
    );
  }

  /** Whether keys can be had at all: given, named in the metadata, or left to discovery. */
  get canHaveKeys(): boolean {
    return (
      this.#inline !== undefined ||
      this.#config.metadata === undefined ||
      this.#config.metadata.jwksUri !== undefined
    );
  }

  /** Whether the configuration says how to ask it: it may do without keys then. */
  get isIntrospected(): boolean {
    return this.#config.introspection !== undefined;
  }

  /** Whether the server can be asked about tokens: its endpoint is in the metadata, or left to discovery. */
  get canIntrospect(): boolean {
    return this.#config.metadata === undefined || this.#config.metadata.introspectionEndpoint !== undefined;
  }

  /** Says that tokens will be asked about where the metadata says. */
  wantIntrospection(): void {
    this.#wanted.add('introspection');
  }

  /** Where to ask about tokens: as given, or discovered on first use. An error where the server has no such place. */
  async introspectionEndpoint(): Promise<string | MCPAuthAuthServerError | Unavailable> {
    const given = this.#config.metadata?.introspectionEndpoint;
    if (given !== undefined) return given;
    const found = await this.#discovered();
    return 'kind' in found ? found : found.endpoints.introspection;
  }

  /**
   * The keys of this server, under the settings of one route.
   *
   * @param optional - a server that publishes no keys is not at fault: no token is signed by it
   */
  keys(settings: KeySetSettings, optional = false): KeySource {
    if (this.#inline !== undefined) return this.#inline;
    this.#wanted.add('keySet');
    if (!this.isIntrospected) this.#needsKeys = true;
    return new DiscoveredKeys((now) => this.#resolveKeys(settings, optional, now));
  }

  /** The metadata document as JSON, in wire spelling: as given, or as the server publishes it, unknown members included. */
  document(): string | Unavailable | Promise<string | Unavailable> {
    const { metadata } = this.#config;
    if (metadata !== undefined) return formatMetadata(metadata);
    const discovered = this.#discovered();
    return discovered instanceof Promise ? discovered.then(toDocument) : toDocument(discovered);
  }

  #discovered(now?: number): DiscoveredMetadata | Promise<DiscoveredMetadata | Unavailable> {
    const discovered = this.#metadata?.get(now);
    if (discovered === undefined) throw new TypeError('unreachable: neither metadata nor discovery');
    return discovered;
  }

  #resolveKeys(
    settings: KeySetSettings,
    optional: boolean,
    now: number | undefined,
  ): KeySource | NoKeys | Promise<KeySource | NoKeys> {
    const { metadata } = this.#config;
    // Without discovery there is a jwksUri: assertKeySource has seen to it
    if (metadata !== undefined) return this.#remoteKeys(metadata.jwksUri ?? '', settings);
    const discovered = this.#discovered(now);
    return discovered instanceof Promise
      ? discovered.then((found) =>
          'kind' in found ? found : this.#discoveredKeys(found, settings, optional),
        )
      : this.#discoveredKeys(discovered, settings, optional);
  }

  /** A document that was fetched before keys were asked for may have none. */
  #discoveredKeys(
    { endpoints: { keySet } }: DiscoveredMetadata,
    settings: KeySetSettings,
    optional: boolean,
  ): KeySource | NoKeys {
    if (typeof keySet === 'string') return this.#remoteKeys(keySet, settings);
    if (optional && keySet.code === 'missing_jwks_uri') return { kind: 'unknown' };
    return { kind: 'unavailable', error: keySet, retryAfterSeconds: 5 };
  }

  #remoteKeys(url: string, settings: KeySetSettings): KeySource {
    const known = this.#remote.get(settings.id);
    if (known?.url === url) return known.source;
    const { fetch, now, events } = this.#environment;
    const target = this.#reach(url);
    const outage = new OutageReport(this.issuer, 'keys', this.#environment);
    const source = new RemoteKeySource(target.url, {
      fetch,
      now,
      allowInsecure: this.allowInsecure,
      maxBytes: maxKeySetBytes,
      watch: (attempt) => watch(events, this.issuer, 'keys', attempt),
      onFault: (error) => outage.failed(error),
      onFetched: (change) => {
        outage.succeeded();
        events.emit({ type: 'keys', issuer: this.issuer, url: hideUrlSecrets(target.url), ...change });
      },
      onWarning: (message) => events.warn(message),
      ...settings,
      headers: { ...target.headers, ...settings.headers },
    });
    this.#remote.set(settings.id, { url, source });
    return source;
  }

  #createMetadataSource(issuer: string): MetadataSource {
    const { fetch, now, events } = this.#environment;
    const { type, transpileData, wellKnownUrl } = this.#config;
    const outage = new OutageReport(this.issuer, 'metadata', this.#environment);
    const find = async () => {
      const server = await discoverServer(issuer, type, {
        fetch,
        transpileData,
        wellKnownUrl,
        timeoutMs: defaultTimeoutMs,
        maxBytes: maxMetadataBytes,
        allowInsecure: this.allowInsecure,
        reach: this.#reach,
        // A document without keys is as good as none: the next attempt may find the provider fixed
        findFlaw: ({ endpoints: { keySet } }) =>
          this.#needsKeys && typeof keySet !== 'string' ? keySet : undefined,
        findLack: ({ endpoints }) =>
          [...this.#wanted].map((name) => endpoints[name]).find((endpoint) => typeof endpoint !== 'string'),
      });
      for (const warning of server.warnings) events.warn(warning);
      this.#readAccessTokenIssuer(server.metadata);
      this.known.note(server.metadata);
      outage.succeeded();
      return server;
    };
    const discover = () => watch(events, this.issuer, 'metadata', find);
    return new MetadataSource(discover, now, (error) => outage.failed(error));
  }

  #readAccessTokenIssuer(metadata: object): void {
    const { access_token_issuer: stated } = metadata as { readonly access_token_issuer?: unknown };
    this.#accessTokenIssuer = typeof stated === 'string' && stated.length <= 200 ? stated : undefined;
    if (this.#accessTokenIssuer === undefined) return;
    for (const { tokenIssuers, path } of this.#expected) {
      if (tokenIssuers.includes(this.#accessTokenIssuer)) continue;
      const name = JSON.stringify(this.#accessTokenIssuer);
      this.#environment.events.warn(
        `${path}: the metadata of ${this.issuer} says that access tokens carry the issuer ${name}, whose tokens are refused. If that is right, write tokenIssuers: [${name}].`,
      );
    }
  }
}

/** What a configuration gives need not be complete, as AuthServerMetadata says; it is written as it is. */
function formatMetadata(metadata: AuthServerMetadata): string {
  return JSON.stringify(authorizationServerMetadataToWire(metadata as CamelCaseAuthorizationServerMetadata));
}

function toDocument(found: DiscoveredMetadata | Unavailable): string | Unavailable {
  return 'kind' in found ? found : found.text;
}
