import { generateKeyPairSync } from 'node:crypto';
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
  ])('a PEM that is not an SPKI public key: %j', (text) => {
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

  test.each<[what: string, entry: unknown, problem: string]>([
    [
      'a private PEM alone',
      '-----BEGIN PRIVATE KEY-----',
      'is a private key. Give the public key; a resource server signs nothing.',
    ],
    [
      'a private JWK',
      { kty: 'EC', d: 'AAAA' },
      'holds private or symmetric key material. Give the public members only.',
    ],
    [
      'PEM without an algorithm',
      '-----BEGIN PUBLIC KEY-----',
      'does not say its algorithm, which PEM cannot. Give { pem, alg }, for example with alg "RS256".',
    ],
    [
      'PEM with an algorithm that is no string',
      { pem: '-----BEGIN PUBLIC KEY-----', alg: 5 },
      'does not say its algorithm, which PEM cannot. Give { pem, alg }, for example with alg "RS256".',
    ],
    [
      'PEM with an algorithm that is none for access tokens',
      { pem: '', alg: 'HS256' },
      'has an alg that is not an algorithm for access tokens: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519.',
    ],
    ['PEM with a number for a kid', { pem: '', alg: 'ES256', kid: 5 }, 'has a kid that is not a string.'],
    [
      'no PEM of a public key',
      { pem: '', alg: 'ES256' },
      'is not an SPKI public key. It must begin with "-----BEGIN PUBLIC KEY-----".',
    ],
    [
      'two in one',
      { pem: '-----BEGIN PUBLIC KEY-----AA-----END PUBLIC KEY-----'.repeat(2), alg: 'ES256' },
      'holds several public keys. Give each its own entry.',
    ],
    [
      'one with something behind the end of its base64',
      { pem: '-----BEGIN PUBLIC KEY-----AA==AA-----END PUBLIC KEY-----', alg: 'ES256' },
      'is damaged: between its first and last line a PEM has base64 in lines, and nothing else.',
    ],
    [
      'a number for a PEM',
      { pem: 5, alg: 'ES256' },
      'is not an RSA, EC (P-256, P-384, P-521) or Ed25519 public key. See RFC 7517.',
    ],
    ['nothing', undefined, 'is not an RSA, EC (P-256, P-384, P-521) or Ed25519 public key. See RFC 7517.'],
    [
      'a weak key',
      { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
      'is an RSA key outside 2048 to 8192 bits or with an unsound exponent. Use another key (RFC 8725 §3.5).',
    ],
  ])('says what is wrong with %s', (_what, entry, problem) => {
    expect(configError(() => create([entry])).message).toContain(`jwks[0]: ${problem}`);
  });

  test('a member that no PEM entry has is a mistake', () => {
    expect(configError(() => create([{ pem, alg: 'ES256', kdi: 'k1' }]))).toMatchObject({
      code: 'unknown_option',
      path: 'jwks[0].kdi',
    });
  });

  test('[RFC8725-3.5-01] a weak key in PEM when it is first needed', async () => {
    const { publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 1024,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    await expect(create([{ pem: publicKey, alg: 'RS256' }]).ready()).rejects.toMatchObject({
      code: 'invalid_keys',
      message: expect.stringContaining(
        'jwks[0]: is not a usable public key for RS256 (RFC 8725 §3.5).',
      ) as string,
    });
  });

  test('a PEM whose content is broken, or of another algorithm, when it is first needed', async () => {
    const broken = pem.replace(/[A-Za-z0-9+/]{8}/, 'AAAAAAAA');
    for (const entry of [
      { pem: broken, alg: 'ES256' },
      { pem, alg: 'RS256' },
    ]) {
      await expect(create([entry]).ready()).rejects.toMatchObject({
        code: 'invalid_keys',
        path: 'jwks[0]',
        message: expect.stringContaining(`jwks[0]: is not a public key for ${entry.alg}.`) as string,
        cause: expect.any(Error) as Error,
      });
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

  test('JWKs are there at once, and a PEM among them has to be waited for', async () => {
    expect(create([key.publicJwk]).lookup({ kid: 'k1', alg: 'ES256' })).toMatchObject({ kind: 'found' });
    expect(create([key.publicJwk]).lookup({ kid: 'k1', alg: 'ES384' })).toEqual({ kind: 'unsuitable' });
    expect(create([key.publicJwk]).keys()).toMatchObject([{ kid: 'k1' }]);
    const mixed = create([key.publicJwk, { pem, alg: 'ES256', kid: 'k2' }]);
    const pending = mixed.lookup({ kid: 'k2', alg: 'ES256' });
    expect(pending).toBeInstanceOf(Promise);
    expect(await pending).toMatchObject({ kind: 'found', keys: [{ kid: 'k2' }] });
    expect(mixed.keys()).toMatchObject([{ kid: 'k1' }, { kid: 'k2' }]);
  });

  test('they are completed only where they are published', async () => {
    const bare = (await createKey({ kid: null, published: { alg: undefined, use: undefined } })).publicJwk;
    expect(await create([bare]).keys()).toStrictEqual([bare]);
    const published = createInlineKeySource([bare], 'jwks', { complete: true });
    expect(await published.keys()).toMatchObject([{ ...bare, use: 'sig', alg: 'ES256' }]);
  });

  test('they are known to hold, and stay', async () => {
    const source = create([{ pem, alg: 'ES256', kid: 'k1' }]);
    expect(source.holds({ kty: 'EC' })).toBe(false);
    await source.ready();
    const found = await source.lookup({ kid: 'k1', alg: 'ES256' });
    if (found.kind !== 'found') throw new Error('not found');
    expect(found.keys.map((jwk) => source.holds(jwk))).toEqual([true]);
    expect(source.holds({ kty: 'EC' })).toBe(false);
  });
});
