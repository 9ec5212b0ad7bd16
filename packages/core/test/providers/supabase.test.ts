/**
 * Tokens as Supabase's documentation of its OAuth server shows them. Not verified against a live provider.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { supabase, type SupabaseOptions } from '../../src/providers.js';
import { createFakeProvider, readDocument, type FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, resource, type WrongToken } from './support/open-gate.js';

const issuer = 'https://abcdefghijklmnop.supabase.co/auth/v1';
const client = '9a8b7c6d-5e4f-3a2b-1c0d-9e8f7a6b5c4d';
const options: SupabaseOptions = {
  projectDomain: 'abcdefghijklmnop.supabase.co',
  clientIds: [client],
};

/** What an OAuth client gets. */
const accessToken = {
  iss: issuer,
  sub: '8ccaa7af-909f-44e7-84cb-67cdccb56be6',
  aud: 'authenticated',
  email: 'user@example.com',
  phone: '',
  app_metadata: { provider: 'email', providers: ['email'] },
  user_metadata: {},
  role: 'authenticated',
  aal: 'aal1',
  amr: [{ method: 'password', timestamp: 1_789_999_990 }],
  session_id: '4b938a09-5372-4177-a314-cfa292099ea2',
  is_anonymous: false,
  client_id: client,
};

let provider: FakeProvider;

beforeAll(async () => {
  provider = await createFakeProvider({
    [`${issuer}/.well-known/openid-configuration`]: readDocument('supabase'),
  });
});

const wrongTokens: readonly WrongToken[] = [
  {
    title: 'the session token of the Supabase project’s own web application',
    claims: { ...accessToken, client_id: undefined },
    reason: { code: 'policy_refused', claim: 'client_id' },
  },
  {
    title: 'a Supabase token of an OAuth client that is not on the list',
    claims: { ...accessToken, client_id: '00000000-5e4f-3a2b-1c0d-9e8f7a6b5c4d' },
    reason: { code: 'policy_refused', claim: 'client_id' },
  },
  {
    title: 'a Supabase token whose client is an empty text',
    claims: { ...accessToken, client_id: '' },
    reason: { code: 'policy_refused', claim: 'client_id' },
  },
  {
    title: 'a Supabase token of a user who signed in anonymously',
    claims: { ...accessToken, is_anonymous: true },
    reason: { code: 'policy_refused', claim: 'is_anonymous' },
  },
  {
    title: 'a Supabase token whose anonymity is no plain no',
    claims: { ...accessToken, is_anonymous: 'false' },
    reason: { code: 'policy_refused', claim: 'is_anonymous' },
  },
  {
    title: 'a Supabase token with the role of the secret API key',
    claims: { ...accessToken, role: 'service_role' },
    reason: { code: 'policy_refused', claim: 'role' },
  },
  {
    title: 'the anonymous API key of a Supabase project',
    claims: { ...accessToken, iss: 'supabase', ref: 'abcdefghijklmnop', role: 'anon', aud: undefined },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'a Supabase ID token for a listed client',
    claims: { ...accessToken, aud: client, nonce: 'n-1', auth_time: 1_789_999_990 },
    reason: { code: 'not_an_access_token', claim: 'nonce' },
  },
  {
    title: 'a Supabase ID token without nonce',
    claims: { ...accessToken, aud: client },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'a Supabase token without aud',
    claims: { ...accessToken, aud: undefined },
    reason: { code: 'missing_audience', claim: 'aud' },
  },
  {
    title: 'a token of another Supabase project',
    claims: { ...accessToken, iss: 'https://ponmlkjihgfedcba.supabase.co/auth/v1' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
];

describe('Supabase', () => {
  test.each(wrongTokens)('[MCP-2026-07-28-RS-031] refused: $title', async ({ claims, header, reason }) => {
    const outcome = await openGate(supabase(options), provider).call(await provider.sign(claims, header));

    expect(outcome).toMatchObject({ status: 401, reason, auth: undefined });
  });

  test('[MCP-2026-07-28-RS-031] a listed client’s token passes, and the weakness is said once', async () => {
    const gate = openGate(supabase(options), provider);

    const { status, auth } = await gate.call(await provider.sign(accessToken));

    expect(status).toBe(200);
    expect(auth).toMatchObject({ clientId: client, subject: accessToken.sub, scopes: [] });
    expect(gate.warnings.filter((message) => message.includes('only client_id binds'))).toHaveLength(1);
  });

  test('a token of an anonymous user passes where that was asked for', async () => {
    const gate = openGate(supabase({ ...options, anonymousUsers: true }), provider);

    const { status } = await gate.call(await provider.sign({ ...accessToken, is_anonymous: true }));

    expect(status).toBe(200);
  });

  describe('with an audience written by a custom access token hook', () => {
    const bound: SupabaseOptions = { projectDomain: options.projectDomain, audience: resource };

    test('[MCP-2026-07-28-RS-016] refused: a Supabase token that still says authenticated', async () => {
      const { status, reason } = await openGate(supabase(bound), provider).call(
        await provider.sign(accessToken),
      );

      expect(status).toBe(401);
      expect(reason).toEqual({ code: 'wrong_audience', claim: 'aud' });
    });

    test('refused: a session token of the web application to which the hook gave the audience too', async () => {
      for (const client_id of [undefined, '']) {
        const token = await provider.sign({ ...accessToken, aud: resource, client_id });
        const { reason } = await openGate(supabase(bound), provider).call(token);
        expect(reason).toEqual({ code: 'policy_refused', claim: 'client_id' });
      }
    });

    test('[MCP-2026-07-28-RS-016] any registered client’s token for this resource passes without a warning', async () => {
      const gate = openGate(supabase(bound), provider);

      const { status } = await gate.call(
        await provider.sign({ ...accessToken, aud: resource, client_id: 'registered-a-minute-ago' }),
      );

      expect(status).toBe(200);
      expect(gate.warnings.filter((message) => message.includes('policy supabase'))).toEqual([]);
    });
  });

  test.each([
    [{ projectDomain: '' }, 'supabase.projectDomain', 'invalid_option', /must be a string such as/],
    [
      { projectDomain: 'https://x.supabase.co/auth/v1' },
      'supabase.projectDomain',
      'invalid_option',
      /without a path/,
    ],
    [{ projectDomain: 'http://x.supabase.co' }, 'supabase.projectDomain', 'insecure_issuer', /https/],
    [{ clientIds: undefined }, 'supabase.clientIds', 'invalid_option', /custom access token hook/],
    [{ clientIds: [] }, 'supabase.clientIds', 'invalid_option', /at least one/],
    [{ audience: 'authenticated' }, 'supabase.audience', 'invalid_audience', /list clientIds/],
    [{ audience: '' }, 'supabase.audience', 'invalid_audience', /leave it out/],
  ])('a Supabase configuration %o is refused with the fix', (mistake, path, code, fix) => {
    expectMistake(() => supabase({ ...options, ...mistake }), path, code, fix);
  });

  test('a project on this machine may use plain http', () => {
    expect(supabase({ ...options, projectDomain: 'http://127.0.0.1:54321' }).issuer).toBe(
      'http://127.0.0.1:54321/auth/v1',
    );
  });
});
