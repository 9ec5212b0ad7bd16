import type { Clock } from '../net/environment.js';

const minuteMs = 60_000;

/** Tells that a cache gives up what it could still use: at most once a minute, no matter how often it does. */
export class CachePressure {
  readonly #tell: (dropped: number) => void;
  readonly #now: Clock;
  #dropped = 0;
  #toldAt = -Infinity;

  /** @param tell - gets how many entries were given up since it was last called */
  constructor(tell: (dropped: number) => void, now: Clock) {
    this.#tell = tell;
    this.#now = now;
  }

  note(dropped: number): void {
    this.#dropped += dropped;
    const now = this.#now();
    // A clock that was set back must not silence it for longer
    if (this.#dropped === 0 || (now >= this.#toldAt && now - this.#toldAt < minuteMs)) return;
    this.#toldAt = now;
    this.#tell(this.#dropped);
    this.#dropped = 0;
  }
}
