import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { readPublicJwk, type PublicJwk } from '../../src/keys/public-jwk.js';
import { generatePem } from '../support/generate-pem.js';

export interface Signer {
  readonly alg: string;
  readonly jwk: PublicJwk;
  readonly privateKey: KeyObject;
}

/** A key pair whose public half has been read as that of an issuer is. */
export function createSigner(alg: string, modulusLength = 2048): Signer {
  const pem =
    modulusLength === 2048
      ? generatePem(alg)
      : generateKeyPairSync('rsa', {
          modulusLength,
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        });
  const jwk = readPublicJwk(createPublicKey(pem.publicKey).export({ format: 'jwk' }));
  if (typeof jwk === 'string') throw new Error(jwk);
  return { alg, jwk, privateKey: createPrivateKey(pem.privateKey) };
}

/** What may differ from what the algorithm says. */
export interface SignedOtherwise {
  readonly digest?: string;
  readonly dsaEncoding?: 'der';
  readonly saltLength?: number;
  readonly padding?: number;
}

export function digestOf(alg: string): string | null {
  const bits = /\d+$/.exec(alg)?.[0];
  return bits === undefined || alg === 'Ed25519' ? null : `sha${bits}`;
}

/** Signs as RFC 7518 §3 and RFC 8037 §3.1 say, or otherwise. */
export function signInput(signer: Signer, input: string, otherwise: SignedOtherwise = {}): Buffer {
  const { alg, privateKey } = signer;
  const pss = {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  };
  const { digest = digestOf(alg), ...options } = otherwise;
  return sign(digest, Buffer.from(input), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
    ...(alg.startsWith('PS') ? pss : undefined),
    ...options,
  });
}

export function assemble(input: string, signature: Uint8Array): string {
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}
