import { generateKeyPairSync } from 'node:crypto';
import { exportJWK, importPKCS8, type CryptoKey, type JWK } from 'jose';

export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/**
 * A new key for ES256, read from its encoding: Node 20 can stand still for ever when it collects the job that generated a key
 * while that very key is exported.
 */
export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey: pem } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const privateKey = await importPKCS8(pem, 'ES256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' } };
}
