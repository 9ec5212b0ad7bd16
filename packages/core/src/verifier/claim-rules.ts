import type { Claims, TokenPolicy } from '../token/token-policy.js';
import { normalizeType } from '../token/algorithms.js';
import { type ConfirmationMethod, readConfirmation } from '../token/confirmation.js';
import { reject, type RejectedToken } from '../token/verification.js';

/** `sub` is a string, `aud` a string or a list of strings (RFC 7519 §4.1.2, §4.1.3). */
export function checkClaimShapes(claims: Claims): RejectedToken | undefined {
  const { aud, sub } = claims;
  if (sub !== undefined && typeof sub !== 'string') return reject('invalid_claim', 'sub', { actual: sub });
  const isAudience =
    typeof aud === 'string' || (Array.isArray(aud) && aud.every((entry) => typeof entry === 'string'));
  return aud === undefined || isAudience ? undefined : reject('invalid_claim', 'aud', { actual: aud });
}

/**
 * RFC 9449 §7.2, RFC 8705 §3: a bound token that cannot be checked is not a bearer token.
 *
 * Does not check: who sends it, which is for the gate to ask, each time it comes.
 *
 * @param methods - that the route can check
 */
export function checkSenderConstraint(
  claims: Claims,
  methods: ReadonlySet<ConfirmationMethod>,
): RejectedToken | undefined {
  return readConfirmation(claims, methods) === 'unusable' ? reject('sender_constrained', 'cnf') : undefined;
}

/** How a gate reads the clock and the time claims. All durations in seconds. */
export interface TimeRules {
  /** Seconds since the epoch; from this reading of the clock, in milliseconds, where one was taken already. */
  readonly now: (reading?: number) => number;
  /** How long a token is accepted after `exp`, and after its greatest age. */
  readonly expiryToleranceSeconds: number;
  /** How far `nbf` and `iat` may be ahead. */
  readonly aheadToleranceSeconds: number;
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
  if (!isSaneTime(exp)) return reject('invalid_claim', 'exp', { actual: exp });
  if (nbf !== undefined && !isSaneTime(nbf)) return reject('invalid_claim', 'nbf', { actual: nbf });
  if (iat !== undefined && !isSaneTime(iat)) return reject('invalid_claim', 'iat', { actual: iat });
  const now = rules.now(reading);
  const { expiryToleranceSeconds: tolerance, aheadToleranceSeconds: ahead } = rules;
  // Written so that a clock that is not a number refuses everything
  if (!(exp > now - tolerance)) return reject('token_expired', 'exp', { actual: exp });
  if (nbf !== undefined && !(nbf <= now + ahead))
    return reject('token_not_yet_valid', 'nbf', { actual: nbf });
  if (iat !== undefined && !(iat <= now + ahead)) return reject('issued_in_future', 'iat', { actual: iat });
  if (rules.maxTokenAgeSeconds === undefined) return undefined;
  if (iat === undefined) return reject('missing_claim', 'iat');
  return now - iat - tolerance <= rules.maxTokenAgeSeconds
    ? undefined
    : reject('token_too_old', 'iat', { actual: iat });
}

/** NaN and the infinities are not between the two. */
function isSaneTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= latestSaneTime;
}

/**
 * When a token ends that need not say so: what is stated, else `lifetimeWithoutExpirySeconds` after it was issued, or after somebody vouched
 * for it where that is not known either. All times in seconds since the epoch.
 *
 * Does not check: any of the values; a stated expiry is returned as it is.
 */
export function resolveExpiry(
  stated: unknown,
  issuedAt: unknown,
  vouchedAt: number,
  lifetimeWithoutExpirySeconds: number | undefined,
): unknown {
  if (stated !== undefined || lifetimeWithoutExpirySeconds === undefined) return stated;
  return (typeof issuedAt === 'number' ? issuedAt : vouchedAt) + lifetimeWithoutExpirySeconds;
}

/** RFC 9068 §4 and OpenID Connect Core §2, §3.3.2.11: hashes that only an ID token carries. */
const idTokenClaims = ['at_hash', 'c_hash', 's_hash'] as const;

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * Refuses tokens of another kind that the same issuer signs (RFC 8725 §3.12).
 *
 * Checks for the marks of ID tokens, logout tokens, refresh tokens and introspection responses. A `nonce` alone marks an
 * ID token unless the header says `at+jwt`, or another type that the route names as one of its access tokens, the issuer types its
 * tokens with a `typ` claim of `Bearer`, or its policy says that access tokens have one.
 * Does not check: `typ` in the header, which has its own rules.
 *
 * @param types - of access tokens, where the route names them, in lower case and without `application/`
 */
export function checkTokenKind(
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
  policy?: TokenPolicy,
  types?: ReadonlySet<string>,
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
    return reject('not_an_access_token', 'token_use', { expected: 'access', actual: claims.token_use });
  }
  if (typeof claims.typ === 'string' && foreignTypes.has(claims.typ.toLowerCase())) {
    return reject('not_an_access_token', 'typ', { actual: claims.typ });
  }
  const mayHaveNonce = policy?.nonceMayBePresent === true || isTypedAccessToken(header, claims, types);
  if (Object.hasOwn(claims, 'nonce') && !mayHaveNonce) {
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

/**
 * The same for a token whose header nobody shows, by what an answer about it says. RFC 7662 §2.2 `token_type` is that of RFC 6749 §5.1; some
 * servers also say which kind a token is.
 */
export function checkStatedKind(
  claims: Claims,
  methods: ReadonlySet<ConfirmationMethod>,
  policy?: TokenPolicy,
): RejectedToken | undefined {
  const { token_type: type, token_use: use } = claims;
  const kind = typeof type === 'string' ? type.toLowerCase() : type;
  if (kind === 'dpop' && !methods.has('jkt')) return reject('sender_constrained', 'token_type');
  if (kind !== undefined && kind !== 'bearer' && kind !== 'access_token' && kind !== 'dpop') {
    return reject('not_an_access_token', 'token_type');
  }
  // Ory Hydra says access_token where others say access
  const named = use === 'access_token' ? { ...claims, token_use: 'access' } : claims;
  return checkTokenKind(kind === undefined ? {} : { typ: 'at+jwt' }, named, policy);
}

/** Whether an answer calls a token one of RFC 9449, whose key it then has to name. */
export function isStatedAsBound({ token_type: type }: Claims): boolean {
  return typeof type === 'string' && type.toLowerCase() === 'dpop';
}

function isTypedAccessToken(
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
  types: ReadonlySet<string> | undefined,
): boolean {
  // Keycloak calls those that are bound to a key DPoP
  if (claims.typ === 'Bearer' || claims.typ === 'DPoP') return true;
  if (typeof header.typ !== 'string') return false;
  const type = normalizeType(header.typ);
  // JWT is what every token may be called (RFC 7519 §5.1), and says nothing
  return type === 'at+jwt' || (type !== 'jwt' && types?.has(type) === true);
}
