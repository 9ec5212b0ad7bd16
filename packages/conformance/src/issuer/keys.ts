import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { generatePrivateKey } from './generate-private-key.js';
import type { IssuerName, KeyName } from './issuer-name.js';

/** Member of a key set (RFC 7517 §4). */
export type PublishedKey = Readonly<JsonWebKey & { kid: string; alg: string; use: string }>;

/** A key pair of an issuer, with what its published form says. */
export interface IssuerKey {
  readonly alg: 'ES256' | 'RS256' | 'EdDSA';
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** Member of the key set. */
  readonly published: PublishedKey;
}

const made = new Map<string, IssuerKey>();

/** The key of that name; made on first use, and the same one for the rest of the process. */
export function getKey(issuer: IssuerName, name: KeyName): IssuerKey {
  const kid = `${issuer}-${name}`;
  let key = made.get(kid);
  if (key === undefined) {
    key = makeKey(kid, name);
    made.set(kid, key);
  }
  return key;
}

function makeKey(kid: string, name: KeyName): IssuerKey {
  const { alg, privateKey } = generate(name);
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const point = name === 'off-curve' ? { y: moveOffCurve(jwk.y ?? '') } : undefined;
  return { alg, kid, privateKey, published: { ...jwk, ...point, kid, alg, use: 'sig' } };
}

function generate(name: KeyName): Pick<IssuerKey, 'alg' | 'privateKey'> {
  switch (name) {
    case 'rs256':
      return { alg: 'RS256', privateKey: generatePrivateKey({ type: 'rsa', modulusLength: 2048 }) };
    case 'weak-rsa':
      return { alg: 'RS256', privateKey: generatePrivateKey({ type: 'rsa', modulusLength: 1024 }) };
    case 'ed25519':
      return { alg: 'EdDSA', privateKey: generatePrivateKey({ type: 'ed25519' }) };
    default:
      return { alg: 'ES256', privateKey: generatePrivateKey({ type: 'ec', namedCurve: 'P-256' }) };
  }
}

/** For one x there are at most two points on the curve; a changed middle byte of y hits neither. */
function moveOffCurve(y: string): string {
  const bytes = Buffer.from(y, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(16) ^ 0x01, 16);
  return bytes.toString('base64url');
}
