import type { PublicJwk } from '../keys/public-jwk.js';

/** What one key says of one signature. */
export type SignatureVerdict =
  | 'signed'
  /** By somebody else, or by nobody. What the platform throws for such bytes means no more. */
  | 'not-signed'
  /** The platform cannot use the key with the algorithm, for example for want of its curve. */
  | 'unusable-key';

/**
 * Whether a key has signed a compact JWS with an algorithm (RFC 7515 §5.2). There are two of these, one for Node and one for all
 * platforms, with the same verdicts; `imports` in package.json picks one.
 *
 * Checks: the signature, over the two segments in front of it as they stand; that the key is of the type and curve of the algorithm.
 * Does not check: the spelling of the segments, which `parseJwt` has read; the length of the signature, which `findSigner` compares; that `alg` is the algorithm of the header; whether the key
 * is sound and may verify, which `readPublicJwk` and `selectKeys` have seen to.
 *
 * Synchronous where the platform is. Rejects only where a module cannot be loaded.
 */
export type VerifySignature = (
  jws: string,
  key: PublicJwk,
  alg: string,
) => SignatureVerdict | Promise<SignatureVerdict>;
