import { constants, createHmac, sign, type KeyObject } from 'node:crypto';

/** Turns the signing input of a JWS into its signature. */
export type Signer = (input: Buffer) => Buffer;

/** Signs as RFC 7518 §3.3–§3.5 and RFC 8037 §3.1 say. */
export function signWith(privateKey: KeyObject, alg: string): Signer {
  const hash = `sha${alg.slice(2)}`;
  switch (alg.slice(0, 2)) {
    case 'RS':
      return (input) => sign(hash, input, privateKey);
    case 'PS':
      return (input) =>
        sign(hash, input, {
          key: privateKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        });
    case 'ES':
      return (input) => sign(hash, input, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    default:
      return (input) => sign(null, input, privateKey);
  }
}

/** An ECDSA signature in ASN.1, as TLS and OpenSSL write it and JWS does not (RFC 7518 §3.4). */
export function signDer(privateKey: KeyObject): Signer {
  return (input) => sign('sha256', input, { key: privateKey, dsaEncoding: 'der' });
}

/** RFC 7518 §3.5 fixes the salt at the length of the hash. */
export function signWithSalt(privateKey: KeyObject, saltLength: number): Signer {
  return (input) =>
    sign('sha256', input, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
}

/** The confusion attack: an HMAC whose secret is something public. */
export function signHmac(secret: string | Buffer, bits = 256): Signer {
  return (input) => createHmac(`sha${bits}`, secret).update(input).digest();
}

export const half = (hex: string, length = 32) => Buffer.from(hex.padStart(length * 2, '0'), 'hex');

/** Orders of the groups (SEC 2 §2.4.2, RFC 8032 §5.1). */
export const p256Order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const ed25519Order = 2n ** 252n + 27742317777372353535851937790883648493n;

/** RFC 8032 §5.1.7: S must be below the group order; a second spelling of a good signature adds the order. */
export function addEd25519Order(signature: Buffer): Buffer {
  const s = readLittleEndian(signature.subarray(32)) + ed25519Order;
  return Buffer.concat([signature.subarray(0, 32), half(s.toString(16)).reverse()]);
}

function readLittleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

/** The integer of an RSA signature, and back with a fixed number of bytes; nothing when it does not fit. */
export function addModulus(signature: Buffer, modulus: Buffer): Buffer | undefined {
  const sum = BigInt(`0x${signature.toString('hex')}`) + BigInt(`0x${modulus.toString('hex')}`);
  return sum < 1n << 2048n ? half(sum.toString(16), 256) : undefined;
}
