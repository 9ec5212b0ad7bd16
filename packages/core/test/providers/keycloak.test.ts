/**
 * Tokens as Keycloak's documentation shows them. Those of Keycloak itself: npm run interop -- keycloak.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { keycloak, type KeycloakOptions } from '../../src/providers.js';
import { createFakeProvider, now, readDocument, type FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, resource, type WrongToken } from './support/open-gate.js';

const issuer = 'https://sso.example.com/realms/example';
const options: KeycloakOptions = { issuer };

const accessToken = {
  iss: issuer,
  jti: '312ee6aa-3d46-4d5a-ae56-6de3c53e1873',
  aud: [resource, 'account'],
  sub: 'f4c5b0d6-2f43-4b4e-9a6a-5c7a9f5f8f10',
  typ: 'Bearer',
  azp: 'notes-client',
  sid: 'abf823c2-9810-4133-9369-7bff1223d6c1',
  acr: '1',
  auth_time: now - 20,
  'allowed-origins': ['https://app.example.com'],
  realm_access: { roles: ['default-roles-example', 'notes:admin'] },
  resource_access: { account: { roles: ['manage-account', 'view-profile'] } },
  scope: 'openid profile notes:read',
};

let provider: FakeProvider;

beforeAll(async () => {
  const document = readDocument('keycloak', [['http://localhost:9090/realms/master', issuer]]);
  provider = await createFakeProvider({ [`${issuer}/.well-known/openid-configuration`]: document });
});

const wrongTokens: readonly WrongToken[] = [
  {
    title: 'a Keycloak token whose only audience is account',
    claims: { ...accessToken, aud: 'account' },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'a Keycloak token for the realm’s own clients only',
    claims: { ...accessToken, aud: ['realm-management', 'broker', 'account'] },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'a Keycloak token without aud, as a realm without audience mapper writes it',
    claims: { ...accessToken, aud: undefined },
    reason: { code: 'missing_audience', claim: 'aud' },
  },
  {
    title: 'a Keycloak token whose aud is an empty list',
    claims: { ...accessToken, aud: [] },
    reason: { code: 'missing_audience', claim: 'aud' },
  },
  {
    title: 'a Keycloak token for another client of the realm',
    claims: { ...accessToken, aud: ['billing-api', 'account'] },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'a Keycloak ID token into which the audience mapper writes too',
    claims: { ...accessToken, typ: 'ID', aud: [resource, 'notes-client'] },
    reason: { code: 'not_an_access_token', claim: 'typ' },
  },
  {
    title: 'a Keycloak refresh token',
    claims: { ...accessToken, typ: 'Refresh', aud: issuer },
    reason: { code: 'not_an_access_token', claim: 'typ' },
  },
  {
    title: 'a Keycloak offline token',
    claims: { ...accessToken, typ: 'Offline', aud: issuer },
    reason: { code: 'not_an_access_token', claim: 'typ' },
  },
  {
    title: 'a Keycloak token of a kind nobody named here',
    claims: { ...accessToken, typ: 'execute-actions' },
    reason: { code: 'policy_refused', claim: 'typ' },
  },
  {
    title: 'a Keycloak token that is called bound, without its key',
    claims: { ...accessToken, typ: 'DPoP' },
    reason: { code: 'policy_refused', claim: 'typ' },
  },
  {
    title: 'a Keycloak token that does not state its kind',
    claims: { ...accessToken, typ: undefined },
    reason: { code: 'policy_refused', claim: 'typ' },
  },
  {
    title: 'a Keycloak token that names no client',
    claims: { ...accessToken, azp: undefined },
    reason: { code: 'policy_refused', claim: 'azp' },
  },
  {
    title: 'a token of another realm of the same Keycloak',
    claims: { ...accessToken, iss: 'https://sso.example.com/realms/master' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
];

describe('Keycloak', () => {
  test.each(wrongTokens)('[RFC8725-3.12-01] refused: $title', async ({ claims, header, reason }) => {
    const outcome = await openGate(keycloak(options), provider).call(await provider.sign(claims, header));

    expect(outcome).toMatchObject({ status: 401, reason, auth: undefined });
  });

  test('[MCP-2026-07-28-RS-016] account alone stays refused where a route accepts it', async () => {
    const gate = openGate(keycloak(options), provider, { audience: 'account' });

    const { reason } = await gate.call(await provider.sign({ ...accessToken, aud: ['account'] }));

    expect(reason).toEqual({ code: 'wrong_audience', claim: 'aud' });
  });

  test.each([
    ['that states its kind in the claim typ', accessToken, 'JWT'],
    ['that states its kind in the header', { ...accessToken, typ: undefined }, 'at+jwt'],
    ['that has the nonce of its login', { ...accessToken, nonce: 'n-1' }, 'JWT'],
  ])('[RFC9068-4-02] a token with the mapper’s audience %s passes', async (_which, claims, typ) => {
    const gate = openGate(keycloak(options), provider, { requiredScopes: ['notes:read'] });

    const { status, auth } = await gate.call(await provider.sign(claims, { typ }));

    expect(status).toBe(200);
    expect(auth).toMatchObject({ clientId: 'notes-client', scopes: ['openid', 'profile', 'notes:read'] });
  });

  test('[RFC9449-6.1-01] a token that Keycloak has bound to a key is an access token', () => {
    const cnf = { jkt: 'a'.repeat(43), 'kc-jkt-type': 'DPoP' };
    const bound = { ...accessToken, typ: 'DPoP', cnf };
    expect(keycloak(options).policy?.check?.(bound, { header: { typ: 'JWT' } } as never)).toBeUndefined();
  });

  test('[MCP-2026-07-28-RS-016] an audience of the mapper’s own takes the place of the resource identifier', async () => {
    const gate = openGate(keycloak({ ...options, audience: 'notes-api' }), provider);

    expect((await gate.call(await provider.sign({ ...accessToken, aud: 'notes-api' }))).status).toBe(200);
    expect((await gate.call(await provider.sign(accessToken))).status).toBe(401);
  });

  test('[OAUTH21-5-01] roles grant scopes only from the claims that were named', async () => {
    const token = await provider.sign(accessToken);
    const settings = { requiredScopes: ['notes:admin'] };
    const withRoles = keycloak({ ...options, roleClaims: ['realm_access.roles'] });

    expect((await openGate(keycloak(options), provider, settings).call(token)).status).toBe(403);
    const { status, auth } = await openGate(withRoles, provider, settings).call(token);
    expect(status).toBe(200);
    expect(auth?.scopes).not.toContain('manage-account');
  });

  test.each([
    [{ issuer: 'https://sso.example.com' }, 'keycloak.issuer', 'invalid_issuer', /address of a realm/],
    [{ issuer: `${issuer}/` }, 'keycloak.issuer', 'invalid_issuer', /without a final slash/],
    [
      { issuer: 'http://sso.example.com/realms/example' },
      'keycloak.issuer',
      'insecure_issuer',
      /must use https/,
    ],
    [{ audience: 'account' }, 'keycloak.audience', 'invalid_audience', /Add an audience mapper/],
    [{ audience: 'realm-management' }, 'keycloak.audience', 'invalid_audience', /Add an audience mapper/],
    [{ roleClaims: [] }, 'keycloak.roleClaims', 'invalid_option', /at least one/],
  ])('a Keycloak configuration %o is refused with the fix', (mistake, path, code, fix) => {
    expectMistake(() => keycloak({ ...options, ...mistake }), path, code, fix);
  });
});
