import type { Claims } from '../token/token-policy.js';

/** A shorter text is no secret (RFC 6749 §10.10), and may well be part of a name. */
const shortestSecret = 16;

/** Members whose absence would let more pass: what they hold goes, and they stay. */
const decisive: ReadonlySet<string> = new Set([
  'aud',
  'iss',
  'exp',
  'nbf',
  'iat',
  'cnf',
  'token_type',
  'token_use',
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'token_introspection',
]);

/**
 * Leaves out every member that repeats the token: some servers name an opaque token by itself (`jti`), and claims are printed,
 * kept and handed on where tokens must not be. A member that may speak against the token stays, without what it held.
 */
export function withoutToken(claims: Claims, token: string): Claims {
  // The characters of a token (RFC 6750 §2.1) are written in JSON as they are
  if (token.length < shortestSecret || !JSON.stringify(claims).includes(token)) return claims;
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => {
      if (!JSON.stringify([name, value]).includes(token)) return [[name, value]];
      return decisive.has(name) ? [[name, '[redacted]']] : [];
    }),
  );
}
