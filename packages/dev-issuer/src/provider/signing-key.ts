import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';

/** A private key for ES256 as a JWK. */
export interface SigningJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly d: string;
  readonly kid: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
}

/**
 * A new key, exported by its own encoding: Node 20 can stand still for ever when it collects the job that generated a key while that
 * very key is exported.
 */
export function createSigningKey(): SigningJwk {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { x = '', y = '', d = '' } = createPrivateKey(privateKey).export({ format: 'jwk' });
  return { kty: 'EC', crv: 'P-256', x, y, d, kid: randomUUID(), alg: 'ES256', use: 'sig' };
}
