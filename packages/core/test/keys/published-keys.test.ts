import { expect, test } from 'vitest';
import { completeKey, type PublicJwk, toPublishedKey } from '../../src/keys/public-jwk.js';

/** RFC 7638 §3.1 */
const rsa: PublicJwk = {
  kty: 'RSA',
  n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
};
const thumbprint = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';

test('an RSA key is published with its thumbprint, and without an algorithm that only its owner knows', async () => {
  expect(await completeKey(rsa)).toStrictEqual({ ...rsa, use: 'sig', kid: thumbprint });
});

test('its operations do not change its thumbprint, and are not published beside its use', async () => {
  const key = await completeKey({ ...rsa, key_ops: ['verify'] });
  expect(key.kid).toBe(thumbprint);
  expect(JSON.parse(JSON.stringify(toPublishedKey(key)))).toStrictEqual({
    ...rsa,
    use: 'sig',
    kid: thumbprint,
  });
});

test.each([
  ['P-256', 'ES256'],
  ['P-384', 'ES384'],
  ['P-521', 'ES512'],
  ['Ed25519', 'EdDSA'],
])('a key on %s is published for %s', async (crv, alg) => {
  const key: PublicJwk = { kty: crv === 'Ed25519' ? 'OKP' : 'EC', crv, x: 'AA', y: 'AA' };
  expect(await completeKey(key)).toMatchObject({
    alg,
    use: 'sig',
    kid: expect.stringMatching(/^.{43}$/) as string,
  });
});

test('what an owner has said of a key stays', async () => {
  const stated: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x: 'AA', alg: 'Ed25519', use: 'enc', kid: 'mine' };
  expect(await completeKey(stated)).toStrictEqual(stated);
});
