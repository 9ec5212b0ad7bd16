import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { type FetchFunction, fetchJson, mayShareCalls, readFreshness } from '../net/fetch-json.js';
import type { Clock } from '../net/environment.js';
import { Budget, FailureBackoff } from '../net/retry-budget.js';
import { hasKeyId, type KeyLookup, type KeyQuery, type KeySource, selectKeys } from './key-source.js';
import { parseKeySet, type PublicJwk } from './public-jwk.js';

/** How a remote key set is kept. All durations in milliseconds. */
export interface RemoteKeySourceOptions {
  readonly fetch: FetchFunction;
  readonly now: Clock;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly allowInsecure: boolean;
  /** Longest time a set counts as fresh, no matter what its `Cache-Control` says. */
  readonly maxAgeMs: number;
  /** How long beyond freshness known keys go on verifying while the endpoint fails. */
  readonly staleMs: number;
  /** Refill interval of the budget for unknown key identifiers. */
  readonly cooldownMs: number;
  /** Called for every failed fetch. */
  readonly onFault: (error: MCPAuthAuthServerError) => void;
}

interface KeySet {
  readonly keys: readonly PublicJwk[];
  readonly fetchedAt: number;
  readonly freshMs: number;
}

/** A set younger than this settles that a key identifier is unknown, even when no refetch is possible. */
const settledMs = 30_000;
const minimumFreshMs = 30_000;
/** Share of its life after which a set that is in use is refreshed in the background. */
const refreshAhead = 0.75;

/**
 * The key set behind a `jwks_uri` (RFC 8414 §2, RFC 7517 §5).
 *
 * One fetch serves all waiting requests. An over-age set is refreshed before it is used; while that fails, known keys go
 * on verifying for a bounded time. A fetched set replaces the former one immediately, withdrawn keys included.
 */
export class RemoteKeySource implements KeySource {
  readonly #url: string;
  readonly #options: RemoteKeySourceOptions;
  readonly #backoff: FailureBackoff;
  readonly #unknownKeys: Budget;
  #set: KeySet | undefined;
  #pending: Promise<KeySet | undefined> | undefined;
  #lastError: MCPAuthAuthServerError | undefined;
  /** Number of fetches begun so far. */
  #started = 0;

  constructor(url: string, options: RemoteKeySourceOptions) {
    this.#url = url;
    this.#options = options;
    this.#backoff = new FailureBackoff(options.now);
    this.#unknownKeys = new Budget(2, options.cooldownMs, options.now);
  }

  lookup(query: KeyQuery): KeyLookup | Promise<KeyLookup> {
    const set = this.#set;
    const arrival = this.#started;
    if (set === undefined) return this.#afterRefresh(query, arrival);
    const age = this.#options.now() - set.fetchedAt;
    if (!this.#mayUse(set, age)) return this.#afterRefresh(query, arrival);
    return find(set.keys, query) ?? this.#unknown(query, arrival);
  }

  async lookupAgain(query: KeyQuery, tried: readonly PublicJwk[]): Promise<readonly PublicJwk[]> {
    const untried = () => selectKeys(this.#keys, query).filter((key) => !tried.includes(key));
    await this.#fetchSince(this.#started, () => untried().length > 0);
    return untried();
  }

  holds(key: PublicJwk): boolean {
    const set = this.#set;
    if (set === undefined || !set.keys.includes(key)) return false;
    return this.#mayUse(set, this.#options.now() - set.fetchedAt);
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
  async #afterRefresh(query: KeyQuery, arrival: number): Promise<KeyLookup> {
    const pending = this.#refresh();
    const isNew = this.#started > arrival;
    const fetched = await pending;
    const set = fetched ?? this.#usable();
    if (set === undefined) return this.#unavailable(this.#backoff.retryAfterSeconds);
    const found = find(set.keys, query);
    if (found !== undefined) return found;
    return fetched !== undefined && isNew ? { kind: 'unknown' } : this.#unknown(query, arrival);
  }

  /** The set lacks the key: ask again within the budget. */
  async #unknown(query: KeyQuery, arrival: number): Promise<KeyLookup> {
    await this.#fetchSince(arrival, () => find(this.#keys, query) !== undefined);
    const found = find(this.#keys, query);
    if (found !== undefined) return found;
    const age = this.#set === undefined ? Infinity : this.#options.now() - this.#set.fetchedAt;
    if (age <= settledMs) return { kind: 'unknown' };
    const { retryAfterSeconds } = this.#backoff.open ? this.#unknownKeys : this.#backoff;
    return this.#unavailable(retryAfterSeconds);
  }

  /**
   * Waits for a fetch that began after a request came, within the budget for unknown keys and shared by all that wait. One
   * that was under way already may predate the key, so it settles only what it finds.
   */
  async #fetchSince(arrival: number, done: () => boolean): Promise<void> {
    for (;;) {
      const mayAsk = this.#shared !== undefined || (this.#backoff.open && this.#unknownKeys.take());
      if (!mayAsk) return;
      const pending = this.#refresh();
      const isNew = this.#started > arrival;
      if ((await pending) === undefined || isNew || done()) return;
    }
  }

  /** The keys of the set that is kept; none before the first. */
  get #keys(): readonly PublicJwk[] {
    return this.#set?.keys ?? [];
  }

  #usable(): KeySet | undefined {
    const set = this.#set;
    if (set === undefined) return undefined;
    return this.#options.now() - set.fetchedAt < set.freshMs + this.#options.staleMs ? set : undefined;
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
    this.#pending = this.#fetch().finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  async #fetch(): Promise<KeySet | undefined> {
    const { now, maxAgeMs, onFault, ...fetchOptions } = this.#options;
    try {
      const { body, headers } = await fetchJson(this.#url, {
        ...fetchOptions,
        mediaTypes: ['application/jwk-set+json'],
      });
      const keys = keepKnownKeys(parseKeySet(body, this.#url), this.#keys);
      const bounds = { minimumMs: Math.min(minimumFreshMs, maxAgeMs), maximumMs: maxAgeMs };
      this.#set = { keys, fetchedAt: now(), freshMs: readFreshness(headers, bounds) };
      this.#backoff.succeed();
      return this.#set;
    } catch (error) {
      this.#lastError = asFault(error, this.#url);
      this.#backoff.fail();
      this.#countFromNow(now());
      onFault(this.#lastError);
      return undefined;
    }
  }

  /** Of a set from before the clock was set back nobody knows the age: the time it may outlive an outage begins now. */
  #countFromNow(now: number): void {
    const set = this.#set;
    if (set !== undefined && set.fetchedAt > now) this.#set = { ...set, fetchedAt: now - set.freshMs };
  }

  #unavailable(retryAfterSeconds: number): KeyLookup {
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

function find(keys: readonly PublicJwk[], query: KeyQuery): KeyLookup | undefined {
  const found = selectKeys(keys, query);
  if (found.length > 0) return { kind: 'found', keys: found };
  return hasKeyId(keys, query) ? { kind: 'unsuitable' } : undefined;
}

/** Keeps the objects of keys that did not change, so that imports and earlier verdicts stay valid for them. */
function keepKnownKeys(fetched: readonly PublicJwk[], known: readonly PublicJwk[]): readonly PublicJwk[] {
  const bySpelling = new Map(known.map((key) => [JSON.stringify(key), key]));
  return fetched.map((key) => bySpelling.get(JSON.stringify(key)) ?? key);
}

function asFault(error: unknown, url: string): MCPAuthAuthServerError {
  if (error instanceof MCPAuthAuthServerError) return error;
  return new MCPAuthAuthServerError('request_failed', `${url} could not be read`, {
    cause: error,
    details: { url },
  });
}
