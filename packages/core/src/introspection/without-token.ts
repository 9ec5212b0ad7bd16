import type { Claims } from '../policy/token-policy.js';

/**
 * Leaves out every member that repeats the token: some servers name an opaque token by itself (`jti`), and claims are printed,
 * kept and handed on where tokens must not be.
 */
export function withoutToken(claims: Claims, token: string): Claims {
  // The characters of a token (RFC 6750 §2.1) are written in JSON as they are
  if (!JSON.stringify(claims).includes(token)) return claims;
  const kept = Object.entries(claims).filter((entry) => !JSON.stringify(entry).includes(token));
  return Object.fromEntries(kept);
}
