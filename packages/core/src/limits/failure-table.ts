import { OldestFirst } from '../cache/oldest-first.js';

/** How many failures there may be within which time, and of how many this is remembered. */
export interface FailureBounds {
  readonly max: number;
  readonly windowMs: number;
  readonly maxEntries: number;
}

interface Window {
  readonly since: number;
  failures: number;
}

/** Counts failures by whoever they belong to, in windows that begin with the first failure. Bounded: the oldest window is forgotten first. */
export class FailureTable {
  readonly #bounds: FailureBounds;
  /** The oldest window first. */
  readonly #windows = new OldestFirst<string, Window>();

  constructor(bounds: FailureBounds) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#windows.size;
  }

  /** Whole seconds until the window of one who has reached the limit ends; nothing for all others. */
  waitOf(key: string, now: number): number | undefined {
    const window = this.#current(key, now);
    if (window === undefined || window.failures < this.#bounds.max) return undefined;
    return Math.max(1, Math.ceil((window.since + this.#bounds.windowMs - now) / 1000));
  }

  /** Counts one more. How many there are now, and whether a window that was not over had to be forgotten for it. */
  add(key: string, now: number): { readonly failures: number; readonly forgot: boolean } {
    const window = this.#current(key, now) ?? { since: now, failures: 0 };
    window.failures += 1;
    if (window.failures === 1) this.#windows.add(key, window);
    return { failures: window.failures, forgot: this.#forgetOldest(now) };
  }

  #current(key: string, now: number): Window | undefined {
    const window = this.#windows.get(key);
    return window !== undefined && this.#runs(window, now) ? window : undefined;
  }

  /** A clock that was set back must not make a window longer. */
  #runs({ since }: Window, now: number): boolean {
    return now >= since && now - since < this.#bounds.windowMs;
  }

  #forgetOldest(now: number): boolean {
    if (this.#windows.size <= this.#bounds.maxEntries) return false;
    const oldest = this.#windows.oldest();
    if (oldest === undefined) return false;
    this.#windows.delete(oldest.key);
    return this.#runs(oldest.value, now);
  }
}
