import type { PublicJwk } from './public-jwk.js';

/** What a token says about its key: `kid` and `alg` of the JOSE header. */
export interface KeyQuery {
  readonly kid: string | undefined;
  readonly alg: string;
}

/** How many keys with the identifier that a token names are tried: enough for a rotation that keeps it. */
const maxNamed = 4;

/** How many are tried for a token that names none: more than real providers publish, too few to burn time. */
const maxUnnamed = 16;

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
  return candidates.length > limit ? candidates.slice(0, limit) : candidates;
}

/** Whether a set has the key identifier at all, so that fetching the set again would not help. */
export function hasKeyId(keys: readonly PublicJwk[], query: KeyQuery): boolean {
  return query.kid !== undefined && keys.some((key) => key.kid === query.kid);
}

function fitsAlgorithm(key: PublicJwk, alg: string): boolean {
  if (key.alg !== undefined && !isSameAlgorithm(key.alg, alg)) return false;
  switch (alg) {
    case 'ES256':
      return key.kty === 'EC' && key.crv === 'P-256';
    case 'ES384':
      return key.kty === 'EC' && key.crv === 'P-384';
    case 'ES512':
      return key.kty === 'EC' && key.crv === 'P-521';
    case 'EdDSA':
    case 'Ed25519':
      return key.kty === 'OKP' && key.crv === 'Ed25519';
    default:
      return key.kty === 'RSA';
  }
}

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
