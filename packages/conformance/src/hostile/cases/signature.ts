import { createHash } from 'node:crypto';
import { refuseEdits, refuseTokens } from '../hostile-case.js';
import { smallOrderPoint } from '../key-ring.js';
import { encode, type Mint, type TokenOptions } from '../mint.js';
import {
  addEd25519Order,
  addModulus,
  half,
  p256Order,
  signDer,
  signWith,
  signWithSalt,
  type Signer,
} from '../signatures.js';

const rules = ['RFC8725-3.3-01', 'RFC9068-4-03', 'MCP-2026-07-28-RS-015'];

const zeros =
  (length: number): Signer =>
  () =>
    Buffer.alloc(length);
const bytes =
  (...parts: readonly Uint8Array[]): Signer =>
  () =>
    Buffer.concat(parts);

/** A good signature of a key, changed. */
const changed =
  (key: 'es256' | 'rsa' | 'ed25519', alg: string, change: (signature: Buffer) => Buffer) =>
  (mint: Mint): TokenOptions => ({
    key,
    alg,
    sign: (input) => change(signWith(mint.key(key).privateKey, alg)(input)),
  });

const order = half(p256Order.toString(16));
const one = half('1');

const elliptic = refuseEdits('signature', 'invalid_signature', rules, {
  'ECDSA: r and s are zero': { sign: zeros(64) },
  'ECDSA: r is zero': { sign: bytes(half('0'), one) },
  'ECDSA: s is zero': { sign: bytes(one, half('0')) },
  'ECDSA: r and s are the order of the group': { sign: bytes(order, order) },
  'ECDSA: r and s are one': { sign: bytes(one, one) },
  'ECDSA: all bits set': { sign: () => Buffer.alloc(64, 0xff) },
  'ECDSA: one byte': { sign: zeros(1) },
  'ECDSA: in ASN.1': (mint) => ({ sign: signDer(mint.key('es256').privateKey) }),
  'ECDSA: zeros in ASN.1': { sign: () => Buffer.from('3006020100020100', 'hex') },
  'ECDSA: last byte missing': changed('es256', 'ES256', (signature) => signature.subarray(0, -1)),
  'ECDSA: one byte more': changed('es256', 'ES256', (signature) =>
    Buffer.concat([signature, Buffer.alloc(1)]),
  ),
  'ECDSA: twice': changed('es256', 'ES256', (signature) => Buffer.concat([signature, signature])),
  'ECDSA: halves exchanged': changed('es256', 'ES256', (signature) =>
    Buffer.concat([signature.subarray(32), signature.subarray(0, 32)]),
  ),
  'ECDSA: r filled up to 48 bytes': changed('es256', 'ES256', (signature) =>
    Buffer.concat([Buffer.alloc(16), signature.subarray(0, 32), Buffer.alloc(16), signature.subarray(32)]),
  ),
  'ECDSA: one bit flipped': changed('es256', 'ES256', flip),
});

const edwards = refuseEdits('signature', 'invalid_signature', rules, {
  'Ed25519: zeros': { key: 'ed25519', sign: zeros(64) },
  'Ed25519: a point of small order': { key: 'ed25519', sign: bytes(smallOrderPoint, Buffer.alloc(32)) },
  'Ed25519: S plus the order of the group': changed('ed25519', 'EdDSA', addEd25519Order),
  'Ed25519: last byte missing': changed('ed25519', 'EdDSA', (signature) => signature.subarray(0, -1)),
  'Ed25519: one bit flipped': changed('ed25519', 'EdDSA', flip),
});

const rsa = refuseEdits('signature', 'invalid_signature', rules, {
  'RSA: zeros': { key: 'rsa', sign: zeros(256) },
  'RSA: one': { key: 'rsa', sign: bytes(half('1', 256)) },
  'RSA: one byte': { key: 'rsa', sign: zeros(1) },
  'RSA: a leading zero': changed('rsa', 'RS256', (signature) => Buffer.concat([Buffer.alloc(1), signature])),
  'RSA: trailing zeros': changed('rsa', 'RS256', (signature) => Buffer.concat([signature, Buffer.alloc(8)])),
  'RSA: last byte missing': changed('rsa', 'RS256', (signature) => signature.subarray(0, -1)),
  'RSA: one bit flipped': changed('rsa', 'RS256', flip),
  'RSA: the bare hash': {
    key: 'rsa',
    sign: (input) => half(createHash('sha256').update(input).digest('hex'), 256),
  },
  'RSA: the padded hash, not signed': { key: 'rsa', sign: padHash },
  'RSA-PSS: no salt': (mint) => ({
    key: 'rsa',
    alg: 'PS256',
    sign: signWithSalt(mint.key('rsa').privateKey, 0),
  }),
  'RSA-PSS: the longest salt': (mint) => ({
    key: 'rsa',
    alg: 'PS256',
    sign: signWithSalt(mint.key('rsa').privateKey, 222),
  }),
});

const tampered = refuseTokens('signature', 'invalid_signature', rules, {
  'RSA: the signature plus the modulus': signaturePlusModulus,
  'other claims under a good signature': (mint) => {
    const [header, , signature] = mint.parts();
    return [header, encode(JSON.stringify(mint.claims({ sub: 'administrator' }))), signature].join('.');
  },
  'another header over a good signature': (mint) => {
    const [, claims, signature] = mint.parts();
    return [encode(JSON.stringify({ alg: 'ES256', kid: 'es256' })), claims, signature].join('.');
  },
  'the signature of another token': (mint) => {
    const [header, claims] = mint.parts();
    return [header, claims, mint.parts()[2]].join('.');
  },
  'a signature over the claims alone': (mint) =>
    mint.token({
      sign: (input) =>
        signWith(mint.key('es256').privateKey, 'ES256')(input.subarray(input.indexOf('.') + 1)),
    }),
  'a signature over the decoded claims': (mint) =>
    mint.token({
      header: { b64: false },
      sign: (input) => {
        const dot = input.indexOf('.') + 1;
        const decoded = Buffer.from(input.subarray(dot).toString(), 'base64url');
        return signWith(
          mint.key('es256').privateKey,
          'ES256',
        )(Buffer.concat([input.subarray(0, dot), decoded]));
      },
    }),
});

/** A public key that makes signatures forgeable, in the set of the trusted issuer itself. */
const degenerate = refuseEdits('signature', 'unsuitable_key', ['RFC8725-3.4-01', 'RFC8725-3.5-01'], {
  'RSA with exponent one': { header: { alg: 'RS256', kid: 'exponent-one' }, sign: padHash },
  'Ed25519 with a key of small order': {
    header: { alg: 'EdDSA', kid: 'small-order' },
    sign: bytes(smallOrderPoint, Buffer.alloc(32)),
  },
  'Ed25519 with another spelling of that key': {
    header: { alg: 'Ed25519', kid: 'small-order-alias' },
    sign: bytes(smallOrderPoint, Buffer.alloc(32)),
  },
});

/** RFC 7515 §5.2, RFC 7518 §3, RFC 8037 §3: a signature in the one right form, or none. */
export const signatureCases = [elliptic, edwards, rsa, tampered, degenerate].flat();

function flip(signature: Buffer): Buffer {
  const copy = Buffer.from(signature);
  copy.writeUInt8(copy.readUInt8(20) ^ 1, 20);
  return copy;
}

/** RFC 8017 §9.2: what an RSA signature decrypts to; with exponent one it is the signature. */
function padHash(input: Buffer): Buffer {
  const hash = createHash('sha256').update(input).digest();
  const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), hash]);
  return Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(253 - info.length, 0xff), Buffer.from([0]), info]);
}

function signaturePlusModulus(mint: Mint): string {
  const modulus = Buffer.from(String(mint.key('rsa').jwk.n), 'base64url');
  for (;;) {
    const [header, claims, signature] = mint.parts({ key: 'rsa' });
    const sum = addModulus(Buffer.from(signature, 'base64url'), modulus);
    if (sum !== undefined) return [header, claims, encode(sum)].join('.');
  }
}
