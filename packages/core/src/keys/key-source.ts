import type { Unavailable } from '../errors/auth-server-error.js';
import { describeText } from '../errors/describe-value.js';
import type { PublicJwk } from './public-jwk.js';

/** What a key source found. */
export type KeyLookup =
  | FoundKeys
  /** The issuer has no such key: a key set settles that. */
  | { readonly kind: 'unknown' }
  /** The key identifier exists, but its key does not fit the algorithm or must not verify. */
  | { readonly kind: 'unsuitable' }
  | Unavailable;

/** Keys that may have signed a token. */
export interface FoundKeys {
  readonly kind: 'found';
  readonly keys: readonly PublicJwk[];
  /** Which fetches had begun when they were asked for: a number for `lookupAgain` and `findDoubt` of the same source. */
  readonly since: number;
}

/** The keys of exactly one issuer. Synchronous when the answer is there already. */
export interface KeySource {
  lookup(query: KeyQuery): KeyLookup | Promise<KeyLookup>;
  /**
   * Looks for keys beyond those that did not verify a token: a provider may have changed a key and kept its identifier, or
   * use none.
   *
   * @param since - of the keys that were found; without it, nothing that was fetched so far is new enough
   */
  lookupAgain(
    query: KeyQuery,
    tried: readonly PublicJwk[],
    since?: number,
  ): readonly PublicJwk[] | Promise<readonly PublicJwk[]>;
  /**
   * Why a token that no key verified may yet be good: its key may be so new that no fetch has seen it. `undefined` once
   * that is settled. To be asked for tokens that name no key; one that is named and known has spoken against the token.
   */
  findDoubt(query: KeyQuery, since: number): Unavailable | undefined | Promise<Unavailable | undefined>;
  /**
   * Whether this very key is still part of the current set: the condition for trusting an earlier verdict.
   *
   * @param now - a reading of the clock, where one was taken: to read it takes as long as all else that is done here
   */
  holds(key: PublicJwk, now?: number): boolean;
  /**
   * Whether a set that was fetched later lacks this very key, for what goes on without requests that would ask for keys: a set that
   * is due is fetched again in the background. An outage withdraws nothing.
   */
  isWithdrawn(key: PublicJwk): boolean;
  /** Resolves when keys are there; rejects with `MCPAuthAuthServerError` when they cannot be had. */
  ready(): Promise<void>;
}

/** What a token says about its key: `kid` and `alg` of the JOSE header, and when it was issued. Nothing of it is proven. */
export interface KeyQuery {
  readonly kid: string | undefined;
  readonly alg: string;
  /** Seconds since the epoch. Only speaks against a token: a set fetched later would have its key. */
  readonly iat?: number | undefined;
}

/** How many keys with the identifier that a token names are tried: enough for a rotation that keeps it. */
const maxNamed = 4;

/** How many are tried for a token that names none: more than real providers publish, too few to burn time. */
export const maxUnnamed = 16;

/**
 * Picks the keys of one issuer that may verify a token.
 *
 * Checks: `kid` where the token names one, `kty` and curve fit the algorithm, `alg` of the key where it has one, `use`
 * and `key_ops` allow verification (RFC 7517 §4.2–§4.4; RFC 8725 §3.1).
 */
export function selectKeys(keys: readonly PublicJwk[], query: KeyQuery): readonly PublicJwk[] {
  const candidates = keys.filter(
    (key) =>
      (query.kid === undefined || key.kid === query.kid) && fitsAlgorithm(key, query.alg) && mayVerify(key),
  );
  const limit = query.kid === undefined ? maxUnnamed : maxNamed;
  return candidates.slice(0, limit);
}

/** Whether a set has the key identifier at all, so that fetching the set again would not help. */
export function hasKeyId(keys: readonly { readonly kid?: string | undefined }[], query: KeyQuery): boolean {
  return query.kid !== undefined && keys.some((key) => key.kid === query.kid);
}

function fitsAlgorithm(key: PublicJwk, alg: string): boolean {
  if (key.alg !== undefined && !isSameAlgorithm(key.alg, alg)) return false;
  const curve = curves.get(alg);
  return curve === undefined ? key.kty === 'RSA' : key.crv === curve;
}

/** The curve of an algorithm, which leaves no choice of key type (RFC 7518 §3.4, RFC 8037 §3.1); the others are RSA's. */
const curves: ReadonlyMap<string, string> = new Map([
  ['ES256', 'P-256'],
  ['ES384', 'P-384'],
  ['ES512', 'P-521'],
  ['EdDSA', 'Ed25519'],
  ['Ed25519', 'Ed25519'],
]);

/** RFC 9864: `Ed25519` is the fully specified name of what `EdDSA` meant with that curve. */
function isSameAlgorithm(a: string, b: string): boolean {
  const name = (alg: string) => (alg === 'EdDSA' ? 'Ed25519' : alg);
  return name(a) === name(b);
}

function mayVerify(key: PublicJwk): boolean {
  return (
    (key.use === undefined || key.use === 'sig') &&
    (key.key_ops === undefined || key.key_ops.includes('verify'))
  );
}

/** Names a key in a sentence. */
export function describeKeyId(kid: string | undefined): string {
  return kid === undefined ? 'a key without kid' : `key ${describeText(kid)}`;
}
