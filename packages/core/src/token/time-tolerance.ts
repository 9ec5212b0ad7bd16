/**
 * Seconds that the clock of an authorization server may be ahead of this one: a time of issue up to so much later than now
 * is one of now (RFC 9068 §4).
 */
export const aheadToleranceSeconds = 60;
