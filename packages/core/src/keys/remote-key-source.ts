import type { Unavailable } from '../errors/auth-server-error.js';
import { mayShareCalls } from '../net/fetch-json.js';
import { Interval } from '../net/retry-budget.js';
import { isNewerThanToken } from './fetch-key-set.js';
import { KeptKeySet, type KeySet, type RemoteKeySourceOptions } from './kept-key-set.js';
import { hasKeyId, type KeyLookup, type KeyQuery, type KeySource, selectKeys } from './key-source.js';
import type { PublicJwk } from './public-jwk.js';

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
  readonly #options: RemoteKeySourceOptions;
  readonly #kept: KeptKeySet;
  readonly #askedAgain: Interval;

  constructor(url: string, options: RemoteKeySourceOptions) {
    this.#options = options;
    this.#kept = new KeptKeySet(url, options);
    this.#askedAgain = new Interval(options.cooldownMs, options.now);
  }

  lookup(query: KeyQuery): KeyLookup | Promise<KeyLookup> {
    const set = this.#kept.set;
    const since = this.#kept.started;
    if (set === undefined) return this.#afterRefresh(query, since);
    const age = this.#options.now() - set.fetchedAt;
    if (!this.#mayUse(set, age)) return this.#afterRefresh(query, since);
    return this.#find(query, since) ?? this.#missing(query, since);
  }

  lookupAgain(
    query: KeyQuery,
    tried: readonly PublicJwk[],
    since = this.#kept.started,
  ): readonly PublicJwk[] | Promise<readonly PublicJwk[]> {
    const untried = () => selectKeys(this.#kept.keys, query).filter((key) => !tried.includes(key));
    const isNewer = (this.#kept.set?.fetch ?? 0) > since;
    const isSettled = isNewer || (query.kid === undefined && this.#isSettled(query, since));
    return isSettled || !this.#mayWait
      ? untried()
      : this.#fetchSince(since, () => untried().length > 0).then(untried);
  }

  findDoubt(query: KeyQuery, since: number): Unavailable | undefined {
    return this.#isSettled(query, since) ? undefined : this.#unavailable();
  }

  holds(key: PublicJwk, now = this.#options.now()): boolean {
    const set = this.#kept.set;
    return set?.keys.includes(key) === true && this.#mayUse(set, now - set.fetchedAt);
  }

  isWithdrawn(key: PublicJwk): boolean {
    const set = this.#kept.set;
    if (set === undefined) return false;
    if (!set.keys.includes(key)) return true;
    const isUsable = this.#mayUse(set, this.#options.now() - set.fetchedAt);
    // One that nobody has asked for since it was due is over-age
    if (!isUsable && this.#kept.backoff.open && mayShareCalls()) void this.#kept.refresh();
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
    const outage = this.#kept.backoff.failing && age < set.freshMs + this.#options.staleMs;
    if (!fresh && !outage) return false;
    const isDue = !fresh || age >= set.freshMs * refreshAhead;
    if (!isDue || !this.#kept.backoff.open) return true;
    if (!mayShareCalls()) return fresh;
    void this.#kept.refresh();
    return true;
  }

  async ready(): Promise<void> {
    if (this.#kept.set !== undefined) return;
    if ((await this.#kept.refresh()) === undefined) throw this.#kept.error;
  }

  /** A set has to be fetched first: none is there, or the one that is kept is over-age. */
  async #afterRefresh(query: KeyQuery, since: number): Promise<KeyLookup> {
    const fetched = await this.#kept.refresh();
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
    const set = this.#kept.set;
    if (set === undefined) return false;
    return set.fetch > since || this.#kept.hasWithdrawn(kid) || isNewerThanToken(set, iat);
  }

  /**
   * Waits for a fetch that began after a request came, once per interval and shared by all that wait. One that was under way
   * already may predate the key, so it settles only what it finds. A request whose turn it is not does not wait.
   */
  async #fetchSince(since: number, done: () => boolean): Promise<void> {
    while (this.#mayWait) {
      if (this.#kept.shared === undefined) this.#askedAgain.begin();
      const pending = this.#kept.refresh();
      const isNew = this.#kept.started > since;
      if ((await pending) === undefined || isNew || done()) return;
    }
  }

  /** Whether a fetch is under way or may begin. */
  get #mayWait(): boolean {
    return this.#kept.shared !== undefined || this.#mayAskAgain;
  }

  /** While the endpoint fails its retries set the pace, except where requests cannot share one. */
  get #mayAskAgain(): boolean {
    if (!this.#kept.backoff.open) return false;
    return this.#askedAgain.open || (this.#kept.backoff.failing && mayShareCalls());
  }

  #find(query: KeyQuery, since: number): KeyLookup | undefined {
    const keys = selectKeys(this.#kept.keys, query);
    if (keys.length > 0) return { kind: 'found', keys, since };
    const isKnown = hasKeyId(this.#kept.keys, query) || hasKeyId(this.#kept.set?.leftOut ?? [], query);
    return isKnown ? { kind: 'unsuitable' } : undefined;
  }

  get #isUsable(): boolean {
    const set = this.#kept.set;
    if (set === undefined) return false;
    return this.#options.now() - set.fetchedAt < set.freshMs + this.#options.staleMs;
  }

  /** `Retry-After` counts to when the endpoint may be asked again. */
  #unavailable(): Unavailable {
    const { retryAfterSeconds } = this.#kept.backoff.open ? this.#askedAgain : this.#kept.backoff;
    return { kind: 'unavailable', error: this.#kept.error, retryAfterSeconds };
  }
}
