import { expect, test } from 'vitest';
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
