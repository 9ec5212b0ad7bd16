import type { RejectedToken } from '../token/verification.js';
import { reject } from '../token/verification.js';

/** How a gate reads the clock and the time claims. All durations in seconds. */
export interface TimeRules {
  /** Seconds since the epoch; from this reading of the clock, in milliseconds, where one was taken already. */
  readonly now: (reading?: number) => number;
  readonly clockToleranceSeconds: number;
  /** Upper limit for the time since `iat`; `undefined` for none. */
  readonly maxTokenAgeSeconds: number | undefined;
}

/** 9999-12-31T23:59:59Z. Anything later is milliseconds or nonsense (RFC 9068 §4: exp in milliseconds). */
const latestSaneTime = 253_402_300_799;

/**
 * Checks the time claims (RFC 7519 §4.1.4–§4.1.6; RFC 9068 §4).
 *
 * `exp` is required; `exp`, `nbf` and `iat` must be finite, non-negative numbers of seconds. Expiry comes first.
 */
export function checkTimes(
  claims: Readonly<Record<string, unknown>>,
  rules: TimeRules,
  reading?: number,
): RejectedToken | undefined {
  const { exp, nbf, iat } = claims;
  if (exp === undefined) return reject('missing_claim', 'exp');
  if (!isSaneTime(exp)) return reject('invalid_claim', 'exp');
  if (nbf !== undefined && !isSaneTime(nbf)) return reject('invalid_claim', 'nbf');
  if (iat !== undefined && !isSaneTime(iat)) return reject('invalid_claim', 'iat');
  const now = rules.now(reading);
  const tolerance = rules.clockToleranceSeconds;
  // Written so that a clock that is not a number refuses everything
  if (!(exp > now - tolerance)) return reject('token_expired', 'exp');
  if (nbf !== undefined && !(nbf <= now + tolerance)) return reject('token_not_yet_valid', 'nbf');
  if (iat !== undefined && !(iat <= now + tolerance)) return reject('issued_in_future', 'iat');
  if (rules.maxTokenAgeSeconds === undefined) return undefined;
  if (iat === undefined) return reject('missing_claim', 'iat');
  return now - iat - tolerance <= rules.maxTokenAgeSeconds ? undefined : reject('token_too_old', 'iat');
}

function isSaneTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= latestSaneTime;
}
