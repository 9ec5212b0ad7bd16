/** Seconds for which a token is accepted after its `exp`, where nothing else is configured (RFC 9068 §4: a small leeway). */
export const expiryToleranceSeconds = 5;

/**
 * Seconds that the clock of an authorization server may be ahead of this one: a time of issue, or a first moment of validity, up to
 * so much later than now is one of now. It keeps no token alive for longer; RFC 7519 §4.1.6 demands no check of `iat` at all.
 */
export const aheadToleranceSeconds = 60;
