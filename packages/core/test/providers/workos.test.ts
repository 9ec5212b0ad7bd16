/**
 * Tokens as WorkOS's documentation of Connect and of sessions shows them. Not verified against a live provider.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { workos, type WorkOSOptions } from '../../src/providers.js';
import { createFakeProvider, readDocument, type FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, resource, type WrongToken } from './support/open-gate.js';

const issuer = 'https://example.authkit.app';
const environment = 'client_01ENVIRONMENT0000000000000';
const options: WorkOSOptions = { authkitDomain: 'example.authkit.app' };

const accessToken = {
  iss: issuer,
  aud: resource,
  sub: 'user_01HBEQKA6K4QJAS93VPE39W1JT',
  client_id: 'client_01JP8BD0CZ401TDF9X54NT5ZEK',
  org_id: 'org_01HRDMC6CM357W30QMHMQ96Q0S',
  sid: 'app_consent_01HQSXZGF8FHF7A9ZZFCW4387R',
  scope: 'openid profile',
  jti: '01HQSXZXPPFPKMDD32RKTFY6PV',
};

const sessionToken = {
  iss: issuer,
  sub: 'user_01HBEQKA6K4QJAS93VPE39W1JT',
  org_id: 'org_01HRDMC6CM357W30QMHMQ96Q0S',
  role: 'member',
  permissions: ['posts:read', 'posts:write'],
  sid: 'session_01HQSXZGF8FHF7A9ZZFCW4387R',
  jti: '01HQSXZXPPFPKMDD32RKTFY6PV',
};

let provider: FakeProvider;

beforeAll(async () => {
  provider = await createFakeProvider({
    [`${issuer}/.well-known/oauth-authorization-server`]: readDocument('workos'),
  });
});

const wrongTokens: readonly WrongToken[] = [
  {
    title: 'the session token of a WorkOS application',
    claims: { ...sessionToken, iss: 'https://api.workos.com/user_management/client_01' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'a WorkOS session token under the AuthKit domain',
    claims: sessionToken,
    reason: { code: 'policy_refused', claim: 'sid' },
  },
  {
    title: 'a WorkOS session token to which a template gave this audience and a client',
    claims: { ...sessionToken, aud: resource, client_id: environment },
    reason: { code: 'policy_refused', claim: 'sid' },
  },
  {
    title: 'a WorkOS token for no indicated resource, whose audience is the environment',
    claims: { ...accessToken, aud: environment },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'a token of a WorkOS machine-to-machine application',
    claims: { ...accessToken, aud: [environment], sub: accessToken.client_id, sid: undefined },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'a WorkOS token for another resource of the environment',
    claims: { ...accessToken, aud: 'https://billing.example.com' },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'a WorkOS token that names no client',
    claims: { ...accessToken, client_id: undefined },
    reason: { code: 'policy_refused', claim: 'client_id' },
  },
  {
    title: 'a WorkOS token without aud',
    claims: { ...accessToken, aud: undefined },
    reason: { code: 'missing_audience', claim: 'aud' },
  },
  {
    title: 'a token of another WorkOS environment',
    claims: { ...accessToken, iss: 'https://other.authkit.app' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
];

describe('WorkOS AuthKit', () => {
  test.each(wrongTokens)('[RFC8707-2.2-01] refused: $title', async ({ claims, header, reason }) => {
    const outcome = await openGate(workos(options), provider).call(await provider.sign(claims, header));

    expect(outcome).toMatchObject({ status: 401, reason, auth: undefined });
  });

  test('[RFC8707-2.2-01] the audience of the whole environment stays refused where a route accepts it', async () => {
    const gate = openGate(workos(options), provider, { audience: environment });

    const { reason } = await gate.call(await provider.sign({ ...accessToken, aud: environment }));

    expect(reason).toEqual({ code: 'wrong_audience', claim: 'aud' });
  });

  test('[RFC8707-2.2-01] a token for the indicated resource passes', async () => {
    const gate = openGate(workos(options), provider, { requiredScopes: ['profile'] });

    const { status, auth } = await gate.call(await provider.sign(accessToken));

    expect(status).toBe(200);
    expect(auth).toMatchObject({ clientId: accessToken.client_id, scopes: ['openid', 'profile'] });
  });

  test('an indicator that is not the resource identifier takes its place', async () => {
    const resourceIndicator = 'https://mcp.example.com';
    const gate = openGate(workos({ ...options, resourceIndicator }), provider);

    expect((await gate.call(await provider.sign({ ...accessToken, aud: resourceIndicator }))).status).toBe(
      200,
    );
    expect((await gate.call(await provider.sign(accessToken))).status).toBe(401);
  });

  test.each([
    [{ authkitDomain: '' }, 'workos.authkitDomain', 'invalid_option', /must be a string such as/],
    [{ authkitDomain: `${issuer}/oauth2` }, 'workos.authkitDomain', 'invalid_option', /without a path/],
    [
      { resourceIndicator: environment },
      'workos.resourceIndicator',
      'invalid_audience',
      /Configure a resource indicator/,
    ],
    [{ resourceIndicator: '' }, 'workos.resourceIndicator', 'invalid_audience', /leave it out/],
  ])('a WorkOS configuration %o is refused with the fix', (mistake, path, code, fix) => {
    expectMistake(() => workos({ ...options, ...mistake }), path, code, fix);
  });
});
