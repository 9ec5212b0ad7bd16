import type { compactVerify } from 'jose/jws/compact/verify';
import type { PublicJwk } from './public-jwk.js';
import { importVerificationKey } from './verification-key.js';

type CompactVerify = typeof compactVerify;

let loaded: CompactVerify | undefined;

/** Loaded with the first signature, as are the parts that import its key. */
async function loadVerify(): Promise<CompactVerify> {
  const { compactVerify } = await import('jose/jws/compact/verify');
  loaded = compactVerify;
  return compactVerify;
}

/** The key that signed a compact JWS. Its bytes can make jose throw anything; whatever it throws, nobody has signed it. */
export async function findSigner(
  jws: string,
  keys: readonly PublicJwk[],
  alg: string,
): Promise<PublicJwk | undefined> {
  const compactVerify = loaded ?? (await loadVerify());
  for (const jwk of keys) {
    const imported = importVerificationKey(jwk, alg);
    const key = imported instanceof Promise ? await imported : imported;
    if (key === undefined) continue;
    try {
      await compactVerify(jws, key, { algorithms: [alg] });
      return jwk;
    } catch {
      continue;
    }
  }
  return undefined;
}
