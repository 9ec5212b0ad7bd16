// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- a module of a name that only the run time resolves
/// <reference path="./platform.d.ts" />
import { verifySignature } from '#signatures';
import type { PublicJwk } from '../keys/public-jwk.js';
import { hasSignatureLength } from './signature-length.js';
import { runSteps, settled, type Steps } from '../token/steps.js';

/** Of a token that names no key, any key of its issuer may be the one: who made it up must not hold up others for all of them. */
const maxInOneTurn = 2;

/**
 * The key that signed a compact JWS which `parseJwt` has read. Synchronous where the platform is, for as long as the first keys decide:
 * in front of each further one, other requests have their turn.
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
  let tried = 0;
  for (const key of keys) {
    if (!hasSignatureLength(jws, key, alg)) continue;
    if (++tried > maxInOneTurn) yield* settled(nextTurn());
    const verdict = yield* settled(verifySignature(jws, key, alg));
    if (verdict === 'signed') return key;
    if (verdict === 'unusable-key') onRefused?.(key);
  }
  return undefined;
}

/** After what else is to be done, requests that have come meanwhile too: promises alone would come first. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 0));
}
