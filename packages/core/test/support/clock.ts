/** A clock that only moves when a test says so. */
export interface TestClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Seconds since the epoch. */
  readonly seconds: () => number;
  readonly advance: (seconds: number) => void;
}

export function createClock(start = Date.UTC(2026, 0, 1)): TestClock {
  let time = start;
  return {
    now: () => time,
    seconds: () => Math.floor(time / 1000),
    advance: (seconds) => (time += seconds * 1000),
  };
}
