/**
 * Sets the clocks of this process forward, so that a suite need not wait for caches to age.
 *
 * @returns {() => void} sets them back
 */
export function advanceClock(milliseconds) {
  const { now } = Date;
  const monotonic = performance.now;
  Date.now = () => now() + milliseconds;
  performance.now = () => monotonic.call(performance) + milliseconds;
  return () => {
    Date.now = now;
    performance.now = monotonic;
  };
}
