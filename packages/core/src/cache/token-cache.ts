import type { Clock } from '../net/environment.js';
import type { CachePressure } from './cache-pressure.js';
import { EvictionRoom, type Kept } from './eviction-room.js';

/** Limits of what is kept, and for how long. */
export interface TokenCacheLimits {
  readonly maxAgeMs: number;
  /** Tokens in all sections together. */
  readonly maxEntries: number;
  /** Estimated bytes in all sections together. */
  readonly maxBytes: number;
}

/** What an entry must say about itself. */
export interface CachedToken {
  readonly token: string;
  /** Estimated size in memory. */
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** Milliseconds since the epoch, from which on the token is of no use. */
  readonly expiresAt?: number | undefined;
}

/**
 * Keeps what is known about tokens, in one section per kind of verification, within one limit for all. What goes where more comes than fits
 * is for the {@link EvictionRoom} to say; what is found costs one look into a map.
 */
export class TokenCache<Entry extends CachedToken> {
  readonly #maxAgeMs: number;
  readonly #now: Clock;
  readonly #sections = new Map<string, TokenCacheSection<Entry>>();
  readonly #room: EvictionRoom<KeptToken<Entry>>;
  readonly #pressure: CachePressure | undefined;

  /** @param pressure - hears of what is given up before it is over-age */
  constructor(limits: TokenCacheLimits, now: Clock, pressure?: CachePressure) {
    this.#maxAgeMs = limits.maxAgeMs;
    this.#now = now;
    this.#room = new EvictionRoom(limits);
    this.#pressure = pressure;
  }

  /** The section for one kind of verification; verifiers that decide alike share it. */
  section(id: string): TokenCacheSection<Entry> {
    let section = this.#sections.get(id);
    if (section === undefined) {
      section = new TokenCacheSection(this.#maxAgeMs, this.#now, this.#room, this.#pressure);
      this.#sections.set(id, section);
    }
    return section;
  }
}

/** The tokens that one kind of verification has found good. */
export class TokenCacheSection<Entry extends CachedToken> {
  readonly #maxAgeMs: number;
  readonly #room: EvictionRoom<KeptToken<Entry>>;
  readonly #pressure: CachePressure | undefined;
  readonly #tokens = new Map<string, KeptToken<Entry>>();
  readonly now: Clock;

  constructor(
    maxAgeMs: number,
    now: Clock,
    room: EvictionRoom<KeptToken<Entry>>,
    pressure: CachePressure | undefined,
  ) {
    this.#maxAgeMs = maxAgeMs;
    this.now = now;
    this.#room = room;
    this.#pressure = pressure;
  }

  /** What is known about exactly this token, unless that is over-age. */
  find(token: string, now = this.now()): Entry | undefined {
    const kept = this.#tokens.get(keyOf(token));
    if (kept === undefined) return undefined;
    const { entry } = kept;
    if (entry.token !== token) return undefined;
    const age = now - entry.storedAt;
    // A negative age means that the clock was set back: nothing is known about the entry's
    if (age >= 0 && age < this.#maxAgeMs) {
      kept.usedIn = this.#room.generation;
      return entry;
    }
    this.#room.giveUp(kept);
    return undefined;
  }

  /** Of two tokens with the same key the later one stays. */
  add(entry: Entry): void {
    const key = keyOf(entry.token);
    const former = this.#tokens.get(key);
    if (former !== undefined) this.#room.giveUp(former);
    const kept = new KeptToken(entry, key, this.#tokens);
    const dropped = this.#room.admit(kept, this.now());
    if (dropped === undefined) return;
    this.#tokens.set(key, kept);
    if (dropped > 0) this.#pressure?.note(dropped);
  }

  drop(entry: Entry): void {
    const kept = this.#tokens.get(keyOf(entry.token));
    if (kept?.entry === entry) this.#room.giveUp(kept);
  }
}

class KeptToken<Entry extends CachedToken> implements Kept {
  readonly entry: Entry;
  readonly #key: string;
  readonly #tokens: Map<string, KeptToken<Entry>>;
  usedIn = 0;
  place = -1;

  constructor(entry: Entry, key: string, tokens: Map<string, KeptToken<Entry>>) {
    this.entry = entry;
    this.#key = key;
    this.#tokens = tokens;
  }

  get bytes(): number {
    return this.entry.bytes;
  }

  get storedAt(): number {
    return this.entry.storedAt;
  }

  get uselessAt(): number {
    return this.entry.expiresAt ?? Infinity;
  }

  leave(): void {
    this.#tokens.delete(this.#key);
  }
}

/**
 * The end of the signature: 72 bits, cheaper than a hash of it all, and what it finds is compared in full. Engines copy
 * so short a piece, where a longer one would keep the whole request header alive.
 */
function keyOf(token: string): string {
  return token.slice(-12);
}
