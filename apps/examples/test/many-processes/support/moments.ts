let last = 0;

/** What came before what: every moment is a number higher than the one before. */
export const tick = (): number => ++last;

/** To be printed. No test compares it with anything. */
// eslint-disable-next-line no-restricted-properties
export const readMilliseconds = (): number => performance.now();
