import { describe, expect, test } from 'vitest';
import { checkTimes } from '../../src/verifier/claim-rules.js';

const now = 1_800_000_000;
const rules = {
  now: () => now,
  expiryToleranceSeconds: 5,
  aheadToleranceSeconds: 60,
  maxTokenAgeSeconds: undefined as number | undefined,
};
const judge = (claims: Record<string, unknown>, changes: Partial<typeof rules> = {}) =>
  checkTimes(claims, { ...rules, ...changes });
const code = (...parameters: Parameters<typeof judge>) => judge(...parameters)?.code;
const exp = now + 120;

describe('exp decides, to the second', () => {
  test('[RFC9068-2.2-01][RFC6750-5.3-02] a token without exp never expires, so it is refused', () => {
    expect(judge({})).toMatchObject({ kind: 'rejected', code: 'missing_claim', claim: 'exp' });
  });

  test('[RFC9068-4-04] expired: at the second exp + tolerance, not one before', () => {
    expect(code({ exp: now - 5 })).toBe('token_expired');
    expect(code({ exp: now - 4 })).toBeUndefined();
    expect(code({ exp: now }, { expiryToleranceSeconds: 0 })).toBe('token_expired');
    expect(code({ exp: now + 1 }, { expiryToleranceSeconds: 0 })).toBeUndefined();
  });

  test('[RFC9068-4-04] exp in milliseconds is nonsense, not the year 58991', () => {
    expect(code({ exp: exp * 1000 })).toBe('invalid_claim');
  });

  test.each([
    null,
    '1900000000',
    '',
    true,
    [1_900_000_000],
    {},
    NaN,
    Infinity,
    -1,
    -Infinity,
    1e300,
    253_402_300_800,
  ])('[RFC9068-4-04] exp %j', (value) => {
    expect(judge({ exp: value })).toMatchObject({ kind: 'rejected', code: 'invalid_claim', claim: 'exp' });
  });

  test('the last second of the year 9999 is a time', () => {
    expect(code({ exp: 253_402_300_799 })).toBeUndefined();
  });

  test('[RFC9068-4-04] exp 0 expired long ago', () => {
    expect(code({ exp: 0 })).toBe('token_expired');
  });

  test('fractions of a second are legal', () => {
    expect(code({ exp: now - 5 + 0.5 })).toBeUndefined();
    expect(code({ exp: now - 5.5 })).toBe('token_expired');
  });

  test('[RFC9068-4-04] a clock that does not know the time lets nothing pass', () => {
    expect(judge({ exp }, { now: () => NaN })).toBeDefined();
  });
});

describe('nbf and iat', () => {
  test('[OAUTH21-5.2-01] a token that is not valid yet', () => {
    expect(judge({ exp, nbf: now + 61 })).toMatchObject({
      kind: 'rejected',
      code: 'token_not_yet_valid',
      claim: 'nbf',
    });
    expect(code({ exp, nbf: now + 60 })).toBeUndefined();
  });

  test('[OAUTH21-5.2-01] a token issued in the future', () => {
    expect(judge({ exp, iat: now + 61 })).toMatchObject({
      kind: 'rejected',
      code: 'issued_in_future',
      claim: 'iat',
    });
    expect(code({ exp, iat: now + 60 })).toBeUndefined();
  });

  test.each([null, 'now', NaN, -1, Infinity, [], now * 1000])(
    'of another type or out of this world: %j',
    (value) => {
      expect(judge({ exp, nbf: value })).toMatchObject({
        kind: 'rejected',
        code: 'invalid_claim',
        claim: 'nbf',
      });
      expect(judge({ exp, iat: value })).toMatchObject({
        kind: 'rejected',
        code: 'invalid_claim',
        claim: 'iat',
      });
    },
  );

  test('absent ones are fine', () => {
    expect(judge({ exp })).toBeUndefined();
  });
});

describe('a configured age limit', () => {
  const limit = { maxTokenAgeSeconds: 100 };

  test('[OAUTH21-5.2-01] needs iat', () => {
    expect(judge({ exp }, limit)).toMatchObject({ kind: 'rejected', code: 'missing_claim', claim: 'iat' });
  });

  test('[OAUTH21-5.2-01] refuses what is older, beyond the tolerance', () => {
    expect(judge({ exp, iat: now - 106 }, limit)).toMatchObject({
      kind: 'rejected',
      code: 'token_too_old',
      claim: 'iat',
    });
    expect(code({ exp, iat: now - 105 }, limit)).toBeUndefined();
  });

  test('expiry comes first', () => {
    expect(code({ exp: now - 60, iat: now - 1000 }, limit)).toBe('token_expired');
    expect(code({ exp: now - 60, nbf: now + 90 }, limit)).toBe('token_expired');
  });
});
