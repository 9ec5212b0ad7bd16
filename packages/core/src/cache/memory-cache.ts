import type { Clock } from '../net/clock.js';
import type { SharedCache } from './shared-cache.js';

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

/** What an entry takes beside its two texts. */
const entryBytes = 128;

/** A {@link SharedCache} inside one process, bounded in entries and bytes; what was used longest ago goes first. */
export class MemoryCache implements SharedCache {
  readonly #limits: MemoryCacheLimits;
  readonly #now: Clock;
  /** In the order of their last use. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(limits: MemoryCacheLimits, now: Clock) {
    this.#limits = limits;
    this.#now = now;
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
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: string, ttlSeconds: number): void {
    this.delete(key);
    const size = sizeOf(key, value);
    if (size > this.#limits.maxBytes) return;
    const setAt = this.#now();
    this.#entries.set(key, { value, setAt, expiresAt: setAt + ttlSeconds * 1000 });
    this.#bytes += size;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limits.maxEntries && this.#bytes <= this.#limits.maxBytes) break;
      this.delete(oldest);
    }
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
