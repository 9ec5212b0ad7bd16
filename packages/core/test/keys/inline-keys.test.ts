import { exportPKCS8, exportSPKI } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { createInlineKeySource, type InlineKeys } from '../../src/keys/inline-keys.js';
import { createKey, signRaw, type SigningKey } from '../support/keys.js';
import { createVerifier, issuer, outcome, trust } from '../support/verifier.js';

let key: SigningKey;
let pem: string;

beforeAll(async () => {
  key = await createKey({ kid: 'k1' });
  pem = await exportSPKI(key.publicKey);
});

function configError(run: () => unknown): { code: string; path: string; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof MCPAuthConfigError)
      return { code: error.code, path: error.path, message: error.message };
    throw error;
  }
  throw new Error('accepted');
}
const create = (input: unknown) => createInlineKeySource(input as InlineKeys, 'jwks');

describe('private material is refused at construction and never repeated', () => {
  test('[RFC8725-3.1-01] a private JWK', async () => {
    const error = configError(() => create([{ ...key.publicJwk, d: 'c2VjcmV0LXNlY3JldA' }]));
    expect(error).toMatchObject({ code: 'private_key', path: 'jwks[0]' });
    expect(JSON.stringify(error)).not.toContain('c2VjcmV0');
  });

  test('[RFC8725-3.1-01] a private PEM, in a set with a good key', async () => {
    const secret = await exportPKCS8(key.privateKey);
    const error = configError(() => create([key.publicJwk, { pem: secret, alg: 'ES256' }]));
    expect(error).toMatchObject({ code: 'private_key', path: 'jwks[1]' });
    expect(error.message).not.toContain(secret.split('\n')[1]);
  });

  test('[RFC8725-3.1-01] a symmetric key', () => {
    expect(configError(() => create({ keys: [{ kty: 'oct', k: 'AAAA' }] }))).toMatchObject({
      code: 'private_key',
      path: 'jwks.keys[0]',
    });
  });
});

describe('what cannot verify a signature is refused with the path and the fix', () => {
  test.each([[], { keys: [] }, {}, { keys: 'x' }])('no key: %j', (input) => {
    const error = configError(() => create(input));
    expect(error).toMatchObject({ code: 'invalid_keys', path: 'jwks' });
    expect(error.message).toContain('Give at least one public key');
  });

  test.each([null, 5, 'pem', {}, { kty: 'EC' }, { kty: 'RSA', n: 'AAAAA', e: 'AQAB' }])(
    'no key: [%j]',
    (entry) => {
      expect(configError(() => create([entry]))).toMatchObject({ code: 'invalid_keys', path: 'jwks[0]' });
    },
  );

  test('[RFC8725-3.5-01] a weak one', () => {
    const weak = { kty: 'RSA', n: Buffer.alloc(128, 0xff).toString('base64url'), e: 'AQAB' };
    const error = configError(() => create({ keys: [key.publicJwk, weak] }));
    expect(error).toMatchObject({ code: 'invalid_keys', path: 'jwks.keys[1]' });
    expect(error.message).toContain('2048');
  });

  test.each([
    '',
    'nonsense',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
    '-----BEGIN RSA PUBLIC KEY-----',
  ])('a PEM that is no SPKI public key: %j', (text) => {
    const error = configError(() => create([{ pem: text, alg: 'RS256' }]));
    expect(error).toMatchObject({ code: 'invalid_keys', path: 'jwks[0]' });
  });

  test.each([
    ['an algorithm with a shared secret', { alg: 'HS256' }],
    ['no algorithm at all', { alg: 'none' }],
    ['a misspelt algorithm', { alg: 'RS265' }],
    ['an identifier that is no text', { kid: 5 }],
    [
      'line breaks that an environment variable has escaped',
      { pem: (text: string) => text.replaceAll('\n', '\\n') },
    ],
    ['two keys in one text, of which one would be left out', { pem: (text: string) => text + text }],
  ])('[RFC8725-3.1-01] a PEM with %s, at construction and not at the first request', (_what, change) => {
    const { pem: rewrite = (text: string) => text, ...others } = change as { pem?: (text: string) => string };
    const entry = { alg: 'ES256', ...others, pem: rewrite(pem) };
    expect(configError(() => create([entry]))).toMatchObject({ code: 'invalid_keys', path: 'jwks[0]' });
  });

  test('a PEM whose content is broken, or of another algorithm, when it is first needed', async () => {
    const broken = pem.replace(/[A-Za-z0-9+/]{8}/, 'AAAAAAAA');
    for (const entry of [
      { pem: broken, alg: 'ES256' },
      { pem, alg: 'RS256' },
    ]) {
      await expect(create([entry]).ready()).rejects.toMatchObject({ code: 'invalid_keys', path: 'jwks[0]' });
    }
  });
});

describe('keys that were given verify', () => {
  const claims = { iss: issuer, exp: 4_000_000_000 };
  const judge = async (input: unknown, token: string) =>
    outcome(createVerifier([], { issuers: { [issuer]: trust(create(input)) } }), token);

  test('as a list, a JWK Set, and PEM with and without kid', async () => {
    const token = await signRaw(key, claims);
    expect(await judge([key.publicJwk], token)).toBe('verified');
    expect(await judge({ keys: [key.publicJwk] }, token)).toBe('verified');
    expect(await judge([{ pem, alg: 'ES256', kid: 'k1' }], token)).toBe('verified');
    const withoutKid = await signRaw({ ...key, kid: undefined }, claims);
    expect(await judge([{ pem, alg: 'ES256' }], withoutKid)).toBe('verified');
  });

  test.each([
    ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['words before and after it', (text: string) => `Key of the tests\n${text}\nThat was all\n`],
    ['the indentation of a YAML file', (text: string) => text.replaceAll(/^/gm, '    ')],
  ])('a PEM with %s', async (_what, rewrite) => {
    const token = await signRaw(key, claims);
    expect(await judge([{ pem: rewrite(pem), alg: 'ES256', kid: 'k1' }], token)).toBe('verified');
  });

  test('[RFC9068-4-03] but nobody else’s', async () => {
    const stranger = await createKey({ kid: 'k2' });
    expect(await judge([key.publicJwk], await signRaw(stranger, claims))).toBe('unknown_key');
    expect(
      await judge([{ pem, alg: 'ES256', kid: 'k1' }], await signRaw(stranger, claims, { kid: 'k1' })),
    ).toBe('invalid_signature');
    expect(await judge([{ ...key.publicJwk, use: 'enc' }], await signRaw(key, claims))).toBe(
      'unsuitable_key',
    );
  });

  test('they are known to hold, and stay', async () => {
    const source = create([{ pem, alg: 'ES256', kid: 'k1' }]);
    await source.ready();
    const found = await source.lookup({ kid: 'k1', alg: 'ES256' });
    if (found.kind !== 'found') throw new Error('not found');
    expect(found.keys.map((jwk) => source.holds(jwk))).toEqual([true]);
    expect(source.holds({ kty: 'EC' })).toBe(false);
  });
});
