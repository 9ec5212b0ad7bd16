import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { generatePrivateKey } from '../issuer/generate-private-key.js';

/** A member of a published key set; as strange as a case needs it. */
export type PublishedJwk = Readonly<Record<string, unknown>>;

/** A private key with its published form. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly jwk: PublishedJwk;
}

export type Curve = 'P-256' | 'P-384' | 'P-521' | 'secp256k1';

export function createEcKey(curve: Curve, members: PublishedJwk): KeyPair {
  return toPair(generatePrivateKey({ type: 'ec', namedCurve: curve }), members);
}

export function createEdKey(members: PublishedJwk): KeyPair {
  return toPair(generatePrivateKey({ type: 'ed25519' }), members);
}

export function createRsaKey(modulusLength: number, members: PublishedJwk): KeyPair {
  return toPair(generatePrivateKey({ type: 'rsa', modulusLength }), members);
}

/** The same key under another name or for another purpose. */
export function publishAs({ privateKey }: KeyPair, members: PublishedJwk): KeyPair {
  return toPair(privateKey, members);
}

function toPair(privateKey: KeyObject, members: PublishedJwk): KeyPair {
  return { privateKey, jwk: { ...exportPublic(privateKey), ...members } };
}

export function exportPublic(privateKey: KeyObject): JsonWebKey {
  return createPublicKey(privateKey).export({ format: 'jwk' });
}
