/**
 * Tokens as Auth0's documentation shows them, in its own profile and in that of RFC 9068. Not verified against a live
 * provider.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { auth0, type Auth0Options } from '../../src/providers.js';
import { createFakeProvider, readDocument, type FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, resource, type WrongToken } from './support/open-gate.js';

const issuer = 'https://common.auth0.com/';
const client = 'K1AUPhZq8mRi0Q0pjhkfu1D7y6KjDQja';
const options: Auth0Options = { domain: 'common.auth0.com' };

const accessToken = {
  iss: issuer,
  sub: 'auth0|6553da60a54af58e29493993',
  aud: [resource, `${issuer}userinfo`],
  azp: client,
  scope: 'openid profile notes:read',
  gty: 'password',
};

let provider: FakeProvider;

beforeAll(async () => {
  provider = await createFakeProvider({
    [`${issuer}.well-known/openid-configuration`]: readDocument('auth0'),
  });
});

const wrongTokens: readonly WrongToken[] = [
  {
    title: 'an Auth0 ID token',
    claims: { ...accessToken, aud: client, azp: undefined, scope: undefined, sid: 's-1', nonce: 'n-1' },
    reason: { code: 'not_an_access_token', claim: 'nonce' },
  },
  {
    title: 'an Auth0 ID token without nonce',
    claims: { ...accessToken, aud: client, azp: undefined, scope: undefined },
    reason: { code: 'policy_refused', claim: 'azp' },
  },
  {
    title: 'an Auth0 token for another API of the tenant',
    claims: { ...accessToken, aud: 'https://billing.example.com' },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'an Auth0 token for the management API of the tenant',
    claims: { ...accessToken, aud: `${issuer}api/v2/`, scope: 'read:users' },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'an Auth0 token that is good for the user info endpoint only',
    claims: { ...accessToken, aud: [`${issuer}userinfo`] },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'an Auth0 token without aud',
    claims: { ...accessToken, aud: undefined },
    reason: { code: 'missing_audience', claim: 'aud' },
  },
  {
    title: 'an Auth0 token whose issuer lacks the final slash',
    claims: { ...accessToken, iss: 'https://common.auth0.com' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'a token of another Auth0 tenant',
    claims: { ...accessToken, iss: 'https://other.auth0.com/' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
];

describe('Auth0', () => {
  test.each(wrongTokens)('[MCP-2026-07-28-RS-016] refused: $title', async ({ claims, header, reason }) => {
    const outcome = await openGate(auth0(options), provider).call(await provider.sign(claims, header));

    expect(outcome).toMatchObject({ status: 401, reason, auth: undefined });
  });

  test.each([
    ['an encrypted Auth0 token', 'eyJhbGciOiJkaXIifQ..aaaa.bbbb.cccc', 'encrypted_token'],
    ['an opaque Auth0 token', 'V2hhdCBhIGxvdmVseSBkYXk', 'malformed_token'],
  ])('%s, given to clients that ask for no audience, is refused by that name', async (_what, token, code) => {
    expect(await openGate(auth0(options), provider).call(token)).toMatchObject({
      status: 401,
      reason: { code },
    });
  });

  test('[RFC9068-4-02] a token of Auth0’s own profile passes beside the user info audience', async () => {
    const gate = openGate(auth0(options), provider, { requiredScopes: ['notes:read'] });

    const { status, auth } = await gate.call(await provider.sign(accessToken));

    expect(status).toBe(200);
    expect(auth).toMatchObject({ issuer, clientId: client, scopes: ['openid', 'profile', 'notes:read'] });
  });

  test('[RFC9068-2.1-03] a token of the RFC 9068 profile passes', async () => {
    const claims = { ...accessToken, azp: undefined, gty: undefined, client_id: client, jti: 't-1' };

    const { status, auth } = await openGate(auth0(options), provider).call(
      await provider.sign(claims, { typ: 'at+jwt' }),
    );

    expect(status).toBe(200);
    expect(auth?.clientId).toBe(client);
  });

  test('[OAUTH21-5-01] permissions grant scopes only where that was asked for', async () => {
    const token = await provider.sign({ ...accessToken, permissions: ['notes:write'] });
    const settings = { requiredScopes: ['notes:write'] };

    expect((await openGate(auth0(options), provider, settings).call(token)).status).toBe(403);
    const permissive = openGate(auth0({ ...options, permissionsAsScopes: true }), provider, settings);
    expect((await permissive.call(token)).status).toBe(200);
  });

  test.each([
    [{ domain: '' }, 'auth0.domain', 'invalid_option', /must be a string such as/],
    [{ domain: 'common.auth0.com/api' }, 'auth0.domain', 'invalid_option', /without a path/],
    [{ domain: 'http://common.auth0.com' }, 'auth0.domain', 'insecure_issuer', /https/],
    [{ audience: '' }, 'auth0.audience', 'invalid_audience', /leave it out/],
    [{ audience: `${issuer}userinfo` }, 'auth0.audience', 'invalid_audience', /Create an API/],
    [{ audience: `${issuer}api/v2/` }, 'auth0.audience', 'invalid_audience', /Create an API/],
  ])('an Auth0 configuration %o is refused with the fix', (mistake, path, code, fix) => {
    expectMistake(() => auth0({ ...options, ...mistake }), path, code, fix);
  });
});
