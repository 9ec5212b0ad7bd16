import { describe, expect, test } from 'vitest';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { parseKeySet } from '../../src/keys/parse-key-set.js';
import { createKey } from '../support/keys.js';

const url = 'https://as.example.com/jwks';

function problem(document: unknown): string {
  try {
    parseKeySet(document, url);
  } catch (error) {
    if (!(error instanceof MCPAuthAuthServerError)) throw error;
    expect(error).toMatchObject({ code: 'invalid_key_set', details: { url } });
    return error.message;
  }
  throw new Error('accepted');
}

describe('what is no key set is a fault of the provider, not a withdrawal of all keys', () => {
  test.each([
    undefined,
    null,
    5,
    'keys',
    [],
    {},
    { keys: null },
    { keys: {} },
    { keys: 'x' },
    { Keys: [] },
    { keys: { 0: {} } },
  ])('%j', (document) => {
    expect(problem(document)).toContain('no keys array');
  });

  test.each([
    [],
    [null, 5, 'x', []],
    [{ kty: 'oct', k: 'AAAA' }],
    [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }],
    [{ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' }],
  ])('[RFC9068-4-07] no usable key: %j', (...keys) => {
    expect(problem({ keys })).toContain('no usable public key');
  });

  test('[RFC9728-7.7-01] thousands of keys', async () => {
    const { publicJwk } = await createKey();
    expect(problem({ keys: new Array(101).fill(publicJwk) })).toContain('more than 100 keys');
    expect(parseKeySet({ keys: new Array(100).fill(publicJwk) }, url).keys).toHaveLength(100);
  });

  test('the message names the source and each key with its reason, and no key material', async () => {
    expect(
      problem({
        keys: [
          { kty: 'oct', k: 'c2VjcmV0', kid: 'a' },
          { kty: 'NEW', crv: 'x' },
        ],
      }),
    ).toBe(
      `${url} has no usable public key; key "a" is left out: it has private or symmetric key material, which must not be published; a key without kid is left out: kty "NEW" with crv "x" is of no algorithm that is accepted here`,
    );
  });
});

describe('one bad entry does not spoil the others', () => {
  test.each([
    null,
    { kty: 'oct', k: 'AAAA', kid: 'a' },
    { kty: 'RSA', n: 'AAAAA', e: 'AQAB' },
    { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
    { kty: 'EC', crv: 'secp256k1', x: 'AAAA', y: 'AAAA' },
    { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA', d: 'AAAA' },
    { kty: 'NEW', alg: 'NEW' },
  ])('[RFC9068-4-07] %j is left out', async (bad) => {
    const { publicJwk } = await createKey({ kid: 'good' });
    const { keys, leftOut } = parseKeySet({ keys: [bad, publicJwk, bad], extra: true }, url);
    expect(keys.map(({ kid }) => kid)).toEqual(['good']);
    expect(leftOut).toHaveLength(2);
  });
});
