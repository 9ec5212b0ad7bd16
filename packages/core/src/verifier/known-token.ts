import type { TokenCacheSection } from '../cache/token-cache.js';
import type { PublicJwk } from '../keys/public-jwk.js';
import { checkTimes, type TimeRules } from './claim-rules.js';
import { checkTokenPolicy, type KeyedIssuer } from './trusted-issuer.js';
import type { VerifiedVerdict } from '../token/verification.js';

/** A token that was verified, and what has to be asked again each time it comes. */
export interface KnownToken {
  readonly token: string;
  readonly verdict: VerifiedVerdict;
  /** The key that signed it. */
  readonly key: PublicJwk;
  /** JOSE header, kept where a policy may ask for it. */
  readonly header: Readonly<Record<string, unknown>> | undefined;
  readonly bytes: number;
  readonly storedAt: number;
  readonly expiresAt: number;
}

export type KnownTokens = TokenCacheSection<KnownToken>;

/**
 * The verdict on a token that was verified before, where it still stands.
 *
 * Checks again: that the issuer is trusted and still has the very key that signed the token, the time claims, the policy of
 * the authorization server. Where one of them fails, the token is forgotten and what it is worth now is for the full
 * verification to say.
 * Does not check again: what cannot change as long as the token is the same in every character.
 */
export function recallToken(
  token: string,
  known: KnownTokens,
  issuers: ReadonlyMap<string, KeyedIssuer>,
  time: TimeRules,
): VerifiedVerdict | undefined {
  // One reading of the clock for all
  const now = known.now();
  const entry = known.find(token, now);
  if (entry === undefined) return undefined;
  const { claims, issuer: name } = entry.verdict.token;
  const issuer = issuers.get(name);
  const stands =
    issuer?.keys.holds(entry.key, now) === true &&
    checkTimes(claims, time, now) === undefined &&
    checkTokenPolicy(issuer, claims, entry.header ?? noHeader) === undefined;
  if (stands) return entry.verdict;
  known.drop(entry);
  return undefined;
}

const noHeader: Readonly<Record<string, unknown>> = Object.freeze({});

/** What an entry takes in addition to its token, its scopes and its claims: objects around it, places in maps and lists. */
const entryBytes = 560;
/** The header that the token is a part of. */
const tokenBytes = 56;
/** A scope that was cut from a text, and the slot of one that was in a list. */
const cutScopeBytes = 40;
const listedScopeBytes = 8;

/** Remembers a token that was verified. */
export function rememberToken(
  known: KnownTokens,
  verdict: VerifiedVerdict,
  key: PublicJwk,
  header: KnownToken['header'],
  claimBytes: number,
): void {
  const { token, scopes, claims, expiresAt } = verdict.token;
  Object.freeze(scopes);
  Object.freeze(verdict.token);
  Object.freeze(verdict);
  const isListed = Array.isArray(claims.scp) || Array.isArray(claims.scope);
  const scopeBytes = isListed ? listedScopeBytes : cutScopeBytes;
  const bytes = entryBytes + tokenBytes + token.length + scopes.length * scopeBytes + claimBytes;
  known.add({ token, verdict, key, header, bytes, storedAt: known.now(), expiresAt: expiresAt * 1000 });
}
