/** When something began, and how long it took. Measured while there is an `onEvent`. */
export interface Timing {
  /** Milliseconds since the epoch, by the clock of the platform; `time` of the event is by that of the configuration. */
  readonly startedAt: number;
  /** In milliseconds, with a fraction where the platform has a clock that is fine enough. Workers stand still between two answers. */
  readonly durationMs: number;
}

/** Starts now; what it gives tells the time until it is called. */
export function startTiming(): () => Timing {
  const startedAt = Date.now();
  const started = performance.now();
  return () => ({ startedAt, durationMs: performance.now() - started });
}
