import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type ED25519KeyPairOptions,
  type KeyObject,
} from 'node:crypto';

/** Algorithms that test issuers and provers can sign with. */
export type TestAlgorithm = 'ES256' | 'RS256' | 'EdDSA';

/** A key pair, and what others may know of it. */
export interface KeyPair {
  readonly alg: TestAlgorithm;
  readonly privateKey: KeyObject;
  /** The public half (RFC 7517 §4), without what a key set adds. */
  readonly publicJwk: PublicJwk;
}

/** Members of a public key that say which key it is. */
export interface PublicJwk {
  readonly kty: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly n?: string;
  readonly e?: string;
}

const encoding: ED25519KeyPairOptions<'pem', 'pem'> = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};

/**
 * A new key pair, read from its encoding: Node 20 can stand still for ever when it collects the job that generated a key while that very
 * key is exported.
 */
export function generateKeyPair(alg: TestAlgorithm): KeyPair {
  const privateKey = createPrivateKey(generatePem(alg));
  const publicJwk = createPublicKey(privateKey).export({ format: 'jwk' }) as PublicJwk;
  return { alg, privateKey, publicJwk };
}

function generatePem(alg: TestAlgorithm): string {
  switch (alg) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256', ...encoding }).privateKey;
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 2048, ...encoding }).privateKey;
    case 'EdDSA':
      return generateKeyPairSync('ed25519', encoding).privateKey;
  }
}

/** RFC 7638 §3.1: the required members only, in the order of their names. */
export function thumbprintOf(jwk: PublicJwk): string {
  const names = ['crv', 'e', 'kty', 'n', 'x', 'y'] as const;
  const required = names.filter((name) => jwk[name] !== undefined).map((name) => [name, jwk[name]]);
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(required)))
    .digest('base64url');
}
