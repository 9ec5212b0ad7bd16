import type { KeySource } from '../keys/key-source.js';
import type { PublicJwk } from '../keys/public-jwk.js';
import type { TokenSigner } from '../token/verification.js';

const signers = new WeakMap<KeySource, WeakMap<PublicJwk, TokenSigner>>();

/** The signer of all tokens that were verified with this key of this source: one, so that it is asked about once for all of them. */
export function signerOf(keys: KeySource, key: PublicJwk): TokenSigner {
  let ofSource = signers.get(keys);
  if (ofSource === undefined) {
    ofSource = new WeakMap();
    signers.set(keys, ofSource);
  }
  let signer = ofSource.get(key);
  if (signer === undefined) {
    signer = Object.freeze({ isWithdrawn: () => keys.isWithdrawn(key) });
    ofSource.set(key, signer);
  }
  return signer;
}
