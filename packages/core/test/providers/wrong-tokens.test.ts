/**
 * Tokens that each provider really issues, for something else, sent to the resource behind each helper. Claims follow the providers'
 * documentation and were not verified against live providers.
 */
import { describe, expect, test } from 'vitest';
import { type Claims, catalogue, createProviderOf } from './support/catalogue.js';
import { applicationToken, clientId, otherTenantId, tenantId } from './support/entra-tokens.js';
import { openGate, type Reason, resource } from './support/open-gate.js';

/** Changes to the provider's access token; `undefined` takes a claim out. */
type Wrong = readonly [title: string, claims: Claims, reason: Reason, typ?: string];

const refusedFor = (claim: string): Reason => ({ code: 'policy_refused', claim });
const otherAudience: Reason = { code: 'wrong_audience', claim: 'aud' };
const otherIssuer: Reason = { code: 'untrusted_issuer', claim: 'iss' };

/** An ID token as most providers write one: for the client, with a name, without client and scope. */
const idToken: Claims = {
  aud: 'c-1',
  name: 'Example User',
  email: 'user@example.com',
  jti: undefined,
  client_id: undefined,
  azp: undefined,
  cid: undefined,
  scope: undefined,
  scp: undefined,
};

const entraIdToken: Claims = { azp: undefined, scp: undefined, preferred_username: 'user@example.com' };
const b2c = `https://example.b2clogin.com`;

const own: Readonly<Record<string, readonly Wrong[]>> = {
  adfs: [
    [
      'an ID token, which carries the issuer of the metadata',
      { iss: 'https://fs.example.com/adfs' },
      otherIssuer,
    ],
    [
      'an ID token that carries the federation service',
      { ...idToken, appid: undefined },
      refusedFor('appid'),
    ],
    [
      'a token of another federation service',
      { iss: 'http://fs.example.org/adfs/services/trust' },
      otherIssuer,
    ],
    ['the same service by https', { iss: 'https://fs.example.com/adfs/services/trust' }, otherIssuer],
    ['a token for the user info endpoint alone', { aud: 'urn:microsoft:userinfo' }, otherAudience],
    ['a token that names no client', { appid: undefined }, refusedFor('appid')],
  ],
  auth0: [
    ['an ID token of the same client', idToken, refusedFor('azp')],
    ['a token of another tenant', { iss: 'https://other.eu.auth0.com/' }, otherIssuer],
    [
      'a token for the user info endpoint alone',
      { aud: ['https://example.eu.auth0.com/userinfo'] },
      otherAudience,
    ],
    ['a token for the management API', { aud: 'https://example.eu.auth0.com/api/v2/' }, otherAudience],
  ],
  clerk: [
    ['a session token', { sid: 'sess_1', aud: undefined }, refusedFor('sid'), 'JWT'],
    [
      'a token of a template that names the resource',
      { azp: 'https://app.example.com' },
      refusedFor('typ'),
      'JWT',
    ],
    ['an ID token of the same client', idToken, refusedFor('typ'), 'JWT'],
    ['a token of another instance', { iss: 'https://clerk.example.org' }, otherIssuer],
    ['a machine token, which no OAuth client got', { client_id: undefined }, refusedFor('client_id')],
  ],
  cloudflareAccess: [
    ['the token of a global session', { type: 'org' }, refusedFor('type')],
    ['a token that does not say what it is', { type: undefined }, refusedFor('type')],
    ['a token of another team', { iss: 'https://other.cloudflareaccess.com' }, otherIssuer],
    ['a token of another application of the team', { aud: ['f'.repeat(64)] }, otherAudience],
    [
      'an ID token of Access as an OpenID provider',
      { iss: 'https://example.cloudflareaccess.com/cdn-cgi/access/sso/oidc/c-1', aud: 'c-1' },
      otherIssuer,
    ],
  ],
  cognito: [
    [
      'an ID token of the same client',
      { ...idToken, token_use: 'id' },
      { code: 'not_an_access_token', claim: 'token_use' },
    ],
    [
      'a token of another pool',
      { iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_zZzZzZzZz' },
      otherIssuer,
    ],
    ['a token of another client of the pool', { client_id: 'c-2' }, refusedFor('client_id')],
    [
      'a token for another API of the pool',
      { scope: 'https://billing.example.com/read' },
      refusedFor('scope'),
    ],
    ['a user’s token of the native API', { scope: 'aws.cognito.signin.user.admin' }, refusedFor('scope')],
  ],
  entra: [
    ['an ID token of the same application', entraIdToken, refusedFor('azp')],
    [
      'a token of another tenant',
      { iss: `https://login.microsoftonline.com/${otherTenantId}/v2.0`, tid: otherTenantId },
      otherIssuer,
    ],
    ['a token for Microsoft Graph', { aud: '00000003-0000-0000-c000-000000000000' }, otherAudience],
    [
      'an application without a role',
      { ...applicationToken, roles: undefined, scp: undefined },
      refusedFor('roles'),
    ],
    [
      'a token of External ID with the same tenant id',
      { iss: `https://${tenantId}.ciamlogin.com/${tenantId}/v2.0` },
      otherIssuer,
    ],
  ],
  entraMultiTenant: [
    ['an ID token of the same application', entraIdToken, refusedFor('azp')],
    ['a token whose tid is the other tenant’s', { tid: otherTenantId }, refusedFor('tid')],
    [
      'an application without a role',
      { ...applicationToken, roles: undefined, scp: undefined },
      refusedFor('roles'),
    ],
  ],
  entraExternalId: [
    ['an ID token of the same application', entraIdToken, refusedFor('azp')],
    [
      'a token of the workforce platform for the same tenant id',
      { iss: `https://login.microsoftonline.com/${tenantId}/v2.0` },
      otherIssuer,
    ],
    [
      'a token of another external tenant',
      { iss: `https://${otherTenantId}.ciamlogin.com/${otherTenantId}/v2.0`, tid: otherTenantId },
      otherIssuer,
    ],
    [
      'a token whose issuer has the name of the domain',
      { iss: `https://example.ciamlogin.com/${tenantId}/v2.0` },
      otherIssuer,
    ],
    ['a token whose tid contradicts its issuer', { tid: otherTenantId }, refusedFor('tid')],
    ['a token for another application of the tenant', { aud: clientId }, otherAudience],
    [
      'an application without a role',
      {
        ...applicationToken,
        iss: `https://${tenantId}.ciamlogin.com/${tenantId}/v2.0`,
        roles: undefined,
        scp: undefined,
      },
      refusedFor('roles'),
    ],
  ],
  entraB2C: [
    ['an ID token of the same application', entraIdToken, refusedFor('azp')],
    ['a token of the flow for forgotten passwords', { tfp: 'B2C_1_reset' }, refusedFor('tfp')],
    ['a token that names no flow', { tfp: undefined }, refusedFor('tfp')],
    ['a token that names another flow in acr', { tfp: undefined, acr: 'b2c_1_reset' }, refusedFor('tfp')],
    ['a token of another tenant', { iss: `${b2c}/${otherTenantId}/v2.0/` }, otherIssuer],
    ['the issuer without its last slash', { iss: `${b2c}/${tenantId}/v2.0` }, otherIssuer],
    ['the issuer that has the flow in it', { iss: `${b2c}/tfp/${tenantId}/b2c_1_signin/v2.0/` }, otherIssuer],
    ['a token for another application of the tenant', { aud: clientId }, otherAudience],
    ['a token without permission', { scp: undefined }, refusedFor('scp')],
  ],
  keycloak: [
    [
      'an ID token of the same client',
      { ...idToken, typ: 'ID' },
      { code: 'not_an_access_token', claim: 'typ' },
    ],
    ['a refresh token', { typ: 'Refresh' }, { code: 'not_an_access_token', claim: 'typ' }],
    ['a token of another realm', { iss: 'https://sso.example.com/realms/other' }, otherIssuer],
    ['a token for every client of the realm', { aud: 'account' }, otherAudience],
    ['a token that does not say its kind', { typ: undefined }, refusedFor('typ')],
    ['a token that names no client', { azp: undefined }, refusedFor('azp')],
  ],
  okta: [
    ['an ID token of the same client', { ...idToken, ver: 1, idp: 'idp-1' }, refusedFor('cid')],
    ['a token of the organization server', { iss: 'https://example.okta.com' }, otherIssuer],
    [
      'a token of another authorization server',
      { iss: 'https://example.okta.com/oauth2/default' },
      otherIssuer,
    ],
    ['a token of another organization', { iss: 'https://other.okta.com/oauth2/aus1example' }, otherIssuer],
  ],
  stytch: [
    [
      'an ID token of the same client',
      { ...idToken, aud: ['connected-app-live-1'] },
      refusedFor('client_id'),
    ],
    [
      'a session token of the application',
      { client_id: undefined, 'https://stytch.com/session': {} },
      refusedFor('https://stytch.com/session'),
    ],
    [
      'a session token with a client in a template',
      { 'https://stytch.com/session': {} },
      refusedFor('https://stytch.com/session'),
    ],
    [
      'a token of a machine, which names no client',
      { client_id: undefined, sub: 'm2m-client-live-1' },
      refusedFor('client_id'),
    ],
    ['a token of another project', { iss: 'https://login.example.org' }, otherIssuer],
    [
      'a token by the name of the platform',
      { iss: 'stytch.com/project-live-16d9ba61-97a1-4ba4-9720-b03761dc50c6' },
      otherIssuer,
    ],
    ['a token for another project at the same domain', { aud: ['project-live-2'] }, otherAudience],
  ],
  supabase: [
    ['an ID token of the same client', idToken, refusedFor('client_id')],
    ['a session token of the application', { client_id: undefined }, refusedFor('client_id')],
    ['a token of another client', { client_id: 'c-2' }, refusedFor('client_id')],
    ['a token of an anonymous user', { is_anonymous: true }, refusedFor('is_anonymous')],
    ['the key of a service', { role: 'service_role' }, refusedFor('role')],
    ['a token of another project', { iss: 'https://other.supabase.co/auth/v1' }, otherIssuer],
  ],
  workos: [
    ['an ID token of the same client', { ...idToken, aud: 'client_1' }, otherAudience],
    ['a session token of the application', { sid: 'session_1' }, refusedFor('sid')],
    ['a token of a machine, for the whole environment', { aud: 'client_env' }, otherAudience],
    ['a token of another environment', { iss: 'https://other.authkit.app' }, otherIssuer],
    ['a token that names no client', { client_id: undefined }, refusedFor('client_id')],
  ],
  zitadel: [
    ['an ID token of an application of the project', { jti: undefined, amr: ['pwd'] }, refusedFor('jti')],
    [
      'an ID token with the hash of its access token',
      { at_hash: 'hash' },
      { code: 'not_an_access_token', claim: 'at_hash' },
    ],
    ['a token of another instance', { iss: 'https://other.zitadel.cloud' }, otherIssuer],
    ['a token for another project', { aud: ['219145158692000002'] }, otherAudience],
  ],
};

/** What no provider's token may be. */
const always: readonly Wrong[] = [
  ['a token for another API', { aud: 'https://billing.example.com/mcp' }, otherAudience],
  ['a token for nothing', { aud: [] }, { code: 'missing_audience', claim: 'aud' }],
  ['a token without aud', { aud: undefined }, { code: 'missing_audience', claim: 'aud' }],
  ['a logout token', {}, { code: 'unsupported_type' }, 'logout+jwt'],
  ['a proof of possession', {}, { code: 'unsupported_type' }, 'dpop+jwt'],
  ['an introspection answer', {}, { code: 'unsupported_type' }, 'token-introspection+jwt'],
  ['an ID token by its hash', { at_hash: 'hash' }, { code: 'not_an_access_token', claim: 'at_hash' }],
  ['a token that is bound to a key', { cnf: { jkt: 'x' } }, { code: 'sender_constrained', claim: 'cnf' }],
  ['a token that has expired', { exp: 1_700_000_000 }, { code: 'token_expired', claim: 'exp' }],
];

/** Cognito writes no aud at all, and binds its tokens otherwise. */
const isBoundOtherwise = (name: string, title: string) =>
  name === 'cognito' && title === 'a token without aud';

for (const entry of catalogue) {
  const rows = [...(own[entry.name.split(',')[0] ?? ''] ?? []), ...always].filter(
    ([title]) => !isBoundOtherwise(entry.name, title),
  );

  describe(`behind ${entry.name}`, () => {
    test.each(rows.map(([title, claims, reason, typ = entry.typ]) => ({ title, claims, reason, typ })))(
      '[MCP-2026-07-28-RS-018] refused: $title',
      async ({ claims, reason, typ }) => {
        const provider = await createProviderOf(entry);
        const gate = openGate(entry.server, provider);

        const outcome = await gate.call(
          await provider.sign({ ...entry.token(['read']), ...claims }, { typ }),
        );

        expect(outcome).toMatchObject({ status: 401, reason, auth: undefined });
      },
    );

    test('the access token of a user for this resource is let in', async () => {
      const provider = await createProviderOf(entry);

      const outcome = await openGate(entry.server, provider).call(
        await provider.sign(entry.token(['read']), { typ: entry.typ }),
      );

      expect(outcome).toMatchObject({ status: 200, reason: undefined });
      expect(outcome.auth?.resource.href).toBe(resource);
      expect(outcome.auth?.scopes).toHaveLength(entry.hasScopes ? 1 : 0);
    });
  });
}

test('every helper has wrong tokens of its own', () => {
  const names = new Set(catalogue.map(({ name }) => name.split(',')[0]));
  expect(new Set(Object.keys(own))).toEqual(names);
  for (const rows of Object.values(own)) expect(rows.length).toBeGreaterThanOrEqual(3);
});
