// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- a module of a name that only the run time resolves
/// <reference path="./platform.d.ts" />
import { verifySignature } from '#signatures';
import type { PublicJwk } from '../keys/public-jwk.js';
import { hasSignatureLength } from './signature-length.js';
import { runSteps, settled, type Steps } from '../token/steps.js';

/**
 * The key that signed a compact JWS which `parseJwt` has read. Synchronous where the platform is.
 *
 * @param alg - of the JOSE header, and one that is supported
 * @param onRefused - called for each key that this platform cannot use with the algorithm
 */
export function findSigner(
  jws: string,
  keys: readonly PublicJwk[],
  alg: string,
  onRefused?: (key: PublicJwk) => void,
): PublicJwk | undefined | Promise<PublicJwk | undefined> {
  return runSteps(tryKeys(jws, keys, alg, onRefused));
}

function* tryKeys(
  jws: string,
  keys: readonly PublicJwk[],
  alg: string,
  onRefused: ((key: PublicJwk) => void) | undefined,
): Steps<PublicJwk | undefined> {
  for (const key of keys) {
    if (!hasSignatureLength(jws, key, alg)) continue;
    const verdict = yield* settled(verifySignature(jws, key, alg));
    if (verdict === 'signed') return key;
    if (verdict === 'unusable-key') onRefused?.(key);
  }
  return undefined;
}
