import { MCPAuthAuthServerError, type Unavailable } from '../errors/auth-server-error.js';
import { mayShareCalls } from '../net/fetch-json.js';
import { FailureBackoff, Interval } from '../net/retry-budget.js';
import {
  asFault,
  type FetchedKeySet,
  fetchKeySet,
  type FetchKeySetOptions,
  isNewerThanToken,
} from './fetch-key-set.js';
import { hasKeyId, type KeyLookup, type KeyQuery, type KeySource, selectKeys } from './key-source.js';
import type { PublicJwk } from './public-jwk.js';
import { describeChange, type KeySetChange } from './key-set-change.js';
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

interface KeySet extends FetchedKeySet {
  /** Which of all fetches brought it, counted by their beginning. */
  readonly fetch: number;
}

/** Share of its life after which a set that is in use is refreshed in the background. */
const refreshAhead = 0.75;

/**
 * The key set behind a `jwks_uri` (RFC 8414 §2, RFC 7517 §5).
 *
 * One fetch serves all waiting requests. An over-age set is refreshed before it is used; while that fails, known keys go
 * on verifying for a bounded time. A fetched set replaces the former one immediately, withdrawn keys included.
 *
 * A key that the set lacks is denied once that is settled: it was withdrawn, the token is older than the set, or a fetch that began
 * after the token came has brought no such key. Until then nobody can tell. Tokens of that kind cause one fetch per
 * interval, no matter what they claim.
 */
export class RemoteKeySource implements KeySource {
  readonly #url: string;
  readonly #options: RemoteKeySourceOptions;
  readonly #backoff: FailureBackoff;
  readonly #askedAgain: Interval;
  readonly #withdrawn = new WithdrawnKeys();
  #set: KeySet | undefined;
  #pending: Promise<KeySet | undefined> | undefined;
  #lastError: MCPAuthAuthServerError | undefined;
  /** Number of fetches begun so far. */
  #started = 0;

  constructor(url: string, options: RemoteKeySourceOptions) {
    this.#url = url;
    this.#options = options;
    this.#backoff = new FailureBackoff(options.now);
    this.#askedAgain = new Interval(options.cooldownMs, options.now);
  }

  lookup(query: KeyQuery): KeyLookup | Promise<KeyLookup> {
    const set = this.#set;
    const since = this.#started;
    if (set === undefined) return this.#afterRefresh(query, since);
    const age = this.#options.now() - set.fetchedAt;
    if (!this.#mayUse(set, age)) return this.#afterRefresh(query, since);
    return this.#find(query, since) ?? this.#missing(query, since);
  }

  async lookupAgain(
    query: KeyQuery,
    tried: readonly PublicJwk[],
    since = this.#started,
  ): Promise<readonly PublicJwk[]> {
    const untried = () => selectKeys(this.#keys, query).filter((key) => !tried.includes(key));
    const isNewer = (this.#set?.fetch ?? 0) > since;
    const isSettled = isNewer || (query.kid === undefined && this.#isSettled(query, since));
    if (!isSettled) await this.#fetchSince(since, () => untried().length > 0);
    return untried();
  }

  findDoubt(query: KeyQuery, since: number): Unavailable | undefined {
    return this.#isSettled(query, since) ? undefined : this.#unavailable();
  }

  holds(key: PublicJwk): boolean {
    const set = this.#set;
    if (set === undefined || !set.keys.includes(key)) return false;
    return this.#mayUse(set, this.#options.now() - set.fetchedAt);
  }

  isWithdrawn(key: PublicJwk): boolean {
    const set = this.#set;
    if (set === undefined) return false;
    if (!set.keys.includes(key)) return true;
    const isUsable = this.#mayUse(set, this.#options.now() - set.fetchedAt);
    // One that nobody has asked for since it was due is over-age
    if (!isUsable && this.#backoff.open && mayShareCalls()) void this.#refresh();
    return false;
  }

  /**
   * Whether the set may be used without waiting. Known keys go on immediately while the endpoint is known to fail; a retry
   * runs in the background, so that nobody waits for a dead endpoint. On Workers nothing runs outside of a request: there a set is
   * renewed when it is over-age, and the request whose turn it is to retry waits.
   */
  #mayUse(set: KeySet, age: number): boolean {
    // A negative age means that the clock was set back: nothing is known about the set's
    const fresh = age >= 0 && age < set.freshMs;
    const outage = this.#backoff.failing && age < set.freshMs + this.#options.staleMs;
    if (!fresh && !outage) return false;
    const isDue = !fresh || age >= set.freshMs * refreshAhead;
    if (!isDue || !this.#backoff.open) return true;
    if (!mayShareCalls()) return fresh;
    void this.#refresh();
    return true;
  }

  async ready(): Promise<void> {
    if (this.#set !== undefined) return;
    if ((await this.#refresh()) === undefined) throw this.#error();
  }

  /** A set has to be fetched first: none is there, or the one that is kept is over-age. */
  async #afterRefresh(query: KeyQuery, since: number): Promise<KeyLookup> {
    const fetched = await this.#refresh();
    const found = this.#find(query, since);
    if (found !== undefined) return this.#isUsable ? found : this.#unavailable();
    return fetched === undefined ? this.#deny(query, since) : this.#missing(query, since);
  }

  /** The set lacks the key: ask again unless that is settled. */
  #missing(query: KeyQuery, since: number): KeyLookup | Promise<KeyLookup> {
    if (this.#isSettled(query, since)) return { kind: 'unknown' };
    return this.#fetchSince(since, () => this.#find(query, since) !== undefined).then(
      () => this.#find(query, since) ?? this.#deny(query, since),
    );
  }

  #deny(query: KeyQuery, since: number): KeyLookup {
    return this.findDoubt(query, since) ?? { kind: 'unknown' };
  }

  /** Whether a key that the set lacks, or that verified nothing, cannot be one that is still to come. */
  #isSettled({ kid, iat }: KeyQuery, since: number): boolean {
    const set = this.#set;
    if (set === undefined) return false;
    return set.fetch > since || this.#withdrawn.has(kid) || isNewerThanToken(set, iat);
  }

  /**
   * Waits for a fetch that began after a request came, once per interval and shared by all that wait. One that was under way
   * already may predate the key, so it settles only what it finds. A request whose turn it is not does not wait.
   */
  async #fetchSince(since: number, done: () => boolean): Promise<void> {
    for (;;) {
      if (this.#shared === undefined) {
        if (!this.#mayAskAgain) return;
        this.#askedAgain.begin();
      }
      const pending = this.#refresh();
      const isNew = this.#started > since;
      if ((await pending) === undefined || isNew || done()) return;
    }
  }

  /** While the endpoint fails its retries set the pace, except where requests cannot share one. */
  get #mayAskAgain(): boolean {
    if (!this.#backoff.open) return false;
    return this.#askedAgain.open || (this.#backoff.failing && mayShareCalls());
  }

  /** The keys of the set that is kept; none before the first. */
  get #keys(): readonly PublicJwk[] {
    return this.#set?.keys ?? [];
  }

  #find(query: KeyQuery, since: number): KeyLookup | undefined {
    const keys = selectKeys(this.#keys, query);
    if (keys.length > 0) return { kind: 'found', keys, since };
    const isKnown = hasKeyId(this.#keys, query) || hasKeyId(this.#set?.leftOut ?? [], query);
    return isKnown ? { kind: 'unsuitable' } : undefined;
  }

  get #isUsable(): boolean {
    const set = this.#set;
    if (set === undefined) return false;
    return this.#options.now() - set.fetchedAt < set.freshMs + this.#options.staleMs;
  }

  /** The fetch under way, where one request may wait for another's. */
  get #shared(): Promise<KeySet | undefined> | undefined {
    return mayShareCalls() ? this.#pending : undefined;
  }

  /** Resolves to the new set, or to nothing when the endpoint failed or must not be asked yet. */
  #refresh(): Promise<KeySet | undefined> {
    if (this.#shared !== undefined) return this.#shared;
    if (!this.#backoff.open) return Promise.resolve(undefined);
    this.#started += 1;
    this.#pending = this.#fetch(this.#started).finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  async #fetch(fetch: number): Promise<KeySet | undefined> {
    const { now, onFault, onFetched, watch } = this.#options;
    const startedAt = now();
    try {
      const begin = () => fetchKeySet(this.#url, this.#options, () => this.#keys);
      const set = await (watch === undefined ? begin() : watch(begin));
      this.#lastError = undefined;
      this.#backoff.succeed();
      const former = this.#set;
      const adopted = this.#adopt({ ...set, fetch });
      onFetched?.(describeChange(former, set));
      return adopted;
    } catch (error) {
      this.#lastError = asFault(error, this.#url);
      this.#backoff.fail(startedAt);
      this.#countFromNow(now());
      onFault(this.#lastError);
      return undefined;
    }
  }

  /** Where requests do not share a fetch, one that began earlier may end later: it must not undo the newer. */
  #adopt(set: KeySet): KeySet {
    if (this.#set !== undefined && this.#set.fetch > set.fetch) return this.#set;
    this.#withdrawn.replace(this.#keys, set.keys);
    this.#set = set;
    return set;
  }

  /** Of a set from before the clock was set back nobody knows the age: the time it may outlive an outage begins now. */
  #countFromNow(now: number): void {
    const set = this.#set;
    if (set === undefined || set.fetchedAt <= now) return;
    this.#set = { ...set, fetchedAt: now - set.freshMs, asOf: -Infinity };
  }

  /** `Retry-After` counts to when the endpoint may be asked again. */
  #unavailable(): Unavailable {
    const { retryAfterSeconds } = this.#backoff.open ? this.#askedAgain : this.#backoff;
    return { kind: 'unavailable', error: this.#error(), retryAfterSeconds };
  }

  #error(): MCPAuthAuthServerError {
    return (
      this.#lastError ??
      new MCPAuthAuthServerError('retry_later', `${this.#url} must not be asked again yet`, {
        details: { url: this.#url },
      })
    );
  }
}
