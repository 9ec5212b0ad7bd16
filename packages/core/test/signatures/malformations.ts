import { constants, privateEncrypt } from 'node:crypto';
import { digestOf, type Signer, signInput } from './signer.js';

/** The order of the group of each curve. */
const orders: Readonly<Record<string, bigint>> = {
  ES256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  ES384: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  ES512:
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  EdDSA: 2n ** 252n + 27742317777372353535851937790883648493n,
  Ed25519: 2n ** 252n + 27742317777372353535851937790883648493n,
};

/** What was signed, and what chance brings. */
export interface Signed {
  readonly signer: Signer;
  readonly stranger: Signer;
  readonly input: string;
  readonly signature: Buffer;
  readonly random: Uint8Array;
}

const isRsa = ({ alg }: Signer) => alg.startsWith('RS') || alg.startsWith('PS');
const isPss = ({ alg }: Signer) => alg.startsWith('PS');
const isEc = ({ alg }: Signer) => alg.startsWith('ES');

const halves = (bytes: Buffer) =>
  [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)] as const;

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
}

/** Cut to its length where it is too large for it. */
function toBytes(number: bigint, length: number): Buffer {
  return Buffer.from(
    number
      .toString(16)
      .padStart(length * 2, '0')
      .slice(-length * 2),
    'hex',
  );
}

const reversed = (bytes: Uint8Array) => Uint8Array.from(bytes).reverse();

function withBit(bytes: Buffer, position: number): Buffer {
  const changed = Buffer.from(bytes);
  const index = position % (bytes.length * 8);
  changed[index >> 3] = (changed[index >> 3] ?? 0) ^ (1 << (index & 7));
  return changed;
}

/** DigestInfo of RFC 8017 §9.2 as others write it, under a padding that is right or nearly so. */
function padOtherwise({ signer, signature, input, random }: Signed): Buffer | undefined {
  if (!signer.alg.startsWith('RS')) return undefined;
  const digest = Buffer.from(random).subarray(0, 32);
  const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest]);
  const zeros = (random[0] ?? 0) % 2 === 0;
  const tail = zeros ? Buffer.alloc(8) : Buffer.from(input).subarray(0, 8);
  const fill = Buffer.alloc(signature.length - info.length - tail.length - 3, 0xff);
  const padded = Buffer.concat([Buffer.from([0, 1]), fill, Buffer.from([0]), info, tail]);
  return privateEncrypt({ key: signer.privateKey, padding: constants.RSA_NO_PADDING }, padded);
}

/** Signatures that nobody may take, `undefined` where there is no such thing for the algorithm. */
export const malformations: Readonly<Record<string, (signed: Signed) => Buffer | undefined>> = {
  cut: ({ signature, random }) => signature.subarray(0, (random[0] ?? 1) % signature.length),
  'without its first byte': ({ signature }) => signature.subarray(1),
  lengthened: ({ signature, random }) =>
    Buffer.concat([signature, random.subarray(0, 1 + ((random[0] ?? 0) % 9))]),
  'a zero in front': ({ signature }) => Buffer.concat([Buffer.alloc(1), signature]),
  'a zero behind': ({ signature }) => Buffer.concat([signature, Buffer.alloc(1)]),
  empty: () => Buffer.alloc(0),
  'all zeros': ({ signature }) => Buffer.alloc(signature.length),
  'all ones': ({ signature }) => Buffer.alloc(signature.length, 0xff),
  'halves swapped': ({ signature }) => Buffer.concat([...halves(signature)].reverse()),
  'one bit flipped': ({ signature, random }) => withBit(signature, toIndex(random)),
  random: ({ signature, random }) => Buffer.alloc(signature.length, random),
  'of a stranger': ({ stranger, input }) => signInput(stranger, input),
  'of another text': ({ signer, input }) => signInput(signer, `${input}A`),
  'another digest': ({ signer, input }) => {
    const own = digestOf(signer.alg);
    return own === null
      ? undefined
      : signInput(signer, input, { digest: own === 'sha256' ? 'sha384' : 'sha256' });
  },
  DER: ({ signer, input }) => (isEc(signer) ? signInput(signer, input, { dsaEncoding: 'der' }) : undefined),
  'the other padding': ({ signer, input }) =>
    isRsa(signer)
      ? signInput(signer, input, {
          padding: isPss(signer) ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_PSS_PADDING,
        })
      : undefined,
  'no salt': ({ signer, input }) => (isPss(signer) ? signInput(signer, input, { saltLength: 0 }) : undefined),
  'a short salt': ({ signer, input }) =>
    isPss(signer) ? signInput(signer, input, { saltLength: 20 }) : undefined,
  'the longest salt': ({ signer, input }) =>
    isPss(signer) ? signInput(signer, input, { saltLength: constants.RSA_PSS_SALTLEN_MAX_SIGN }) : undefined,
  'padded otherwise': padOtherwise,
  'the modulus added': ({ signer, signature }) =>
    isRsa(signer)
      ? toBytes(
          toNumber(signature) + toNumber(Buffer.from(signer.jwk.n ?? '', 'base64url')),
          signature.length + 1,
        )
      : undefined,
  'the order as R': ({ signer, signature }) =>
    isEc(signer)
      ? Buffer.concat([toBytes(orders[signer.alg] ?? 0n, signature.length / 2), halves(signature)[1]])
      : undefined,
  'the order added to S': ({ signer, signature }) => {
    const order = orders[signer.alg];
    if (order === undefined) return undefined;
    const [r, s] = halves(signature);
    // RFC 8032 §5.1.6 writes numbers the other way round
    return isEc(signer)
      ? Buffer.concat([r, toBytes(toNumber(s) + order, s.length)])
      : Buffer.concat([r, reversed(toBytes(toNumber(reversed(s)) + order, s.length))]);
  },
};

function toIndex(random: Uint8Array): number {
  return ((random[0] ?? 0) << 8) | (random[1] ?? 0);
}
