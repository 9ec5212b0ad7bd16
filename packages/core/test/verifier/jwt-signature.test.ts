import { exportJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KeyQuery } from '../../src/keys/key-source.js';
import type { PublicJwk } from '../../src/keys/public-jwk.js';
import { supportedAlgorithms } from '../../src/token/algorithms.js';
import { createClock } from '../support/clock.js';
import { assembleJwt, encodeJson } from '../support/jwt.js';
import { createKey, signBytes, signRaw, type SigningKey } from '../support/keys.js';
import { createVerifier, issuer, keysOf, outcome, trust, verified } from '../support/verifier.js';

const clock = createClock();
const claims = { iss: issuer, sub: 'u', exp: clock.seconds() + 60 };
let key: SigningKey;
let stranger: SigningKey;
/** Parts of a key source that never changes. */
const fixed = {
  lookupAgain: (): readonly PublicJwk[] => [],
  findDoubt: () => undefined,
  holds: () => true,
  isWithdrawn: () => false,
  ready: async () => undefined,
};

beforeAll(async () => {
  key = await createKey({ kid: 'k1' });
  stranger = await createKey({ kid: 'k1' });
});

describe('a token without a good signature is refused', () => {
  test('[RFC9068-4-03] one signed with a key that only claims the same kid', async () => {
    expect(await outcome(createVerifier([key]), await signRaw(stranger, claims))).toBe('invalid_signature');
  });

  test('[RFC8725-3.3-01] one bit changed anywhere', async () => {
    const token = await signRaw(key, claims);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const altered = encodeJson({ ...claims, sub: 'admin' });
    expect(await outcome(createVerifier([key]), `${header}.${altered}.${signature}`)).toBe(
      'invalid_signature',
    );
    const otherHeader = encodeJson({ alg: 'ES256', kid: 'k1', typ: 'JWT' });
    expect(await outcome(createVerifier([key]), `${otherHeader}.${payload}.${signature}`)).toBe(
      'invalid_signature',
    );
  });

  test.each(['AAAA', 'A'.repeat(86), 'A'.repeat(8000)])(
    '[RFC8725-3.3-01] a signature of the wrong length or all zero',
    async (signature) => {
      const token = assembleJwt({ alg: 'ES256', kid: 'k1' }, claims, signature);
      expect(await outcome(createVerifier([key]), token)).toBe('invalid_signature');
    },
  );

  test('[RFC8725-3.3-01] a DER signature in place of the JOSE form', async () => {
    const der = Buffer.from('3006020101020101', 'hex').toString('base64url');
    const token = assembleJwt({ alg: 'ES256', kid: 'k1' }, claims, der);
    expect(await outcome(createVerifier([key]), token)).toBe('invalid_signature');
  });

  test('[RFC9068-2.1-01] alg none, with and without a signature', async () => {
    const header = { alg: 'none', kid: 'k1' };
    expect(await outcome(createVerifier([key]), assembleJwt(header, claims, ''))).toBe('malformed_token');
    expect(await outcome(createVerifier([key]), assembleJwt(header, claims))).toBe('unsupported_algorithm');
  });

  test('[RFC8725-3.1-01] HS256 keyed with the public key', async () => {
    const rsa = await createKey({ alg: 'RS256', kid: 'rsa' });
    const material = new TextEncoder().encode(JSON.stringify(rsa.publicJwk));
    const hmac = await crypto.subtle.importKey('raw', material, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ]);
    const input = `${encodeJson({ alg: 'HS256', kid: 'rsa' })}.${encodeJson(claims)}`;
    const signature = await crypto.subtle.sign('HMAC', hmac, new TextEncoder().encode(input));
    const token = `${input}.${Buffer.from(signature).toString('base64url')}`;
    expect(await outcome(createVerifier([rsa]), token)).toBe('unsupported_algorithm');
  });

  test('[RFC8725-3.1-01] the key of one algorithm is not used for another', async () => {
    const rsa = await createKey({ alg: 'RS256', kid: 'rsa' });
    const other = await createKey({ alg: 'PS256', kid: 'rsa' });
    expect(await outcome(createVerifier([rsa]), await signRaw(other, claims))).toBe('unsuitable_key');
    expect(await outcome(createVerifier([key]), await signRaw(rsa, claims, { kid: 'k1' }))).toBe(
      'unsuitable_key',
    );
  });
});

describe('a token does not bring its own key', () => {
  test('[RFC8725-3.10-01] jwk in the header', async () => {
    const jwk = await exportJWK(stranger.publicKey);
    const token = await signBytes(stranger, { alg: 'ES256', typ: 'at+jwt', jwk }, claims);
    expect(await outcome(createVerifier([key]), token)).toBe('invalid_signature');
  });

  test('[RFC8725-3.10-01] jku and x5u cause no fetch', async () => {
    const before = globalThis.fetch;
    let fetches = 0;
    globalThis.fetch = () => Promise.reject(new Error(String(++fetches)));
    try {
      const url = 'https://evil.example/keys';
      const token = await signBytes(stranger, { alg: 'ES256', kid: 'k9', jku: url, x5u: url }, claims);
      expect(await outcome(createVerifier([key]), token)).toBe('unknown_key');
    } finally {
      globalThis.fetch = before;
    }
    expect(fetches).toBe(0);
  });

  test.each([
    '../../etc/passwd',
    "' OR 1=1 --",
    '\u0000',
    'k1\n',
    '__proto__',
    'constructor',
    'x'.repeat(5000),
  ])('[RFC8725-3.10-01] kid %j is only compared', async (kid) => {
    expect(
      await outcome(createVerifier([key]), await signBytes(stranger, { alg: 'ES256', kid }, claims)),
    ).toBe('unknown_key');
  });

  test('header extensions are refused although the signature is good', async () => {
    const token = await signBytes(key, { alg: 'ES256', kid: 'k1', crit: ['exp'], exp: 1 }, claims);
    expect(await outcome(createVerifier([key]), token)).toBe('critical_header');
  });

  test('[RFC8725-3.3-01] an unencoded payload (b64) is not understood behind our back', async () => {
    const token = await signBytes(key, { alg: 'ES256', kid: 'k1', b64: false, crit: ['b64'] }, claims);
    expect(await outcome(createVerifier([key]), token)).toBe('critical_header');
  });
});

describe('the issuer decides which keys count', () => {
  const other = 'https://other.example.com';

  test('[RFC8725-3.8-01][RFC9068-4-03] a key of one trusted issuer does not speak for another', async () => {
    const issuers = {
      [issuer]: trust(keysOf(key)),
      [other]: trust(keysOf(stranger), { authorizationServer: other }),
    };
    const verifier = createVerifier([], { issuers });
    expect(await outcome(verifier, await signRaw(stranger, claims))).toBe('invalid_signature');
    expect(await outcome(verifier, await signRaw(stranger, { ...claims, iss: other }))).toBe('verified');
    expect(await outcome(verifier, await signRaw(key, { ...claims, iss: other }))).toBe('invalid_signature');
  });

  test.each([
    `${issuer}/`,
    issuer.toUpperCase(),
    `${issuer}.evil.example`,
    `${issuer} `,
    'https://as.example.com:443',
    '',
    'null',
    '__proto__',
    'constructor',
  ])('[RFC9068-4-01][MCP-2026-07-28-RS-018] iss %j is another issuer', async (iss) => {
    expect(await outcome(createVerifier([key]), await signRaw(key, { ...claims, iss }))).toBe(
      'untrusted_issuer: iss',
    );
  });

  test.each([undefined, null, 5, [issuer], { issuer }])(
    '[RFC9068-2.2-01] iss of another type: %j',
    async (iss) => {
      expect(await outcome(createVerifier([key]), await signRaw(key, { ...claims, iss }))).toBe(
        'missing_issuer: iss',
      );
    },
  );

  test('an untrusted issuer is found out before any key is looked up', async () => {
    const keys = {
      lookup: () => {
        throw new Error('looked up');
      },
      lookupAgain: () => [],
      findDoubt: () => undefined,
      holds: () => false,
      isWithdrawn: () => false,
      ready: async () => undefined,
    };
    const verifier = createVerifier([], { issuers: { [issuer]: trust(keys) } });
    expect(await outcome(verifier, await signRaw(key, { ...claims, iss: other }))).toBe(
      'untrusted_issuer: iss',
    );
  });
});

describe('good tokens are verified', () => {
  test.each(supportedAlgorithms)('[RFC9068-2.1-02] signed with %s', async (alg) => {
    const own = await createKey({ alg });
    expect(await outcome(createVerifier([own]), await signRaw(own, claims))).toBe('verified');
  });

  test('by a key that states no algorithm, and by a token that names no key', async () => {
    const bare = await createKey({ kid: null, published: { alg: undefined, use: undefined } });
    expect(await outcome(createVerifier([key, bare]), await signRaw(bare, claims))).toBe('verified');
  });

  test('by the last of sixteen keys, for a token that names none', async () => {
    const keys = await Promise.all(Array.from({ length: 16 }, (_, index) => createKey({ kid: `k${index}` })));
    const last = keys[15] ?? key;
    const unnamed = await signRaw(last, claims, { kid: undefined });
    expect(await outcome(createVerifier(keys), unnamed)).toBe('verified');
    expect(await outcome(createVerifier([key, ...keys]), unnamed)).not.toBe('verified');
  });

  test('[RFC9068-4-07] by a key that came in the place of another, which is asked for by the name and algorithm of the token', async () => {
    const former = await createKey({ kid: 'k1' });
    const keys = {
      ...fixed,
      lookup: (query: KeyQuery) => keysOf(former).lookup(query),
      lookupAgain: ({ kid, alg }: KeyQuery) =>
        kid === 'k1' && alg === 'ES256' ? [key.publicJwk as PublicJwk] : [],
    };
    const verifier = createVerifier([], { issuers: { [issuer]: trust(keys) } });
    expect(await outcome(verifier, await signRaw(key, claims))).toBe('verified');
    expect(await outcome(verifier, await signRaw(stranger, claims))).toBe('invalid_signature');
  });

  test('after the platform refused another key, which is told', async () => {
    // As of a curve that the platform does not have: what is known to be off its curve does not get here
    const refusedKey = { ...key.publicJwk, x: 'A'.repeat(43), kid: 'k1' } as PublicJwk;
    const told: string[] = [];
    const createWith = (...keys: readonly PublicJwk[]) => {
      const source = { ...fixed, lookup: () => ({ kind: 'found' as const, keys, since: 0 }) };
      const report = (problem: string) => told.push(problem);
      return createVerifier([], { issuers: { [issuer]: trust(source, { report }) } });
    };
    const token = await signRaw(key, claims, { kid: 'k1' });
    expect(await outcome(createWith(refusedKey), token)).toBe('unsuitable_key');
    expect(told).toEqual([
      'jwks: key "k1", as given or published, is left out: this platform cannot use it with ES256. Tokens that are signed with it are refused.',
    ]);
    expect(await outcome(createWith(refusedKey, key.publicJwk as PublicJwk), token)).toBe('verified');
    const unnamed = await signRaw(key, claims, { kid: undefined });
    expect(await outcome(createWith(refusedKey), unnamed)).toBe('invalid_signature');
  });

  test('and what they say is handed over', async () => {
    const { audience, scopes, clientId, subject, expiresAt, token } = await verified(
      createVerifier([key]),
      await signRaw(key, { ...claims, aud: ['a', 'b'], scope: 'read write', client_id: 'c' }),
    );
    expect({ audience, scopes, clientId, subject, expiresAt }).toEqual({
      audience: ['a', 'b'],
      scopes: ['read', 'write'],
      clientId: 'c',
      subject: 'u',
      expiresAt: claims.exp,
    });
    expect(token.split('.')).toHaveLength(3);
  });
});
