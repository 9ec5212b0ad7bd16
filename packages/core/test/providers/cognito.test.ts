/**
 * Tokens as Amazon Cognito's documentation shows them. Not verified against a live provider.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { cognito, type CognitoOptions } from '../../src/providers.js';
import { createFakeProvider, readDocument, type FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, resource, type WrongToken } from './support/open-gate.js';

const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi';
const options: CognitoOptions = {
  region: 'eu-central-1',
  userPoolId: 'eu-central-1_aBcDeFgHi',
  clientIds: ['7eexampleclient'],
  resourceServer: resource,
};

const accessToken = {
  iss: issuer,
  sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  'cognito:groups': ['readers'],
  version: 2,
  client_id: '7eexampleclient',
  origin_jti: '11111111-2222-3333-4444-555555555555',
  token_use: 'access',
  scope: `openid ${resource}/read`,
  auth_time: 1_789_999_990,
  jti: '66666666-7777-8888-9999-000000000000',
  username: 'user-1',
};

let provider: FakeProvider;

beforeAll(async () => {
  const document = readDocument('cognito', [
    ['REGIONamazonaws', 'REGION.amazonaws'],
    ['REGION-CODE', 'eu-central-1_aBcDeFgHi'],
    ['REGION', 'eu-central-1'],
    ['DOMAIN', 'example.auth.eu-central-1.amazoncognito.com'],
  ]);
  provider = await createFakeProvider({ [`${issuer}/.well-known/openid-configuration`]: document });
});

const wrongTokens: readonly WrongToken[] = [
  {
    title: 'an ID token of the same user pool',
    claims: {
      ...accessToken,
      token_use: 'id',
      aud: '7eexampleclient',
      client_id: undefined,
      scope: undefined,
    },
    reason: { code: 'not_an_access_token', claim: 'token_use' },
  },
  {
    title: 'a Cognito token that does not say it is an access token',
    claims: { ...accessToken, token_use: undefined },
    reason: { code: 'policy_refused', claim: 'token_use' },
  },
  {
    title: 'a token of an app client of the pool that is not on the list',
    claims: { ...accessToken, client_id: '1otherclient' },
    reason: { code: 'policy_refused', claim: 'client_id' },
  },
  {
    title: 'a Cognito token that names no client',
    claims: { ...accessToken, client_id: undefined },
    reason: { code: 'policy_refused', claim: 'client_id' },
  },
  {
    title: 'a Cognito token for the self-service of its user only',
    claims: { ...accessToken, scope: 'aws.cognito.signin.user.admin openid' },
    reason: { code: 'policy_refused', claim: 'scope' },
  },
  {
    title: 'a Cognito token with scopes of another resource server',
    claims: { ...accessToken, scope: 'https://billing.example.com/read' },
    reason: { code: 'policy_refused', claim: 'scope' },
  },
  {
    title: 'a Cognito token of a resource server whose identifier begins with ours',
    claims: { ...accessToken, scope: `${resource}/admin/read` },
    reason: { code: 'policy_refused', claim: 'scope' },
  },
  {
    title: 'a Cognito token whose aud names another resource, although client and scope fit',
    claims: { ...accessToken, aud: 'https://billing.example.com' },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'a Cognito token whose aud is an empty list',
    claims: { ...accessToken, aud: [] },
    reason: { code: 'missing_audience', claim: 'aud' },
  },
  {
    title: 'a token of another user pool in the same region',
    claims: {
      ...accessToken,
      iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_zZzZzZzZz',
    },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
];

describe('Amazon Cognito', () => {
  test.each(wrongTokens)('[MCP-2026-07-28-RS-031] refused: $title', async ({ claims, header, reason }) => {
    const outcome = await openGate(cognito(options), provider).call(await provider.sign(claims, header));

    expect(outcome).toMatchObject({ status: 401, reason, auth: undefined });
  });

  test('[MCP-2026-07-28-RS-031] a token without aud passes by client and scope of this resource server', async () => {
    const gate = openGate(cognito(options), provider, { requiredScopes: [`${resource}/read`] });

    const { status, auth } = await gate.call(await provider.sign(accessToken, {}));

    expect(status).toBe(200);
    expect(auth).toMatchObject({ issuer, clientId: '7eexampleclient', subject: accessToken.sub });
    expect(auth?.scopes).toEqual(['openid', `${resource}/read`]);
  });

  test('[MCP-2026-07-28-RS-016] a token with resource binding is compared with the resource', async () => {
    const gate = openGate(cognito(options), provider);

    expect((await gate.call(await provider.sign({ ...accessToken, aud: resource }))).status).toBe(200);
  });

  test('[RFC9068-4-01] a pool with the updated issuer is known by that name alone', async () => {
    const updated = cognito({ ...options, issuerType: 'updated' });

    expect(updated.issuer).toBe(
      'https://issuer-cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi',
    );
    const { reason } = await openGate(updated, provider).call(await provider.sign(accessToken));
    expect(reason).toEqual({ code: 'untrusted_issuer', claim: 'iss' });
  });

  test('what is weaker than an audience is said once, however many requests come', async () => {
    const gate = openGate(cognito(options), provider);
    for (let request = 0; request < 3; request++) await gate.call(await provider.sign(accessToken));

    expect(gate.warnings.filter((message) => message.includes('client_id'))).toHaveLength(1);
    expect(gate.warnings[0]).toMatch(
      /^protectedResources\.metadata\.authorizationServers\[0\]: policy cognito:/,
    );
  });

  test.each([
    [{ region: '' }, 'cognito.region', /must be a string such as "eu-central-1"/],
    [{ region: 'example.com/#' }, 'cognito.region', /name of an AWS region, such as "eu-central-1"/],
    [{ userPoolId: 'us-east-1_aBcDeFgHi' }, 'cognito.userPoolId', /such as "eu-central-1_aBcDeFgHi"/],
    [{ userPoolId: 'eu-central-1:1234' }, 'cognito.userPoolId', /identity pool issues no access tokens/],
    [{ userPoolId: 'eu-central-1_aBc/../other' }, 'cognito.userPoolId', /id of a user pool/],
    [{ clientIds: [] }, 'cognito.clientIds', /at least one/],
    [{ resourceServer: '' }, 'cognito.resourceServer', /must be a string such as/],
  ])('a Cognito configuration %o is refused with the fix', (mistake, path, fix) => {
    expectMistake(() => cognito({ ...options, ...mistake }), path, 'invalid_option', fix);
  });
});
