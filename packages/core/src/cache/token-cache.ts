import type { Clock } from '../net/environment.js';
import type { CachePressure } from './cache-pressure.js';

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
}

/**
 * Keeps what is known about tokens, in one section per kind of verification, within one limit for all.
 *
 * Two generations, each of half the size: what is used moves to the young one, and when that is full the old one goes as a
 * whole. What was used lately is there, and there is no list to maintain.
 */
export class TokenCache<Entry extends CachedToken> {
  readonly #limits: TokenCacheLimits;
  readonly #now: Clock;
  readonly #sections = new Map<string, TokenCacheSection<Entry>>();
  #youngEntries = 0;
  #youngBytes = 0;
  readonly #pressure: CachePressure | undefined;

  /** @param pressure - hears of what is given up before it is over-age */
  constructor(limits: TokenCacheLimits, now: Clock, pressure?: CachePressure) {
    this.#limits = limits;
    this.#now = now;
    this.#pressure = pressure;
  }

  /** The section for one kind of verification; verifiers that decide alike share it. */
  section(id: string): TokenCacheSection<Entry> {
    let section = this.#sections.get(id);
    if (section === undefined) {
      section = new TokenCacheSection(this.#limits.maxAgeMs, this.#now, (bytes) => this.#admit(bytes));
      this.#sections.set(id, section);
    }
    return section;
  }

  /** Makes room for an entry, unless it would not fit at all. */
  #admit(bytes: number): boolean {
    const { maxEntries, maxBytes } = this.#limits;
    if (bytes > maxBytes / 2) return false;
    if (this.#youngEntries + 1 > maxEntries / 2 || this.#youngBytes + bytes > maxBytes / 2) {
      this.#age();
      this.#youngEntries = 0;
      this.#youngBytes = 0;
    }
    this.#youngEntries += 1;
    this.#youngBytes += bytes;
    return true;
  }

  #age(): void {
    const after = this.#now() - this.#limits.maxAgeMs;
    for (const section of this.#sections.values()) {
      const dropped = section.age();
      this.#pressure?.note(dropped.filter(({ storedAt }) => storedAt > after).length);
    }
  }
}

/** The tokens that one kind of verification has found good. */
export class TokenCacheSection<Entry extends CachedToken> {
  readonly #maxAgeMs: number;
  readonly #admit: (bytes: number) => boolean;
  readonly now: Clock;
  #young = new Map<string, Entry>();
  #old = new Map<string, Entry>();

  constructor(maxAgeMs: number, now: Clock, admit: (bytes: number) => boolean) {
    this.#maxAgeMs = maxAgeMs;
    this.now = now;
    this.#admit = admit;
  }

  /** What is known about exactly this token, unless that is over-age. */
  find(token: string, now = this.now()): Entry | undefined {
    const key = keyOf(token);
    let entry = this.#young.get(key);
    if (entry?.token !== token) {
      entry = this.#old.get(key);
      if (entry?.token !== token) return undefined;
      this.#old.delete(key);
      this.add(entry);
    }
    const age = now - entry.storedAt;
    // A negative age means that the clock was set back: nothing is known about the entry's
    if (age >= 0 && age < this.#maxAgeMs) return entry;
    this.drop(entry);
    return undefined;
  }

  /** Of two tokens with the same key the later one stays. */
  add(entry: Entry): void {
    if (this.#admit(entry.bytes)) this.#young.set(keyOf(entry.token), entry);
  }

  drop(entry: Entry): void {
    const key = keyOf(entry.token);
    if (this.#young.get(key) === entry) this.#young.delete(key);
    if (this.#old.get(key) === entry) this.#old.delete(key);
  }

  /** Drops the old generation, and begins a young one. */
  age(): readonly Entry[] {
    const dropped = [...this.#old.values()];
    this.#old = this.#young;
    this.#young = new Map();
    return dropped;
  }
}

/**
 * The end of the signature: 72 bits, cheaper than a hash of it all, and what it finds is compared in full. Engines copy
 * so short a piece, where a longer one would keep the whole request header alive.
 */
function keyOf(token: string): string {
  return token.slice(-12);
}
