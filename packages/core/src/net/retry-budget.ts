import type { Clock } from './environment.js';

const longestDelayMs = 5000;

/**
 * When a failed attempt may be repeated: after 1 s, doubling to 5 s, each shortened by up to a quarter at random so that
 * many processes do not come back at the same time. Counted from when the attempt began, so that one that hung until its
 * time limit costs no more than that.
 */
export class FailureBackoff {
  #failures = 0;
  #retryAt = 0;
  readonly #now: Clock;
  readonly #random: () => number;

  constructor(now: Clock, random: () => number = Math.random) {
    this.#now = now;
    this.#random = random;
  }

  /** Whether a fetch may be tried now. */
  get open(): boolean {
    const wait = this.#retryAt - this.#now();
    // A clock that was set back must not keep the door shut for as long
    return wait <= 0 || wait > longestDelayMs;
  }

  /** Whether the latest attempt failed. */
  get failing(): boolean {
    return this.#failures > 0;
  }

  /** Whole seconds until the next attempt, at least 1: what `Retry-After` says. */
  get retryAfterSeconds(): number {
    return Math.max(1, Math.ceil((this.#retryAt - this.#now()) / 1000));
  }

  /** @param startedAt - when the attempt began that failed */
  fail(startedAt: number = this.#now()): void {
    const delay = Math.min(longestDelayMs, 1000 * 2 ** this.#failures);
    this.#failures += 1;
    this.#retryAt = startedAt + delay * (1 - this.#random() / 4);
  }

  succeed(): void {
    this.#failures = 0;
    this.#retryAt = 0;
  }
}

/** Lets something begin once per interval, counted from when it last began. */
export class Interval {
  readonly #intervalMs: number;
  readonly #now: Clock;
  #begunAt = -Infinity;

  constructor(intervalMs: number, now: Clock) {
    this.#intervalMs = intervalMs;
    this.#now = now;
  }

  get open(): boolean {
    const passed = this.#now() - this.#begunAt;
    // A clock that was set back must not keep the door shut for as long
    return passed >= this.#intervalMs || passed < 0;
  }

  /** Whole seconds until it opens, at least 1. */
  get retryAfterSeconds(): number {
    if (this.open) return 1;
    return Math.max(1, Math.ceil((this.#begunAt + this.#intervalMs - this.#now()) / 1000));
  }

  begin(): void {
    this.#begunAt = this.#now();
  }
}

/** How often something may be done: `capacity` times in a row, then once per `intervalMs`. */
export class Budget {
  readonly #capacity: number;
  readonly #intervalMs: number;
  readonly #now: Clock;
  #available: number;
  #refilledAt: number;

  constructor(capacity: number, intervalMs: number, now: Clock) {
    this.#capacity = capacity;
    this.#intervalMs = intervalMs;
    this.#now = now;
    this.#available = capacity;
    this.#refilledAt = now();
  }

  /** Takes one unit if there is one. */
  take(): boolean {
    this.#refill();
    if (this.#available < 1) return false;
    if (this.#available === this.#capacity) this.#refilledAt = this.#now();
    this.#available -= 1;
    return true;
  }

  get retryAfterSeconds(): number {
    this.#refill();
    if (this.#available >= 1) return 1;
    return Math.max(1, Math.ceil((this.#refilledAt + this.#intervalMs - this.#now()) / 1000));
  }

  #refill(): void {
    // A clock that was set back must not keep the budget empty for as long
    this.#refilledAt = Math.min(this.#refilledAt, this.#now());
    const periods = Math.floor((this.#now() - this.#refilledAt) / this.#intervalMs);
    if (periods <= 0) return;
    this.#available = Math.min(this.#capacity, this.#available + periods);
    this.#refilledAt += periods * this.#intervalMs;
  }
}
