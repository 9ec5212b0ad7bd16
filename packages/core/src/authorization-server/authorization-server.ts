import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { EventSink } from '../events/event-sink.js';
import { createInlineKeySource } from '../keys/inline-keys.js';
import type { KeyLookup, KeySource } from '../keys/key-source.js';
import type { PublicJwk } from '../keys/public-jwk.js';
import { RemoteKeySource } from '../keys/remote-key-source.js';
import type { KeyQuery } from '../keys/select-keys.js';
import type { FetchFunction } from '../net/fetch-json.js';
import type { Clock } from '../net/retry-budget.js';
import { isSecureUrlOf } from '../net/secure-url.js';
import type { KeySetSettings } from '../options/key-set-settings.js';
import type { AuthServerConfig, AuthServerMetadata } from './config.js';
import { discoverServer } from './discover.js';
import { defaultTimeoutMs, maxMetadataBytes } from './fetch-server-config.js';
import { MetadataSource } from './metadata-source.js';

/** What an authorization server needs of its surroundings. */
export interface ServerEnvironment {
  readonly fetch: FetchFunction;
  /** Milliseconds since the epoch. */
  readonly now: Clock;
  readonly events: EventSink;
}

/** A key set of a hundred 4096-bit keys with certificate chains stays below this. */
const maxKeySetBytes = 512 * 1024;

/** One configured authorization server at run time: its metadata and its keys, each fetched once for all who need it. */
export class AuthorizationServer {
  readonly issuer: string;
  readonly #config: AuthServerConfig;
  readonly #environment: ServerEnvironment;
  readonly #inline: KeySource | undefined;
  readonly #metadata: MetadataSource | undefined;
  /** By settings: one address at a time, so that a provider that keeps moving its keys does not fill the memory. */
  readonly #remote = new Map<string, { readonly url: string; readonly source: RemoteKeySource }>();

  constructor(config: AuthServerConfig, path: string, environment: ServerEnvironment) {
    this.issuer = config.metadata === undefined ? config.issuer : config.metadata.issuer;
    this.#config = config;
    this.#environment = environment;
    if (config.jwks !== undefined) this.#inline = createInlineKeySource(config.jwks, `${path}.jwks`);
    if (config.metadata === undefined) this.#metadata = this.#createMetadataSource(config.issuer);
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

  /** The keys of this server, under the settings of one route. */
  keys(settings: KeySetSettings): KeySource {
    return this.#inline ?? new LazyKeySource(() => this.#resolveKeys(settings));
  }

  #resolveKeys(settings: KeySetSettings): KeySource | Unavailable | Promise<KeySource | Unavailable> {
    const { metadata } = this.#config;
    if (metadata !== undefined) return this.#remoteKeys(metadata, settings);
    const discovered = this.#metadata?.get();
    if (discovered === undefined) throw new TypeError('unreachable: neither metadata nor discovery');
    return discovered instanceof Promise
      ? discovered.then((found) => ('kind' in found ? found : this.#remoteKeys(found.metadata, settings)))
      : this.#remoteKeys(discovered.metadata, settings);
  }

  /** Both ways to get here have made sure that there is a `jwks_uri`. */
  #remoteKeys(metadata: AuthServerMetadata, settings: KeySetSettings): KeySource {
    const url = metadata.jwksUri ?? '';
    const known = this.#remote.get(settings.id);
    if (known?.url === url) return known.source;
    const { fetch, now } = this.#environment;
    const source = new RemoteKeySource(url, {
      fetch,
      now,
      allowInsecure: this.#config.allowInsecureHttp ?? false,
      maxBytes: maxKeySetBytes,
      onFault: (error) => this.#reportFault(error),
      ...settings,
    });
    this.#remote.set(settings.id, { url, source });
    return source;
  }

  #createMetadataSource(issuer: string): MetadataSource {
    const { fetch, now, events } = this.#environment;
    const { type, transpileData, allowInsecureHttp } = this.#config;
    const discover = async () => {
      const server = await discoverServer(issuer, type, {
        fetch,
        transpileData,
        timeoutMs: defaultTimeoutMs,
        maxBytes: maxMetadataBytes,
        allowInsecure: allowInsecureHttp ?? false,
      });
      for (const warning of server.warnings) events.warn(warning);
      this.#assertKeys(server.metadata);
      return server;
    };
    return new MetadataSource(discover, now, (error) => this.#reportFault(error));
  }

  /** A document without keys is as good as none: the next attempt may find the provider mended. */
  #assertKeys({ jwksUri }: AuthServerMetadata): void {
    if (jwksUri === undefined) {
      throw new MCPAuthAuthServerError(
        'missing_jwks_uri',
        `${this.issuer} publishes no jwks_uri. Give its keys as jwks.`,
      );
    }
    if (!isSecureUrlOf(this.issuer, jwksUri, this.#config.allowInsecureHttp ?? false)) {
      throw new MCPAuthAuthServerError(
        'insecure_url',
        `${this.issuer} publishes its keys without TLS (RFC 8414 §2)`,
      );
    }
  }

  #reportFault(error: MCPAuthAuthServerError): void {
    this.#environment.events.emit({ type: 'fault', issuer: this.issuer, error });
  }
}

type Unavailable = Extract<KeyLookup, { kind: 'unavailable' }>;

/** A key source whose address has to be discovered first. */
class LazyKeySource implements KeySource {
  readonly #resolve: () => KeySource | Unavailable | Promise<KeySource | Unavailable>;

  constructor(resolve: () => KeySource | Unavailable | Promise<KeySource | Unavailable>) {
    this.#resolve = resolve;
  }

  lookup(query: KeyQuery): KeyLookup | Promise<KeyLookup> {
    const source = this.#resolve();
    if (source instanceof Promise)
      return source.then((found) => ('kind' in found ? found : found.lookup(query)));
    return 'kind' in source ? source : source.lookup(query);
  }

  async lookupAgain(query: KeyQuery, tried: readonly PublicJwk[]): Promise<readonly PublicJwk[]> {
    const source = await this.#resolve();
    return 'kind' in source ? [] : source.lookupAgain(query, tried);
  }

  holds(key: PublicJwk): boolean {
    const source = this.#resolve();
    return !(source instanceof Promise) && !('kind' in source) && source.holds(key);
  }

  async ready(): Promise<void> {
    const source = await this.#resolve();
    if ('kind' in source) throw source.error;
    await source.ready();
  }
}
