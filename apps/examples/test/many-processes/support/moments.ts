let last = 0;

/** What came before what: every moment is a number higher than the one before. */
export const tick = (): number => ++last;

// eslint-disable-next-line no-restricted-properties -- printed for whoever runs it, never asserted
export const readMilliseconds = (): number => performance.now();
