import type { PublicJwk } from '../keys/public-jwk.js';
import type { SignatureVerdict, VerifySignature } from './verify-signature.js';
import type { CryptoKey } from 'jose';
import type { compactVerify } from 'jose/jws/compact/verify';

/** With WebCrypto, through jose: what every platform has. */
export const verifySignature: VerifySignature = async (jws, jwk, alg): Promise<SignatureVerdict> => {
  const verify = loaded ?? (await loadVerify());
  const imported = importVerificationKey(jwk, alg);
  const key = imported instanceof Promise ? await imported : imported;
  if (key === undefined) return 'unusable-key';
  try {
    await verify(jws, key, { algorithms: [alg] });
    return 'signed';
  } catch {
    // Its bytes can make jose throw anything; no matter what it throws, nobody has signed it
    return 'not-signed';
  }
};

let loaded: typeof compactVerify | undefined;

/** Loaded with the first signature, as are the parts that import its key. */
async function loadVerify(): Promise<typeof compactVerify> {
  const { compactVerify } = await import('jose/jws/compact/verify');
  loaded = compactVerify;
  return compactVerify;
}

const imported = new WeakMap<PublicJwk, Map<string, CryptoKey | Promise<CryptoKey | undefined>>>();

/**
 * The key object for one JWK and one algorithm, imported once.
 *
 * `undefined` when the platform refuses the key, for example one of a curve that it does not have.
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
  const key = await importJWK({ ...jwk, alg, key_ops: ['verify'] }, alg).catch(() => undefined);
  return key instanceof Uint8Array ? undefined : key;
}
