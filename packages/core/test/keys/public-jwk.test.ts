import { generateKeyPair, exportJWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { readPublicJwk } from '../../src/keys/public-jwk.js';
import { createKey } from '../support/keys.js';

const b64 = (bytes: readonly number[]) => Buffer.from(bytes).toString('base64url');
const modulus = (bits: number) => {
  const bytes = new Array<number>(Math.ceil(bits / 8)).fill(0xff);
  bytes[0] = 0xff >> ((8 - (bits % 8)) % 8);
  return b64(bytes);
};
const rsa = (n: string, e = 'AQAB') => readPublicJwk({ kty: 'RSA', n, e });

describe('weak keys are no keys', () => {
  test.each([512, 1024, 2040, 2047])('[RFC8725-3.5-01] RSA with %i bits', (bits) => {
    expect(rsa(modulus(bits))).toBe('weak-rsa');
  });

  test('[RFC8725-3.5-01] RSA padded with zero bytes to look longer', () => {
    expect(rsa(b64([...new Array<number>(200).fill(0), ...Buffer.from(modulus(1024), 'base64url')]))).toBe(
      'weak-rsa',
    );
    expect(rsa(b64(new Array<number>(256).fill(0)))).toBe('weak-rsa');
  });

  test('[RFC8725-3.5-01] RSA so large that it only burns time', () => {
    expect(rsa(modulus(8193))).toBe('weak-rsa');
    expect(rsa(modulus(65_536))).toBe('weak-rsa');
  });

  test.each([
    ['0', [0]],
    ['1', [1]],
    ['1 with leading zeros', [0, 0, 1]],
    ['even', [4]],
    ['2', [2]],
    ['longer than 64 bits', [1, 0, 0, 0, 0, 0, 0, 0, 1]],
  ])('[RFC8725-3.5-01] RSA with the exponent %s', (_what, bytes) => {
    expect(rsa(modulus(2048), b64(bytes))).toBe('weak-rsa');
  });

  test.each([2048, 3072, 4096, 8192])('RSA with %i bits is fine, with 65537 and with 3', (bits) => {
    expect(rsa(modulus(bits))).toMatchObject({ kty: 'RSA' });
    expect(rsa(modulus(bits), b64([3]))).toMatchObject({ kty: 'RSA' });
  });

  test('an exponent of 64 bits is the longest, and every character of base64url counts', () => {
    expect(rsa(modulus(2048), b64([0x80, 0, 0, 0, 0, 0, 0, 1]))).toMatchObject({ kty: 'RSA' });
    const n = b64(Array.from({ length: 258 }, (_, at) => [0xfb, 0xef, 0xbe][at % 3] ?? 0));
    expect(n).toMatch(/^-+$/);
    expect(rsa(n)).toMatchObject({ n });
  });

  test.each(['AQ'.padEnd(43, 'A'), 'A'.repeat(43), '7P__________________________________________38'])(
    '[RFC8725-3.4-01] an Ed25519 point of small order: %s',
    (x) => {
      expect(readPublicJwk({ kty: 'OKP', crv: 'Ed25519', x })).toBe('weak-okp');
    },
  );
});

describe('secret material is never taken for a public key', () => {
  test.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])('[RFC8725-3.1-01] member %s', async (member) => {
    const { publicJwk } = await createKey();
    expect(readPublicJwk({ ...publicJwk, [member]: 'AAAA' })).toBe('secret');
    expect(readPublicJwk({ ...publicJwk, [member]: '' })).toBe('secret');
  });

  test('[RFC8725-3.1-01] a symmetric key', () => {
    expect(readPublicJwk({ kty: 'oct', k: 'AAAA', alg: 'HS256' })).toBe('secret');
  });

  test('a whole private key', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    expect(readPublicJwk(await exportJWK(privateKey))).toBe('secret');
  });
});

describe('what is no key at all', () => {
  test.each([undefined, null, 5, 'key', [], ['kty'], true])('%j', (value) => {
    expect(readPublicJwk(value)).toBe('not-a-key');
  });

  test.each([
    { kid: 5 },
    { alg: 5 },
    { use: false },
    { key_ops: 'verify' },
    { key_ops: ['verify', 5] },
    { kid: {} },
  ])('[RFC8725-3.4-01] a member of the wrong type: %j', async (member) => {
    const { publicJwk } = await createKey();
    expect(readPublicJwk({ ...publicJwk, ...member })).toBe('not-a-key');
  });

  test.each([
    { kty: 'RSA', n: 5, e: 'AQAB' },
    { kty: 'RSA', n: 'AAAA' },
    { kty: 'RSA', n: 'AA=A', e: 'AQAB' },
    { kty: 'RSA', n: 'AA A', e: 'AQAB' },
    { kty: 'RSA', n: 'AAA==', e: 'AQAB' },
    { kty: 'RSA', n: 'AAAAA', e: 'AQAB' },
    { kty: 'RSA', n: '', e: 'AQAB' },
    { kty: 'EC', crv: 'P-256', x: 'AAAA' },
    { kty: 'EC', crv: 'P-256', x: '++A', y: '==' },
    { kty: 'EC', crv: 'P-256', x: '_'.repeat(44), y: 'AAAA' },
    { kty: 'EC', x: 'AAAA', y: 'AAAA' },
    { kty: 'EC', crv: 'P-256', x: 'AAAA', y: '=' },
    { kty: 'OKP', crv: 'Ed25519' },
    { kty: 'OKP', crv: 5, x: 'AAAA' },
  ])('[RFC8725-3.4-01] a member missing or not base64url: %j', (jwk) => {
    expect(readPublicJwk(jwk)).toBe('not-a-key');
  });

  test.each([
    { kty: 'EC', crv: 'secp256k1', x: 'AAAA', y: 'AAAA' },
    { kty: 'EC', crv: 'p-256', x: 'AAAA', y: 'AAAA' },
    { kty: 'OKP', crv: 'X25519', x: 'AAAA' },
    { kty: 'OKP', crv: 'Ed448', x: 'AAAA' },
    { kty: 'AKP', pub: 'AAAA' },
    { kty: 'rsa', n: 'AAAA', e: 'AQAB' },
    { n: 'AAAA', e: 'AQAB' },
  ])('[RFC8725-3.1-01] a type that no supported algorithm uses: %j', (jwk) => {
    expect(readPublicJwk(jwk)).toBe('unsupported');
  });
});

test.each([
  ['ES384', 'P-384'],
  ['ES512', 'P-521'],
  ['EdDSA', 'Ed25519'],
])('a key for %s is one, and has no member that was not published', async (alg, crv) => {
  const { publicJwk } = await createKey({ alg, kid: null, published: { alg: undefined, use: undefined } });
  expect(readPublicJwk(publicJwk)).toStrictEqual(publicJwk);
  expect(publicJwk).toMatchObject({ crv });
});

test.each(['A'.repeat(42), 'A'.repeat(44), 'A'.repeat(86)])(
  '[RFC8725-3.4-01] an Ed25519 point of another length is none: %s',
  (x) => {
    expect(readPublicJwk({ kty: 'OKP', crv: 'Ed25519', x: `_${x.slice(1)}` })).toBe('weak-okp');
  },
);

test('a good key is cut down to what verification reads', async () => {
  const { publicJwk } = await createKey({
    kid: 'a',
    published: { x5c: ['AAAA'], x5t: 'x', ext: true, key_ops: ['verify'] },
  });
  const { kty, crv, x, y } = publicJwk;
  expect(readPublicJwk(publicJwk)).toEqual({
    kty,
    crv,
    x,
    y,
    kid: 'a',
    alg: 'ES256',
    use: 'sig',
    key_ops: ['verify'],
  });
});
