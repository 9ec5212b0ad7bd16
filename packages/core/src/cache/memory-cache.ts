import type { Clock } from '../net/environment.js';
import type { CachePressure } from './cache-pressure.js';
import { type OldestEntry, OldestFirst } from './oldest-first.js';

interface Entry {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly setAt: number;
  readonly expiresAt: number;
}

export interface MemoryCacheLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** What an entry takes in addition to its two strings. */
const entryBytes = 128;

/** Texts by their keys, bounded in entries and bytes; what was used longest ago goes first. */
export class MemoryCache {
  readonly #limits: MemoryCacheLimits;
  readonly #now: Clock;
  /** In the order of their last use. */
  readonly #entries = new OldestFirst<string, Entry>();
  readonly #pressure: CachePressure | undefined;
  #bytes = 0;

  /** @param pressure - hears of what is given up before its lifetime is over */
  constructor(limits: MemoryCacheLimits, now: Clock, pressure?: CachePressure) {
    this.#limits = limits;
    this.#now = now;
    this.#pressure = pressure;
  }

  get(key: string): string | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    const now = this.#now();
    // A clock that was set back must not keep an entry for longer
    if (!(now < entry.expiresAt && now >= entry.setAt)) {
      this.delete(key);
      return undefined;
    }
    this.#entries.add(key, entry);
    return entry.value;
  }

  set(key: string, value: string, ttlSeconds: number): void {
    this.delete(key);
    const size = sizeOf(key, value);
    if (size > this.#limits.maxBytes) return;
    const setAt = this.#now();
    this.#entries.add(key, { value, setAt, expiresAt: setAt + ttlSeconds * 1000 });
    this.#bytes += size;
    for (let oldest = this.#overfull(); oldest !== undefined; oldest = this.#overfull()) {
      if (setAt < oldest.value.expiresAt) this.#pressure?.note(1);
      this.delete(oldest.key);
    }
  }

  /** The entry to give up next; none where everything fits. */
  #overfull(): OldestEntry<string, Entry> | undefined {
    const { maxEntries, maxBytes } = this.#limits;
    const fits = this.#entries.size <= maxEntries && this.#bytes <= maxBytes;
    return fits ? undefined : this.#entries.oldest();
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= sizeOf(key, entry.value);
  }
}

/** Texts take up to two bytes for each code unit. */
function sizeOf(key: string, value: string): number {
  return entryBytes + 2 * (key.length + value.length);
}
