import { describe, expect, test } from 'vitest';
import { isJwtShaped, parseJwt } from '../../src/verifier/jwt-syntax.js';
import { assembleJwt, encodeJson } from '../support/jwt.js';

const header = { alg: 'ES256' };
const claims = { iss: 'https://as.example.com' };
const good = assembleJwt(header, claims);
const [goodHeader = '', goodClaims = '', goodSignature = ''] = good.split('.');

const malformed = { kind: 'unreadable', code: 'malformed_token' };

describe('a token has one spelling only', () => {
  const cases: readonly (readonly [what: string, token: string])[] = [
    ['no dot', goodHeader],
    ['two segments', `${goodHeader}.${goodClaims}`],
    ['four segments', `${good}.AAAA`],
    ['six segments', `${good}.AAAA.AAAA.AAAA`],
    ['thousands of segments', '.'.repeat(16_000)],
    ['an empty signature', `${goodHeader}.${goodClaims}.`],
    ['an empty header', `.${goodClaims}.${goodSignature}`],
    ['empty claims', `${goodHeader}..${goodSignature}`],
    ['padding', `${encodeJson({ alg: 'ES256', a: 1 })}=.${goodClaims}.${goodSignature}`],
    ['the plain base64 alphabet', `${goodHeader}.${goodClaims}.ab+/`],
    ['a blank', `${goodHeader}. ${goodClaims}.${goodSignature}`],
    ['a line break', `${goodHeader}.${goodClaims}.${goodSignature}\n`],
    ['a segment of impossible length', `${goodHeader}.${goodClaims}.AAAAA`],
    ['unused bits set after one byte', `${goodHeader}.${goodClaims}.AB`],
    ['other unused bits set after one byte', `${goodHeader}.${goodClaims}.AE`],
    ['unused bits set after two bytes', `${goodHeader}.${goodClaims}.AAB`],
  ];

  test.each(cases)('[RFC8725-3.3-01] %s', (_what, token) => {
    expect(parseJwt(token)).toEqual(malformed);
  });

  test.each(['AA', 'AQ', 'AAA', 'AAE', 'AAAA', '_-_-'])(
    'a signature that ends in %s is canonical',
    (signature) => {
      expect(parseJwt(`${goodHeader}.${goodClaims}.${signature}`).kind).toBe('parsed');
    },
  );
});

describe('header and claims are each one JSON object in UTF-8', () => {
  test.each([
    '[]',
    '"text"',
    '5',
    'null',
    'true',
    '',
    '{',
    '{}{}',
    '[{}]',
    '{"a":1,}',
    "{'a':1}",
    '\ufeff{"a":1}',
    'NaN',
  ])('[RFC8725-3.7-01] claims %j', (text) => {
    expect(parseJwt(assembleJwt(header, text))).toEqual(malformed);
    expect(parseJwt(assembleJwt(text, claims))).toEqual(malformed);
  });

  test('[RFC8725-3.7-01] bytes that are no UTF-8', () => {
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url');
    expect(parseJwt(`${goodHeader}.${bytes}.AAAA`)).toEqual(malformed);
    expect(parseJwt(`${bytes}.${goodClaims}.AAAA`)).toEqual(malformed);
  });

  test('[RFC8725-3.7-01] an overlong encoding of a quote', () => {
    const bytes = Buffer.from([0x7b, 0xc0, 0xa2, 0x7d]).toString('base64url');
    expect(parseJwt(`${goodHeader}.${bytes}.AAAA`)).toEqual(malformed);
  });

  test('[RFC8725-3.7-01] of two members with one name the last counts, always', () => {
    const parsed = parseJwt(assembleJwt('{"alg":"none","alg":"ES256"}', '{"iss":"a","iss":"b"}'));
    expect(parsed).toMatchObject({ header: { alg: 'ES256' }, claims: { iss: 'b' } });
  });

  test('a member named __proto__ changes nobody’s prototype', () => {
    const parsed = parseJwt(assembleJwt(header, '{"__proto__":{"iss":"https://evil.example"}}'));
    if (parsed.kind !== 'parsed') throw new Error('not parsed');
    expect(Object.getPrototypeOf(parsed.claims)).toBe(Object.prototype);
    expect(parsed.claims.iss).toBeUndefined();
  });

  test('spaces and line breaks around an object are JSON', () => {
    const text = ' \t\r\n{"iss":"a"}\n';
    expect(parseJwt(assembleJwt(text, text))).toMatchObject({ header: { iss: 'a' }, claims: { iss: 'a' } });
  });

  test('names in any script, and every character of base64url, come out as they went in', () => {
    const odd = { name: 'Zoë 王 ~~~???>>>' };
    const token = assembleJwt(odd, odd);
    expect(token).toMatch(/-/);
    expect(token).toMatch(/_/);
    expect(parseJwt(token)).toEqual({ kind: 'parsed', header: odd, claims: odd });
  });

  test('deep nesting is read or refused, never an exception', () => {
    const text = `{"a":${'['.repeat(12_000)}${']'.repeat(12_000)}}`;
    expect(() => parseJwt(assembleJwt(header, text))).not.toThrow();
  });
});

describe('what the rest of the library learns', () => {
  test('an encrypted token is called that, so that an operator can act on it', () => {
    const jwe = `${encodeJson({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`;
    expect(parseJwt(jwe)).toEqual({ kind: 'unreadable', code: 'encrypted_token' });
  });

  test('a well-formed token is handed over unverified', () => {
    expect(parseJwt(good)).toEqual({ kind: 'parsed', header, claims });
  });

  test('opaque tokens do not look like JWTs, signed and encrypted ones do', () => {
    const jwe = `${encodeJson({ alg: 'dir' })}..AAAA.AAAA.AAAA`;
    expect([good, jwe].map(isJwtShaped)).toEqual([true, true]);
    expect(['opaque', 'a.b', 'a.b.c', '..', '....', 'AAAA.AAAA.AAAA'].map(isJwtShaped)).not.toContain(true);
  });

  test.each([
    ['one', goodHeader],
    ['two', `${goodHeader}.b`],
    ['four', `${goodHeader}.b.c.d`],
    ['six', `${goodHeader}.b.c.d.e.f`],
  ])('nor does one of %s parts, whatever the first of them is', (_count, token) => {
    expect(isJwtShaped(token)).toBe(false);
  });

  test('nor does one whose first part is an object in another alphabet', () => {
    const plain = Buffer.from(JSON.stringify({ alg: 'ES256', a: '>>>???' })).toString('base64');
    expect(plain).toMatch(/[+/]/);
    expect(isJwtShaped(`${plain}.AAAA.AAAA`)).toBe(false);
  });
});
