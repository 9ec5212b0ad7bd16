import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { generatePrivateKey } from '../issuer/generate-private-key.js';
import type { SenderKeyName } from '../proof-recipe.js';

/** A key pair of a client. */
export interface SenderKey {
  readonly alg: 'ES256' | 'ES384' | 'EdDSA' | 'PS256';
  readonly privateKey: KeyObject;
  readonly publicJwk: JsonWebKey;
  /** RFC 7638. */
  readonly thumbprint: string;
}

const made = new Map<SenderKeyName, SenderKey>();

/** The key of that name; made on first use, and the same one for the rest of the process. */
export function getSenderKey(name: SenderKeyName): SenderKey {
  let key = made.get(name);
  if (key === undefined) {
    const { alg, privateKey } = generate(name);
    const publicJwk = createPublicKey(privateKey).export({ format: 'jwk' });
    key = { alg, privateKey, publicJwk, thumbprint: thumbprintOf(publicJwk) };
    made.set(name, key);
  }
  return key;
}

function generate(name: SenderKeyName): Pick<SenderKey, 'alg' | 'privateKey'> {
  switch (name) {
    case 'p384':
      return { alg: 'ES384', privateKey: generatePrivateKey({ type: 'ec', namedCurve: 'P-384' }) };
    case 'ed25519':
      return { alg: 'EdDSA', privateKey: generatePrivateKey({ type: 'ed25519' }) };
    case 'rsa':
      return { alg: 'PS256', privateKey: generatePrivateKey({ type: 'rsa', modulusLength: 2048 }) };
    case 'weak-rsa':
      return { alg: 'PS256', privateKey: generatePrivateKey({ type: 'rsa', modulusLength: 1024 }) };
    case 'holder':
    case 'thief':
      return { alg: 'ES256', privateKey: generatePrivateKey({ type: 'ec', namedCurve: 'P-256' }) };
  }
}

/** RFC 7638 §3.1: required members only, in the order of their names. */
function thumbprintOf(jwk: JsonWebKey): string {
  const names = ['crv', 'e', 'kty', 'n', 'x', 'y'] as const;
  const required = names.filter((name) => jwk[name] !== undefined).map((name) => [name, jwk[name]] as const);
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(required)))
    .digest('base64url');
}
