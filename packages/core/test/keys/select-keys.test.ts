import { describe, expect, test } from 'vitest';
import type { PublicJwk } from '../../src/keys/public-jwk.js';
import { hasKeyId, selectKeys } from '../../src/keys/key-source.js';

const ec: PublicJwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };
const rsa: PublicJwk = { kty: 'RSA', n: 'n', e: 'AQAB' };
const ed: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x: 'x' };
const pick = (keys: readonly PublicJwk[], alg: string, kid?: string) => selectKeys(keys, { alg, kid });

describe('a key is not used for what it is not meant for', () => {
  test.each(['enc', 'SIG', '', 'sign'])('[RFC8725-3.1-01] use %j', (use) => {
    expect(pick([{ ...ec, use }], 'ES256')).toEqual([]);
  });

  test.each([[['sign']], [[]], [['encrypt', 'wrapKey']], [['Verify']]])(
    '[RFC8725-3.1-01] key_ops %j',
    (key_ops) => {
      expect(pick([{ ...ec, key_ops }], 'ES256')).toEqual([]);
    },
  );

  test.each([
    ['RS256', ec],
    ['ES256', rsa],
    ['ES256', ed],
    ['ES256', { ...ec, crv: 'P-384' }],
    ['ES384', ec],
    ['ES512', ec],
    ['ES384', { ...ec, crv: 'P-521' }],
    ['EdDSA', ec],
    ['EdDSA', { ...ed, crv: 'X25519' }],
    ['Ed25519', { ...ed, crv: 'Ed448' }],
    ['PS256', ed],
  ] as const)('[RFC8725-3.1-01] %s with a key of another type or curve', (alg, key) => {
    expect(pick([key], alg)).toEqual([]);
  });

  test.each([
    ['RS256', 'PS256'],
    ['RS256', 'RS512'],
    ['ES256', 'ES384'],
    ['RS256', 'RSA-OAEP'],
    ['RS256', 'HS256'],
    ['RS256', 'rs256'],
  ])('[RFC8725-3.1-01] %s with a key that states %s', (alg, stated) => {
    expect(pick([{ ...(alg.startsWith('E') ? ec : rsa), alg: stated }], alg)).toEqual([]);
  });

  test('[RFC9068-4-03] another key identifier, or none where the token names one', () => {
    expect(pick([{ ...ec, kid: 'a' }, ec], 'ES256', 'b')).toEqual([]);
    expect(pick([{ ...ec, kid: 'a' }], 'ES256', 'A')).toEqual([]);
  });
});

describe('the keys that fit are found', () => {
  test.each([
    ['RS256', rsa],
    ['RS512', rsa],
    ['PS384', rsa],
    ['ES256', ec],
    ['ES384', { ...ec, crv: 'P-384' }],
    ['ES512', { ...ec, crv: 'P-521' }],
    ['EdDSA', ed],
    ['Ed25519', ed],
    ['EdDSA', { ...ed, alg: 'Ed25519' }],
    ['Ed25519', { ...ed, alg: 'EdDSA' }],
    ['ES256', { ...ec, alg: 'ES256', use: 'sig', key_ops: ['verify'] }],
  ] as const)('%s', (alg, key) => {
    expect(pick([key], alg)).toEqual([key]);
  });

  test('[RFC9068-4-07] all with the identifier, in the order published', () => {
    const keys = [
      { ...ec, kid: 'a', x: '1' },
      { ...ec, kid: 'b' },
      { ...ec, kid: 'a', x: '2' },
    ];
    expect(pick(keys, 'ES256', 'a')).toEqual([keys[0], keys[2]]);
  });

  test('all of the type where the token names none', () => {
    expect(pick([{ ...ec, kid: 'a' }, rsa, ec], 'ES256')).toEqual([{ ...ec, kid: 'a' }, ec]);
  });

  test('[RFC9068-4-07] but never more than four with one identifier, and sixteen in all: tokens must not buy computing time', () => {
    const keys = Array.from({ length: 100 }, (_, index) => ({ ...ec, kid: 'a', x: String(index) }));
    expect(pick(keys, 'ES256', 'a')).toEqual(keys.slice(0, 4));
    expect(pick(keys, 'ES256')).toEqual(keys.slice(0, 16));
  });
});

describe('whether fetching again could help', () => {
  test('[RFC9068-4-07] no, when the identifier is there already', () => {
    const keys = [
      { ...ec, kid: 'a', use: 'enc' },
      { ...ec, kid: 'b' },
    ];
    expect(hasKeyId(keys, { kid: 'a', alg: 'ES256' })).toBe(true);
  });

  test('yes, when it is not, or when the token names none', () => {
    expect(hasKeyId([{ ...ec, kid: 'a' }], { kid: 'b', alg: 'ES256' })).toBe(false);
    expect(hasKeyId([ec], { kid: undefined, alg: 'ES256' })).toBe(false);
  });
});
