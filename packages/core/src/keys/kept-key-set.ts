import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { mayShareCalls } from '../net/fetch-json.js';
import { FailureBackoff } from '../net/retry-budget.js';
import { asFault, type FetchedKeySet, fetchKeySet, type FetchKeySetOptions } from './fetch-key-set.js';
import { describeChange, type KeySetChange } from './key-set-change.js';
import type { PublicJwk } from './public-jwk.js';
import { WithdrawnKeys } from './withdrawn-keys.js';

/** How a remote key set is fetched and kept. All durations in milliseconds. */
export interface RemoteKeySourceOptions extends FetchKeySetOptions {
  /** How long beyond freshness known keys go on verifying while the endpoint fails. */
  readonly staleMs: number;
  /** From one fetch because of a token that no known key verifies to the next. */
  readonly cooldownMs: number;
  /** Runs every fetch, and may look how it goes. Default: it is run. */
  readonly watch?: (<T>(fetch: () => Promise<T>) => Promise<T>) | undefined;
  /** Called for every failed fetch. */
  readonly onFault: (error: MCPAuthAuthServerError) => void;
  /** Called for every fetched set. */
  readonly onFetched?: ((change: KeySetChange) => void) | undefined;
}

export interface KeySet extends FetchedKeySet {
  /** Which of all fetches brought it, counted by their beginning. */
  readonly fetch: number;
}

/** The newest set behind a `jwks_uri`, and the fetch that replaces it. Whether it may be used is not decided here. */
export class KeptKeySet {
  /** When the endpoint may be asked again after it failed. */
  readonly backoff: FailureBackoff;
  readonly #url: string;
  readonly #options: RemoteKeySourceOptions;
  readonly #withdrawn = new WithdrawnKeys();
  #set: KeySet | undefined;
  #pending: Promise<KeySet | undefined> | undefined;
  #lastError: MCPAuthAuthServerError | undefined;
  #started = 0;

  constructor(url: string, options: RemoteKeySourceOptions) {
    this.#url = url;
    this.#options = options;
    this.backoff = new FailureBackoff(options.now);
  }

  /** None before the first. */
  get set(): KeySet | undefined {
    return this.#set;
  }

  /** Number of fetches begun so far. */
  get started(): number {
    return this.#started;
  }

  /** The keys of the set that is kept; none before the first. */
  get keys(): readonly PublicJwk[] {
    return this.#set?.keys ?? [];
  }

  /** Whether a key of this name was in an earlier set, and is not in this one. */
  hasWithdrawn(kid: string | undefined): boolean {
    return this.#withdrawn.has(kid);
  }

  /** The fetch under way, where one request may wait for another's. */
  get shared(): Promise<KeySet | undefined> | undefined {
    return mayShareCalls() ? this.#pending : undefined;
  }

  /** Resolves to the new set, or to nothing when the endpoint failed or must not be asked yet. */
  refresh(): Promise<KeySet | undefined> {
    if (this.shared !== undefined) return this.shared;
    if (!this.backoff.open) return Promise.resolve(undefined);
    this.#started += 1;
    this.#pending = this.#fetch(this.#started).finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  async #fetch(fetch: number): Promise<KeySet | undefined> {
    const { now, onFault, onFetched, watch } = this.#options;
    const startedAt = now();
    try {
      const begin = () => fetchKeySet(this.#url, this.#options, () => this.keys);
      const set = await (watch === undefined ? begin() : watch(begin));
      this.#lastError = undefined;
      this.backoff.succeed();
      const former = this.#set;
      const adopted = this.#adopt({ ...set, fetch });
      onFetched?.(describeChange(former, set));
      return adopted;
    } catch (error) {
      this.#lastError = asFault(error, this.#url);
      this.backoff.fail(startedAt);
      this.#countFromNow(now());
      onFault(this.#lastError);
      return undefined;
    }
  }

  /** Where requests do not share a fetch, one that began earlier may end later: it must not undo the newer. */
  #adopt(set: KeySet): KeySet {
    if (this.#set !== undefined && this.#set.fetch > set.fetch) return this.#set;
    this.#withdrawn.replace(this.keys, set.keys);
    this.#set = set;
    return set;
  }

  /** Of a set from before the clock was set back nobody knows the age: the time it may outlive an outage begins now. */
  #countFromNow(now: number): void {
    const set = this.#set;
    if (set === undefined || set.fetchedAt <= now) return;
    this.#set = { ...set, fetchedAt: now - set.freshMs, asOf: -Infinity };
  }

  /** Why there is no newer one. */
  get error(): MCPAuthAuthServerError {
    return (
      this.#lastError ??
      new MCPAuthAuthServerError('retry_later', `${this.#url} must not be asked again yet`, {
        details: { url: this.#url },
      })
    );
  }
}
