import type { RejectedToken } from '../token/verification.js';
import { reject } from '../token/verification.js';

/** RFC 9068 §4 and OpenID Connect Core §2, §3.3.2.11: hashes that only an ID token carries. */
const idTokenClaims = ['at_hash', 'c_hash', 's_hash'] as const;

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * Refuses tokens of another kind that the same issuer signs (RFC 8725 §3.12).
 *
 * Checks for the marks of ID tokens, logout tokens, refresh tokens and introspection responses. A `nonce` alone marks an
 * ID token unless the header says `at+jwt` or the issuer types its tokens with a `typ` claim of `Bearer`.
 * Does not check: `typ` in the header, which has rules of its own.
 */
export function checkTokenKind(
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
): RejectedToken | undefined {
  for (const claim of idTokenClaims) {
    if (Object.hasOwn(claims, claim)) return reject('not_an_access_token', claim);
  }
  if (typeof claims.events === 'object' && claims.events !== null && logoutEvent in claims.events) {
    return reject('not_an_access_token', 'events');
  }
  if (Object.hasOwn(claims, 'token_introspection'))
    return reject('not_an_access_token', 'token_introspection');
  if (claims.token_use !== undefined && claims.token_use !== 'access') {
    return reject('not_an_access_token', 'token_use');
  }
  if (typeof claims.typ === 'string' && foreignTypes.has(claims.typ.toLowerCase())) {
    return reject('not_an_access_token', 'typ');
  }
  if (Object.hasOwn(claims, 'nonce') && !isTypedAccessToken(header, claims)) {
    return reject('not_an_access_token', 'nonce');
  }
  return undefined;
}

/** `typ` claims of tokens that are not access tokens, as Keycloak writes them. */
const foreignTypes: ReadonlySet<string> = new Set([
  'id',
  'refresh',
  'offline',
  'logout',
  'registrationaccesstoken',
  'initialaccesstoken',
  'serialized-id',
]);

function isTypedAccessToken(
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
): boolean {
  const typ = typeof header.typ === 'string' ? header.typ.toLowerCase() : undefined;
  return typ === 'at+jwt' || typ === 'application/at+jwt' || claims.typ === 'Bearer';
}
