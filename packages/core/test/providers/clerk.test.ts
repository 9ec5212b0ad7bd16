/**
 * Tokens as Clerk's documentation and its public SDK describe them. Not verified against a live provider.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { VerifyAccessToken } from '../../src/index.js';
import { clerk, type ClerkOptions } from '../../src/providers.js';
import { createFakeProvider, now, readDocument, type FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, resource, type WrongToken } from './support/open-gate.js';

const issuer = 'https://well-hagfish-71.clerk.accounts.dev';
const client = 'client_2xhFjEI5X2qWRvtV13BzSj8H6Dk';
const options: ClerkOptions = { domain: 'well-hagfish-71.clerk.accounts.dev' };

const accessToken = {
  iss: issuer,
  sub: 'user_2xhFjEI5X2qWRvtV13BzSj8H6Dk',
  aud: resource,
  client_id: client,
  jti: 'oat_0ef5a7a33d87ed87ee7954c845d80450',
  scp: ['profile', 'notes:read'],
};

const sessionToken = {
  iss: issuer,
  sub: 'user_2xhFjEI5X2qWRvtV13BzSj8H6Dk',
  azp: 'https://app.example.com',
  sid: 'sess_2xhFjEI5X2qWRvtV13BzSj8H6Dk',
  fva: [7, -1],
  sts: 'active',
  nbf: now - 20,
  v: 2,
};

let provider: FakeProvider;

beforeAll(async () => {
  provider = await createFakeProvider({
    [`${issuer}/.well-known/oauth-authorization-server`]: readDocument('clerk'),
  });
});

const wrongTokens: readonly WrongToken[] = [
  {
    title: 'the session token of the Clerk application',
    claims: sessionToken,
    header: { typ: 'JWT' },
    reason: { code: 'policy_refused', claim: 'sid' },
  },
  {
    title: 'a Clerk session token customized to name this resource and a client',
    claims: { ...sessionToken, aud: resource, client_id: client },
    header: { typ: 'JWT' },
    reason: { code: 'policy_refused', claim: 'sid' },
  },
  {
    title: 'a token from a Clerk JWT template that names this resource and a client',
    claims: { ...accessToken, azp: 'https://app.example.com' },
    header: { typ: 'JWT' },
    reason: { code: 'policy_refused', claim: 'typ' },
  },
  {
    title: 'a Clerk machine token',
    claims: { ...accessToken, sub: 'mch_2xhFjEI5X2qWRvtV13BzSj8H6Dk', client_id: undefined, jti: 'mt_1' },
    header: { typ: 'JWT' },
    reason: { code: 'policy_refused', claim: 'typ' },
  },
  {
    title: 'a Clerk access token that names no client',
    claims: { ...accessToken, client_id: undefined },
    reason: { code: 'policy_refused', claim: 'client_id' },
  },
  {
    title: 'a Clerk access token of a client that sent no resource',
    claims: { ...accessToken, aud: undefined },
    reason: { code: 'missing_audience', claim: 'aud' },
  },
  {
    title: 'a Clerk access token for another resource',
    claims: { ...accessToken, aud: 'https://billing.example.com' },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'a Clerk ID token',
    claims: { ...accessToken, aud: client, nonce: 'n-1' },
    header: { typ: 'JWT' },
    reason: { code: 'not_an_access_token', claim: 'nonce' },
  },
  {
    title: 'a token of another Clerk application',
    claims: { ...accessToken, iss: 'https://other-hagfish-1.clerk.accounts.dev' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
];

describe('Clerk', () => {
  test.each(wrongTokens)('[RFC8725-3.11-01] refused: $title', async ({ claims, header, reason }) => {
    const token = await provider.sign(claims, header ?? { typ: 'at+jwt' });

    const outcome = await openGate(clerk(options), provider).call(token);

    expect(outcome).toMatchObject({ status: 401, reason, auth: undefined });
  });

  test('an opaque Clerk token is refused as something this gate cannot read', async () => {
    const outcome = await openGate(clerk(options), provider).call('oat_0ef5a7a33d87ed87ee7954c845d80450');

    expect(outcome).toMatchObject({ status: 401, reason: { code: 'malformed_token' } });
  });

  test('[MCP-2026-07-28-RS-016] an opaque token that a function verified is held to the same rules, its type aside', async () => {
    const claims = { client_id: client };
    const info = { issuer, clientId: client, audience: resource, expiresAt: now + 60, claims };
    const open = (verify: VerifyAccessToken) => openGate(clerk(options), provider, { verify });

    expect((await open(() => info).call('oat_1')).status).toBe(200);
    const other = await open(() => ({ ...info, audience: 'https://billing.example.com' })).call('oat_1');
    expect(other.reason).toEqual({ code: 'wrong_audience', claim: 'aud' });
    const session = await open(() => ({ ...info, claims: { ...claims, sid: 'sess_1' } })).call('oat_1');
    expect(session.reason).toEqual({ code: 'policy_refused', claim: 'sid' });
  });

  test.each(['at+jwt', 'application/at+jwt', 'AT+JWT'])(
    '[RFC9068-2.1-03] an access token for this resource passes with the type %s',
    async (typ) => {
      const gate = openGate(clerk(options), provider, { requiredScopes: ['notes:read'] });

      const { status, auth } = await gate.call(await provider.sign(accessToken, { typ }));

      expect(status).toBe(200);
      expect(auth).toMatchObject({ clientId: client, scopes: ['profile', 'notes:read'] });
    },
  );

  test.each([
    [{ domain: '' }, 'invalid_option', /must be a string such as/],
    [{ domain: 'https://clerk.example.com/v1' }, 'invalid_option', /without a path/],
    [{ domain: 'http://clerk.example.com' }, 'insecure_issuer', /must use https/],
    [{ domain: 'not a host' }, 'invalid_option', /must be a host name/],
  ])('a Clerk configuration %o is refused with the fix', (mistake, code, fix) => {
    expectMistake(() => clerk(mistake), 'clerk.domain', code, fix);
  });
});
