import type { Claims } from '../token/token-policy.js';
import { reject, type RejectedToken } from '../token/verification.js';

/** `sub` is a string, `aud` a string or a list of strings (RFC 7519 §4.1.2, §4.1.3). */
export function checkClaimShapes(claims: Claims): RejectedToken | undefined {
  const { aud, sub } = claims;
  if (sub !== undefined && typeof sub !== 'string') return reject('invalid_claim', 'sub');
  const isAudience =
    typeof aud === 'string' || (Array.isArray(aud) && aud.every((entry) => typeof entry === 'string'));
  return aud === undefined || isAudience ? undefined : reject('invalid_claim', 'aud');
}

/** RFC 9449 §7.2, RFC 8705 §3: a bound token that cannot be checked is not a bearer token. */
export function checkSenderConstraint(claims: Claims): RejectedToken | undefined {
  return Object.hasOwn(claims, 'cnf') ? reject('sender_constrained', 'cnf') : undefined;
}
