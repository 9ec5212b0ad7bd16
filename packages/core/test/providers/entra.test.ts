/**
 * Tokens as Microsoft's documentation of Entra ID shows them, versions 1 and 2. Not verified against a live provider.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { entra, type EntraOptions } from '../../src/providers.js';
import {
  applicationId,
  applicationToken,
  clientId,
  idToken,
  otherTenantId,
  tenantId,
  userToken,
  userTokenVersion1,
} from './support/entra-tokens.js';
import { createFakeProvider, readDocument, type FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, type WrongToken } from './support/open-gate.js';

const options: EntraOptions = { tenantId, applicationId };
let provider: FakeProvider;

beforeAll(async () => {
  const document = readDocument('entra', [
    ['{tenantid}', tenantId],
    ['/common/', `/${tenantId}/`],
  ]);
  provider = await createFakeProvider({
    [`https://login.microsoftonline.com/${tenantId}/v2.0/.well-known/openid-configuration`]: document,
  });
});

const wrongTokens: readonly WrongToken[] = [
  {
    title: 'a token of another Entra tenant',
    claims: {
      ...userToken,
      iss: `https://login.microsoftonline.com/${otherTenantId}/v2.0`,
      tid: otherTenantId,
    },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'a version 1 token of another Entra tenant',
    claims: { ...userTokenVersion1, iss: `https://sts.windows.net/${otherTenantId}/`, tid: otherTenantId },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'an Entra token whose tid contradicts its issuer',
    claims: { ...userToken, tid: otherTenantId },
    reason: { code: 'policy_refused', claim: 'tid' },
  },
  {
    title: 'an Entra token without tid',
    claims: { ...userToken, tid: undefined },
    reason: { code: 'policy_refused', claim: 'tid' },
  },
  {
    title: 'an Entra token whose issuer is the placeholder of the shared document',
    claims: { ...userToken, iss: 'https://login.microsoftonline.com/common/v2.0' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'an Entra token for Microsoft Graph',
    claims: { ...userToken, aud: '00000003-0000-0000-c000-000000000000', scp: 'User.Read' },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'an Entra token for another application of the tenant',
    claims: { ...userToken, aud: clientId },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'an Entra token without aud',
    claims: { ...userToken, aud: undefined },
    reason: { code: 'missing_audience', claim: 'aud' },
  },
  {
    title: 'an Entra ID token of the same application',
    claims: idToken,
    reason: { code: 'policy_refused', claim: 'azp' },
  },
  {
    title: 'an Entra ID token with the nonce of its login',
    claims: { ...idToken, nonce: 'n-1' },
    reason: { code: 'not_an_access_token', claim: 'nonce' },
  },
  {
    title: 'an Entra ID token of version 1',
    claims: {
      ...idToken,
      iss: `https://sts.windows.net/${tenantId}/`,
      ver: '1.0',
      unique_name: 'user@example.com',
    },
    reason: { code: 'policy_refused', claim: 'appid' },
  },
  {
    title: 'an Entra ID token in which a claims mapping named the client',
    claims: { ...idToken, azp: clientId, roles: ['Notes.Read.All'] },
    reason: { code: 'policy_refused', claim: 'scp' },
  },
  {
    title: 'a token of an application of the tenant that was assigned no role',
    claims: { ...applicationToken, roles: undefined },
    reason: { code: 'policy_refused', claim: 'roles' },
  },
  {
    title: 'an Entra token of a user whose roles are its only permission',
    claims: { ...userToken, scp: undefined, roles: ['Notes.Read.All'] },
    reason: { code: 'policy_refused', claim: 'scp' },
  },
  {
    title: 'an Entra token that says it is a user’s and has roles only',
    claims: { ...applicationToken, idtyp: 'user' },
    reason: { code: 'policy_refused', claim: 'scp' },
  },
];

describe('Microsoft Entra ID, one tenant', () => {
  test.each(wrongTokens)('[MCP-2026-07-28-RS-018] refused: $title', async ({ claims, header, reason }) => {
    const outcome = await openGate(entra(options), provider).call(await provider.sign(claims, header));

    expect(outcome).toMatchObject({ status: 401, reason, auth: undefined });
  });

  test('[RFC9068-4-01] a user’s token of version 2 grants what scp says', async () => {
    const gate = openGate(entra(options), provider, { requiredScopes: ['Notes.Read'] });

    const { status, auth } = await gate.call(await provider.sign(userToken));

    expect(status).toBe(200);
    expect(auth).toMatchObject({ issuer: userToken.iss, clientId, scopes: ['Notes.Read', 'Notes.Write'] });
  });

  test('[RFC9068-4-01] a user’s token of version 1 passes with the issuer and audience of that version', async () => {
    const { status, auth } = await openGate(entra(options), provider).call(
      await provider.sign(userTokenVersion1),
    );

    expect(status).toBe(200);
    expect(auth).toMatchObject({ issuer: userTokenVersion1.iss, clientId, scopes: ['Notes.Read'] });
  });

  test('a version 1 token may name the Application ID URI that was chosen', async () => {
    const applicationIdUri = 'https://api.example.com/mcp';
    const gate = openGate(entra({ ...options, applicationIdUri }), provider);

    const custom = await gate.call(await provider.sign({ ...userTokenVersion1, aud: applicationIdUri }));
    const standard = await gate.call(await provider.sign(userTokenVersion1));

    expect(custom.status).toBe(200);
    expect(standard.reason).toEqual({ code: 'wrong_audience', claim: 'aud' });
  });

  test.each([
    ['by idtyp', { ...applicationToken, idtyp: 'app', sub: 'anything' }],
    ['by being its own subject', applicationToken],
  ])('[RFC9068-5-01] an application, known %s, is granted its roles', async (_how, claims) => {
    const gate = openGate(entra(options), provider, { requiredScopes: ['Notes.Read.All'] });

    const { status, auth } = await gate.call(await provider.sign(claims));

    expect(status).toBe(200);
    expect(auth?.scopes).toEqual(['Notes.Read.All']);
  });

  test('[OAUTH21-5-01] a token with delegated scopes is a user’s, even where subject and object are one', async () => {
    const claims = { ...applicationToken, scp: 'Notes.Read' };

    const { auth } = await openGate(entra(options), provider).call(await provider.sign(claims));

    expect(auth?.scopes).toEqual(['Notes.Read']);
  });

  test('[OAUTH21-5-01] roles of a user grant the client nothing that scp does not', async () => {
    const gate = openGate(entra(options), provider, { requiredScopes: ['Notes.Delete'] });

    const { status, reason } = await gate.call(
      await provider.sign({ ...userToken, roles: ['Notes.Delete'] }),
    );

    expect(status).toBe(403);
    expect(reason).toEqual({ code: 'insufficient_scope' });
  });

  test.each([
    [{ tenantId: 'common' }, 'entra.tenantId', /Directory \(tenant\) ID/],
    [{ tenantId: 'contoso.onmicrosoft.com' }, 'entra.tenantId', /do not appear in tokens/],
    [{ tenantId: tenantId.toUpperCase() }, 'entra.tenantId', /lower case/],
    [{ applicationId: `api://${applicationId}` }, 'entra.applicationId', /Application \(client\) ID/],
    [{ applicationIdUri: '' }, 'entra.applicationIdUri', /must be a non-empty string/],
  ])('an Entra configuration %o is refused with the fix', (mistake, path, fix) => {
    expectMistake(() => entra({ ...options, ...mistake }), path, 'invalid_option', fix);
  });
});
