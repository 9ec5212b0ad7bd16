import type { DenialCode } from '@mcp-auth/core';
import { describe, expect, test } from 'vitest';
import {
  brokenTokenNames,
  createTestIssuer,
  startTestIssuer,
  type BrokenTokenName,
  type TestAlgorithm,
} from '../../src/index.js';
import { protect, resource } from '../support/protect.js';

/** Each has one fault, and is refused for that one. */
const reasons: Readonly<Record<BrokenTokenName, DenialCode>> = {
  expired: 'token_expired',
  notYetValid: 'token_not_yet_valid',
  issuedInFuture: 'issued_in_future',
  noExpiry: 'missing_claim',
  expiryInMilliseconds: 'invalid_claim',
  wrongAudience: 'wrong_audience',
  noAudience: 'missing_audience',
  wrongIssuer: 'untrusted_issuer',
  noIssuer: 'missing_issuer',
  strangersKey: 'invalid_signature',
  keyInHeader: 'invalid_signature',
  algNone: 'malformed_token',
  hmacWithPublicKey: 'unsupported_algorithm',
  altered: 'invalid_signature',
  noSignature: 'malformed_token',
  idToken: 'not_an_access_token',
  logoutToken: 'not_an_access_token',
  refreshToken: 'not_an_access_token',
  otherType: 'unsupported_type',
  crit: 'critical_header',
  boundToAnotherKey: 'sender_constrained',
};

test('there is a token for each name', () => {
  expect([...brokenTokenNames].sort()).toEqual(Object.keys(reasons).sort());
});

describe.each<TestAlgorithm>(['ES256', 'RS256', 'EdDSA'])('signed with %s', (algorithm) => {
  const issuer = createTestIssuer({ audience: resource, algorithm });
  const { ask, denied, status } = protect(issuer);

  test.each(Object.entries(reasons))('%s is refused with 401, as %s', async (name, code) => {
    const response = await ask(await issuer.mintBrokenToken(name as BrokenTokenName));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(denied.at(-1)?.code).toBe(code);
  });

  test('the token without a fault passes', async () => {
    expect(await status(await issuer.mintToken())).toBe(200);
  });
});

test.each(brokenTokenNames)('%s is refused in every mode, and after a good one', async (name) => {
  const issuer = createTestIssuer({ audience: resource });
  for (const mode of ['introspection', 'auto'] as const) {
    const { status } = protect(issuer, mode);
    expect(await status(await issuer.mintToken())).toBe(200);
    expect(await status(await issuer.mintBrokenToken(name))).toBe(401);
  }
});

/** What an issuer says of its own tokens, and a server has to find out about them. */
const active: Readonly<Partial<Record<BrokenTokenName, DenialCode>>> = {
  issuedInFuture: 'issued_in_future',
  noExpiry: 'missing_claim',
  expiryInMilliseconds: 'invalid_claim',
  wrongAudience: 'wrong_audience',
  noAudience: 'missing_audience',
  wrongIssuer: 'untrusted_issuer',
  boundToAnotherKey: 'sender_constrained',
};

test.each(Object.entries(active))(
  'where the issuer calls it active, %s is refused as %s all the same',
  async (name, code) => {
    const issuer = createTestIssuer({ audience: resource });
    const { status, denied } = protect(issuer, 'introspection');
    expect(await status(await issuer.mintBrokenToken(name as BrokenTokenName))).toBe(401);
    expect(denied.at(-1)?.code).toBe(code);
  },
);

test('a fault stays whatever else the token is told to say', async () => {
  const issuer = createTestIssuer();
  const { status } = protect(issuer);
  const claims = { exp: 4_000_000_000, aud: resource, iss: issuer.issuer };
  for (const name of ['expired', 'noExpiry', 'wrongAudience', 'noAudience', 'wrongIssuer'] as const) {
    expect(await status(await issuer.mintBrokenToken(name, { claims }))).toBe(401);
  }
});

test('a name that there is not is an error, and not a good token', async () => {
  const issuer = await startTestIssuer({ audience: resource });
  await expect(issuer.mintBrokenToken('toString' as BrokenTokenName)).rejects.toThrow(
    /takes one of these names: expired/,
  );
  await issuer.close();
});
