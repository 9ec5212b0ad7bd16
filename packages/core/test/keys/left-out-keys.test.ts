import { describe, expect, test } from 'vitest';
import { allowed, lastCode, protect, refused } from '../support/protect.js';
import { createKey } from '../support/keys.js';
import { remoteKeys } from '../support/remote-keys.js';

const weak = { kty: 'RSA', kid: 'a', alg: 'RS256', use: 'sig', e: 'AQAB', n: `_${'A'.repeat(170)}` };

/** Entries that cannot verify anything here, with the reason that their owner is told. */
const leftOut: readonly (readonly [reason: string, jwk: Readonly<Record<string, unknown>>])[] = [
  ['RSA of 1024 bits, where 2048 to 8192 are accepted (RFC 8725 §3.5)', weak],
  ['RSA of 8408 bits', { ...weak, n: `_${'A'.repeat(1401)}` }],
  ['RSA with an unsound exponent', { ...weak, n: `_${'A'.repeat(341)}`, e: 'AQ' }],
  ['n is missing or is not base64url', { ...weak, n: undefined }],
  ['e is missing or is not base64url', { ...weak, e: '65537 ' }],
  [
    'kty "EC" with crv "secp256k1" is of no algorithm',
    { kid: 'a', kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA' },
  ],
  ['kty "AKP" is of no algorithm', { kid: 'a', kty: 'AKP', alg: 'ML-DSA-44', pub: 'AA' }],
  ['x is not a sound point', { kid: 'a', kty: 'OKP', crv: 'Ed25519', x: 'AA' }],
  ['its point is not on "P-256" (RFC 8725 §3.4)', { kid: 'a', kty: 'EC', crv: 'P-256', x: 'AQ', y: 'AQ' }],
  ['its point is not on "P-384" (RFC 8725 §3.4)', { kid: 'a', kty: 'EC', crv: 'P-384', x: 'AQ', y: 'AQ' }],
  ['its point is not on "P-521" (RFC 8725 §3.4)', { kid: 'a', kty: 'EC', crv: 'P-521', x: 'AQ', y: 'AQ' }],
  ['it has private or symmetric key material', { kid: 'a', kty: 'oct', k: 'c2VjcmV0' }],
  ['a key without kty', { kid: 'a' }],
  ['a member is missing or has a wrong type', { ...weak, alg: 5 }],
];

describe('a key that is left out is told with kid and reason', () => {
  test.each(leftOut)('%s', async (reason, jwk) => {
    const { issuer, ask, events } = await protect();
    const keys = [issuer.key.publicJwk, jwk];
    issuer.overrides.set('/jwks', () => Response.json({ keys }));
    allowed(await ask(await issuer.sign()));
    const told = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(told).toContainEqual(
      expect.stringContaining(`${issuer.issuer}/jwks: key "a" is left out: ${reason}`),
    );
    expect(told.join('')).not.toContain('c2VjcmV0');
  });

  test('once, though the set is fetched again and again', async () => {
    const { clock, issuer, ask, events } = await protect();
    issuer.overrides.set('/jwks', () => Response.json({ keys: [issuer.key.publicJwk, weak] }));
    for (let round = 0; round < 5; round++) {
      allowed(await ask(await issuer.sign()));
      clock.advance(700);
    }
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(1);
  });

  test('one by one up to twenty, and the others in one sentence', async () => {
    const { issuer, ask, warnings } = await remoteKeys();
    const many = Array.from({ length: 60 }, (_, index) => ({ ...weak, kid: `weak-${index}` }));
    issuer.overrides.set('/jwks', () => Response.json({ keys: [...many, issuer.key.publicJwk] }));
    expect(await ask(issuer.key)).toBe('found');
    expect(warnings).toHaveLength(21);
    expect(warnings[20]).toContain('40 more keys are left out');
  });

  test('in one line, no matter what the kid is', async () => {
    const { issuer, ask, warnings } = await remoteKeys();
    const kid = `a\n\u2028\u0085\u009b31m\u202e[mcp-auth] forged${'x'.repeat(5000)}`;
    issuer.overrides.set('/jwks', () => Response.json({ keys: [{ ...weak, kid }, issuer.key.publicJwk] }));
    await ask(issuer.key);
    expect(warnings[0]).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(warnings[0]?.length).toBeLessThan(400);
  });

  test('where none is left, in the error', async () => {
    const { issuer, lookup } = await remoteKeys();
    issuer.overrides.set('/jwks', () => Response.json({ keys: [weak] }));
    expect(await lookup('a')).toMatchObject({
      kind: 'unavailable',
      error: {
        code: 'invalid_key_set',
        message: expect.stringContaining('key "a" is left out: RSA of 1024 bits') as string,
      },
    });
  });
});

describe('[RFC9068-4-07] a token that names such a key is refused as what it is', () => {
  test('with unsuitable_key, not unknown_key, and without a fetch', async () => {
    const { clock, issuer, ask, events } = await protect();
    issuer.overrides.set('/jwks', () => Response.json({ keys: [weak, issuer.key.publicJwk] }));
    allowed(await ask(await issuer.sign()));
    const before = issuer.requests.length;
    for (let round = 0; round < 20; round++) {
      const token = await issuer.sign({ jti: `${round}` }, { kid: 'a', alg: 'ES256' });
      expect(refused(await ask(token)).status).toBe(401);
      expect(lastCode(events)).toBe('unsuitable_key');
      clock.advance(10);
    }
    expect(issuer.requests).toHaveLength(before);
  });

  test('a sound key with the same kid still verifies', async () => {
    const { issuer, ask } = await protect();
    const key = await createKey({ kid: 'a' });
    issuer.overrides.set('/jwks', () => Response.json({ keys: [weak, key.publicJwk] }));
    allowed(await ask(await issuer.sign({}, {}, key)));
  });

  test('one that became sound verifies with the next set', async () => {
    const { clock, issuer, ask } = await protect();
    const key = await createKey({ kid: 'a' });
    issuer.overrides.set('/jwks', () => Response.json({ keys: [weak, issuer.key.publicJwk] }));
    expect(refused(await ask(await issuer.sign({}, {}, key))).status).toBe(401);
    issuer.overrides.set('/jwks', () => Response.json({ keys: [key.publicJwk] }));
    clock.advance(601);
    allowed(await ask(await issuer.sign({}, {}, key)));
  });

  test('an identifier that no entry has is still unknown', async () => {
    const { issuer, ask } = await remoteKeys();
    issuer.overrides.set('/jwks', () => Response.json({ keys: [weak, issuer.key.publicJwk] }));
    expect([await ask('b'), await ask('a')]).toEqual(['unknown', 'unsuitable']);
  });
});

describe('the number of keys in a set', () => {
  const many = async (count: number) => {
    const { publicJwk } = await createKey();
    return Array.from({ length: count }, (_, index) => ({ ...publicJwk, kid: `other-${index}` }));
  };

  test.each([101, 1000])('[RFC9728-7.7-01] %i keys are too many unless the owner says so', async (count) => {
    const keys = await many(count - 1);
    for (const [maxKeys, kind] of [
      [100, 503],
      [count - 1, 503],
      [count, 200],
    ] as const) {
      const options = { remoteJwkSet: { maxKeys } };
      const { issuer, ask } = await protect({ options });
      issuer.overrides.set('/jwks', () => Response.json({ keys: [...keys, issuer.key.publicJwk] }));
      const decision = await ask(await issuer.sign());
      expect(decision.kind === 'allow' ? 200 : decision.status).toBe(kind);
    }
  });

  test('[RFC9728-7.7-01] 10,000 entries are too many for any option, and none of them is looked at', async () => {
    const { issuer, lookup, warnings } = await remoteKeys({ maxKeys: 5000 });
    issuer.overrides.set('/jwks', () => Response.json({ keys: Array.from({ length: 10_000 }, () => ({})) }));
    expect(await lookup('a')).toMatchObject({ kind: 'unavailable', error: { code: 'invalid_key_set' } });
    expect(warnings).toEqual([]);
  });

  test('[RFC9728-7.7-01] the bound in bytes stays, no matter how many are allowed', async () => {
    const keys = await many(4000);
    const { issuer, ask, events } = await protect({ options: { remoteJwkSet: { maxKeys: 5000 } } });
    issuer.overrides.set('/jwks', () => Response.json({ keys: [...keys, issuer.key.publicJwk] }));
    expect(refused(await ask(await issuer.sign())).status).toBe(503);
    expect(events).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code: 'response_too_large' }) }),
    );
  });

  test.each([0, -1, 1.5, 5001, Infinity, '100'])('%j is not a number of keys', async (maxKeys) => {
    const options = { remoteJwkSet: { maxKeys: maxKeys as number } };
    await expect(protect({ options })).rejects.toThrow('remoteJwkSet.maxKeys');
  });
});
