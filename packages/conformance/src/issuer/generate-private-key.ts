import {
  createPrivateKey,
  generateKeyPairSync,
  type ED25519KeyPairOptions,
  type KeyObject,
} from 'node:crypto';

/** What to generate, by the type that Node gives its keys. */
export type PrivateKeyKind =
  | { readonly type: 'rsa'; readonly modulusLength: number }
  | { readonly type: 'ec'; readonly namedCurve: string }
  | { readonly type: 'ed25519' };

const encoding: ED25519KeyPairOptions<'pem', 'pem'> = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};

/**
 * A new private key, read from its encoding: Node 20 can stand still for ever when it collects the job that generated a key
 * while that very key is exported.
 */
export function generatePrivateKey(kind: PrivateKeyKind): KeyObject {
  return createPrivateKey(generatePem(kind));
}

function generatePem(kind: PrivateKeyKind): string {
  switch (kind.type) {
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: kind.modulusLength, ...encoding }).privateKey;
    case 'ec':
      return generateKeyPairSync('ec', { namedCurve: kind.namedCurve, ...encoding }).privateKey;
    case 'ed25519':
      return generateKeyPairSync('ed25519', encoding).privateKey;
  }
}
