import { describe, expect, test, vi } from 'vitest';
import { createClock } from '../support/clock.js';
import { createKey, signRaw } from '../support/keys.js';
import { createVerifier, issuer } from '../support/verifier.js';

const claims = { iss: issuer, sub: 'u', exp: createClock().seconds() + 60 };

test.each(['RS256', 'PS256', 'ES256', 'EdDSA'])(
  'a token that was never seen is refused, and verified, without waiting: %s',
  async (alg) => {
    const [key, stranger] = [await createKey({ alg, kid: 'k' }), await createKey({ alg, kid: 'k' })];
    const verifier = createVerifier([key]);
    expect(verifier(await signRaw(stranger, claims))).toMatchObject({ code: 'invalid_signature' });
    expect(verifier(await signRaw(key, { ...claims, exp: 1 }))).toMatchObject({ code: 'token_expired' });
    expect(verifier(await signRaw(key, claims))).toMatchObject({ kind: 'verified' });
  },
);

test.each(['ES384', 'ES512'])('one whose signature takes long is waited for: %s', async (alg) => {
  const key = await createKey({ alg });
  const verdict = createVerifier([key])(await signRaw(key, claims));
  expect(verdict).toBeInstanceOf(Promise);
  expect(await verdict).toMatchObject({ kind: 'verified' });
});

describe('a made-up token that names no key does not hold up others while all keys of its issuer are tried', () => {
  const mintUnnamed = async (count: number) => {
    const keys = await Promise.all(
      Array.from({ length: count }, (_, index) => createKey({ kid: `k${index}` })),
    );
    const unnamed = { kid: undefined };
    const stranger = await createKey();
    const last = keys.at(-1) ?? stranger;
    return {
      keys,
      good: await signRaw(last, claims, unnamed),
      bad: await signRaw(stranger, claims, unnamed),
    };
  };

  test('two keys are tried without waiting', async () => {
    const { keys, good, bad } = await mintUnnamed(2);
    expect(createVerifier(keys)(good)).toMatchObject({ kind: 'verified' });
    expect(createVerifier(keys)(bad)).toMatchObject({ code: 'invalid_signature' });
  });

  test.each([3, 16])('in front of each further one, of %i, other requests have their turn', async (count) => {
    const { keys, good, bad } = await mintUnnamed(count);
    for (const [token, expected] of [
      [good, { kind: 'verified' }],
      [bad, { code: 'invalid_signature' }],
    ] as const) {
      vi.useFakeTimers({ toFake: ['setTimeout'] });
      try {
        const verdict = Promise.resolve(createVerifier(keys)(token));
        let turns = 0;
        while (await Promise.race([verdict.then(() => false), settle().then(() => vi.getTimerCount() > 0)])) {
          turns++;
          vi.advanceTimersToNextTimer();
        }
        expect(turns).toBe(count - 2);
        expect(await verdict).toMatchObject(expected);
      } finally {
        vi.useRealTimers();
      }
    }
  });
});

/** All that is waited for without a timer is there then. */
function settle(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
