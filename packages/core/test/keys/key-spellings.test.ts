import { describe, expect, test } from 'vitest';
import { importVerificationKey } from '../../src/signatures/web-signatures.js';
import { parseKeySet } from '../../src/keys/parse-key-set.js';
import { readPublicJwk } from '../../src/keys/public-jwk.js';
import { allowed, protect, refused } from '../support/protect.js';
import { createKey, type SigningKey } from '../support/keys.js';
import { remoteKeys } from '../support/remote-keys.js';

const modulus =
  '0s9pV7vSot8xFPWH7EYhcxCqByqy7PSSyXepHQpts0U3b5r9NFuwtLk__p4RXRPyqwkHHr8hT1DdJi2V2TkBMpVDQ1KJgSf3Z1Li7G7y5aMXPEMqhd6-0wvx1AE3VH4aPW108UA7fhJPgJnIdOHMk_4IkGrSw3Tcj1jRgMdt6FF0Z52dh-JgsUG5OKKJbpVnfRwnCjay4SGdcGMfeR658cK82OBNP3GyeT-4xcJ0vNrn73GF6q4KfUKt-wNBwc9A8UnGpTBuUD7TeNv9gzLHIKoznbtcOjHVhB0ycmzW9XWGUHNL0SjDR2rMKz03EI-lHrN9dhOa3EKjgDzvrkQgCw';
const sound = { kty: 'RSA', kid: 'a', use: 'sig', e: 'AQAB', n: modulus };
const plain = (text: string) => text.replaceAll('-', '+').replaceAll('_', '/');

/** Key sets as two large providers and several libraries write them. */
const published: readonly (readonly [what: string, jwk: Readonly<Record<string, unknown>>])[] = [
  ['base64url with padding', { ...sound, n: `${modulus}==` }],
  ['null members', { ...sound, alg: null, x5c: null }],
  ['bits behind the last byte, which mean nothing', { ...sound, n: modulus.replace(/w$/, '_') }],
  ['plain base64', { ...sound, n: plain(modulus) }],
  ['plain base64 with padding', { ...sound, n: `${plain(modulus)}==` }],
  [
    'every member of a private key, all null',
    { ...sound, d: null, p: null, q: null, k: null, key_ops: null },
  ],
  ['a zero in front of the modulus, as a sign', { ...sound, n: toUrl([0, ...toBytes(modulus)]) }],
  ['an exponent of four bytes', { ...sound, e: toUrl([0, 1, 0, 1]) }],
];

function toBytes(text: string): number[] {
  return [...Buffer.from(text, 'base64url')];
}
function toUrl(bytes: readonly number[]): string {
  return Buffer.from(bytes).toString('base64url');
}

describe('a sound key is one in every spelling, and has one spelling afterwards', () => {
  test.each(published)('%s', async (_what, jwk) => {
    const { keys, leftOut } = parseKeySet({ keys: [jwk] }, 'https://auth.example.com/jwks');
    expect([keys, leftOut]).toEqual([[sound], []]);
    expect(await importVerificationKey(keys[0] ?? { kty: 'RSA' }, 'RS256')).toMatchObject({ type: 'public' });
  });

  const respell: Readonly<Record<string, (text: string) => string>> = {
    'plain base64 with padding': (text) => plain(text).padEnd(Math.ceil(text.length / 4) * 4, '='),
    'base64url with padding': (text) => text.padEnd(Math.ceil(text.length / 4) * 4, '='),
    'without zeros in front': (text) => toUrl(trim(toBytes(text))),
    'with zeros in front': (text) => toUrl([0, ...toBytes(text)]),
  };

  test.each(
    ['RS256', 'ES256', 'ES512'].flatMap((alg) => Object.keys(respell).map((how) => [alg, how] as const)),
  )('a token that is signed with it passes: %s, %s', async (alg, how) => {
    const { issuer, ask } = await protect();
    const key = await keyWithZero(alg);
    const spell = respell[how] ?? ((text: string) => text);
    const numbers = Object.entries(key.publicJwk).filter(([name]) => ['n', 'e', 'x', 'y'].includes(name));
    const spelt = numbers.map(([name, value]) => [name, spell(value as string)]);
    issuer.keys = [{ ...key, publicJwk: { ...key.publicJwk, ...Object.fromEntries(spelt) } }];
    allowed(await ask(await issuer.sign({}, {}, key)));
  });

  test('an Ed25519 key in plain base64 is one, and one that is too long is none', async () => {
    const { publicJwk } = await createKey({ alg: 'EdDSA' });
    const x = publicJwk.x ?? '';
    expect(readPublicJwk({ ...publicJwk, x: `${plain(x)}=` })).toEqual(publicJwk);
    expect(readPublicJwk({ ...publicJwk, x: toUrl([0, ...toBytes(x)]) })).toBe('weak-okp');
  });

  test('a key that is published in another spelling is still the same: what is known of its tokens stays', async () => {
    const { clock, issuer, source, ask } = await remoteKeys();
    const { key } = issuer;
    await ask(key);
    const before = await source.lookup({ kid: key.kid, alg: 'ES256' });
    issuer.keys = [{ ...key, publicJwk: { ...key.publicJwk, x: `${key.publicJwk.x ?? ''}=` } }];
    clock.advance(601);
    const after = await source.lookup({ kid: key.kid, alg: 'ES256' });
    const [kept] = before.kind === 'found' ? before.keys : [];
    expect(kept !== undefined && source.holds(kept)).toBe(true);
    expect(after).toMatchObject({ kind: 'found' });
  });
});

describe('what is not base64 in any spelling is not a key', () => {
  test.each([' ', '\n', '=', '===', 'AAA', '*', '%3D'])('the modulus with %j behind it', (extra) => {
    expect(readPublicJwk({ ...sound, n: `${modulus}${extra}` })).toBe('not-a-key');
  });

  test('null where a member is needed', () => {
    for (const member of ['n', 'e', 'kty']) {
      expect(readPublicJwk({ ...sound, [member]: null })).toBe(
        member === 'kty' ? 'unsupported' : 'not-a-key',
      );
    }
  });

  test('a coordinate that is larger than its curve', async () => {
    const { publicJwk } = await createKey();
    const x = toUrl([1, ...toBytes(publicJwk.x ?? '')]);
    expect(readPublicJwk({ ...publicJwk, x })).toBe('not-a-key');
  });

  test('[RFC8725-3.1-01] private material in any spelling', () => {
    expect(readPublicJwk({ ...sound, d: '+/==' })).toBe('secret');
  });
});

test('a token that names no key is tried with all of six keys', async () => {
  const { issuer, ask } = await protect();
  issuer.keys = [];
  for (let index = 0; index < 6; index++) issuer.keys.push(await createKey({ alg: 'RS256' }));
  const last = issuer.keys[5];
  allowed(await ask(await issuer.sign({}, { kid: undefined }, last)));
});

test('and where there are more keys than are tried, the owner hears of it', async () => {
  const { issuer, ask, events } = await protect();
  const others = Array.from({ length: 17 }, () => createKey());
  issuer.keys = [...(await Promise.all(others)), issuer.key];
  const last = issuer.keys.at(-1);
  expect(refused(await ask(await issuer.sign({ iat: 1 }, { kid: undefined }, last))).status).toBe(401);
  expect(events.at(-1)).toMatchObject({
    code: 'invalid_signature',
    hint: expect.stringContaining('only the first 16 that fit were tried') as string,
  });
});

function trim(bytes: readonly number[]): number[] {
  return bytes.slice(bytes.findIndex((byte) => byte !== 0));
}

/** Of curves one with a zero in front of `x` where that comes soon enough: of 256 keys one has it, of P-521 every second. */
async function keyWithZero(alg: string): Promise<SigningKey> {
  for (let tries = 0; ; tries++) {
    const key = await createKey({ alg });
    if (tries >= 600 || alg === 'RS256' || toBytes(key.publicJwk.x ?? '')[0] === 0) return key;
  }
}
