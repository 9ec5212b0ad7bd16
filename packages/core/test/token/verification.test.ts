import { expect, test } from 'vitest';
import { checkAudience, createAcceptedAudiences } from '../../src/token/audience.js';
import { reject } from '../../src/token/verification.js';

test('a rejection names a claim only where one decided', () => {
  expect(reject('malformed_token')).toStrictEqual({ kind: 'rejected', code: 'malformed_token' });
  expect(reject('token_expired', 'exp')).toStrictEqual({
    kind: 'rejected',
    code: 'token_expired',
    claim: 'exp',
  });
});

test('[RFC9068-4-02] a rejection because of the audience names aud, present or not', () => {
  const accepted = { values: createAcceptedAudiences(['https://h.example']), mayBeAbsent: false };
  expect(checkAudience(undefined, accepted)).toMatchObject({ code: 'missing_audience', claim: 'aud' });
  expect(checkAudience('other', accepted)).toMatchObject({ code: 'wrong_audience', claim: 'aud' });
});
