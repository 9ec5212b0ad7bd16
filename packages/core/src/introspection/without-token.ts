import type { Claims } from '../policy/token-policy.js';

/** A shorter text is no secret (RFC 6749 §10.10), and may well be part of a name. */
const shortestSecret = 16;

/**
 * Leaves out every member that repeats the token: some servers name an opaque token by itself (`jti`), and claims are printed,
 * kept and handed on where tokens must not be.
 */
export function withoutToken(claims: Claims, token: string): Claims {
  // The characters of a token (RFC 6750 §2.1) are written in JSON as they are
  if (token.length < shortestSecret || !JSON.stringify(claims).includes(token)) return claims;
  const kept = Object.entries(claims).filter((entry) => !JSON.stringify(entry).includes(token));
  return Object.fromEntries(kept);
}
