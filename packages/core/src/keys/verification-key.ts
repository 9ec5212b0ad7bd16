import type { CryptoKey } from 'jose';
import type { PublicJwk } from './public-jwk.js';

const imported = new WeakMap<PublicJwk, Map<string, CryptoKey | Promise<CryptoKey | undefined>>>();

/**
 * The key object for one JWK and one algorithm, imported once.
 *
 * `undefined` when the platform refuses the key, for example a point that is not on its curve (RFC 8725 §3.4).
 */
export function importVerificationKey(
  jwk: PublicJwk,
  alg: string,
): CryptoKey | Promise<CryptoKey | undefined> {
  let byAlgorithm = imported.get(jwk);
  if (byAlgorithm === undefined) {
    byAlgorithm = new Map();
    imported.set(jwk, byAlgorithm);
  }
  const known = byAlgorithm.get(alg);
  if (known !== undefined) return known;
  const keys = byAlgorithm;
  const pending = importKey(jwk, alg).then(
    (key) => {
      if (key !== undefined) keys.set(alg, key);
      return key;
    },
    (fault: unknown) => {
      // A module that could not be loaded, for want of a file to open: the next request may have more luck
      keys.delete(alg);
      throw fault;
    },
  );
  keys.set(alg, pending);
  return pending;
}

async function importKey(jwk: PublicJwk, alg: string): Promise<CryptoKey | undefined> {
  // Loaded with the first key: jose is most of what this library would cost a process at its start
  const { importJWK } = await import('jose/key/import');
  try {
    const key = await importJWK({ ...jwk, alg, key_ops: ['verify'] }, alg);
    return key instanceof Uint8Array ? undefined : key;
  } catch {
    return undefined;
  }
}
