/**
 * Tokens of several Entra tenants, as Microsoft's documentation shows them. Not verified against a live provider.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { entraMultiTenant, type EntraMultiTenantOptions } from '../../src/providers.js';
import {
  applicationId,
  applicationToken,
  idToken,
  otherTenantId,
  tenantId,
  userToken,
  userTokenVersion1,
} from './support/entra-tokens.js';
import { createFakeProvider, type FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, type WrongToken } from './support/open-gate.js';

const options: EntraMultiTenantOptions = { tenantIds: [tenantId, otherTenantId], applicationId };
const strangerTenantId = 'ccccdddd-2222-eeee-3333-ffff4444aaaa';
const personalAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad';
const keySetUrl = 'https://login.microsoftonline.com/organizations/discovery/v2.0/keys';
let provider: FakeProvider;

beforeAll(async () => {
  provider = await createFakeProvider({}, [keySetUrl]);
});

const wrongTokens: readonly WrongToken[] = [
  {
    title: 'a token of an Entra tenant that is not on the list',
    claims: {
      ...userToken,
      iss: `https://login.microsoftonline.com/${strangerTenantId}/v2.0`,
      tid: strangerTenantId,
    },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'an Entra token of a personal account',
    claims: {
      ...userToken,
      iss: `https://login.microsoftonline.com/${personalAccounts}/v2.0`,
      tid: personalAccounts,
    },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'an Entra token whose issuer is the unfilled template',
    claims: { ...userToken, iss: 'https://login.microsoftonline.com/{tenantid}/v2.0' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'an Entra token whose issuer is the published one of all tenants',
    claims: { ...userToken, iss: 'https://login.microsoftonline.com/organizations/v2.0' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'an Entra token that carries the tid of one listed tenant and the issuer of another',
    claims: { ...userToken, tid: otherTenantId },
    reason: { code: 'policy_refused', claim: 'tid' },
  },
  {
    title: 'an Entra ID token of a listed tenant',
    claims: idToken,
    reason: { code: 'policy_refused', claim: 'azp' },
  },
  {
    title: 'an Entra token of a listed tenant for another application',
    claims: { ...userToken, aud: '22223333-cccc-4444-dddd-5555eeee6666' },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
];

describe('Microsoft Entra ID, several tenants', () => {
  test.each(wrongTokens)('[MCP-2026-07-28-RS-018] refused: $title', async ({ claims, header, reason }) => {
    const gate = openGate(entraMultiTenant(options), provider);

    expect(await gate.call(await provider.sign(claims, header))).toMatchObject({ status: 401, reason });
  });

  test.each([
    ['of the first tenant, version 2', userToken],
    ['of the first tenant, version 1', userTokenVersion1],
    [
      'of the second tenant, version 2',
      {
        ...userToken,
        iss: `https://login.microsoftonline.com/${otherTenantId}/v2.0`,
        tid: otherTenantId,
      },
    ],
    ['of an application', applicationToken],
  ])('[RFC9068-4-01] a token %s passes', async (_which, claims) => {
    const gate = openGate(entraMultiTenant(options), provider);

    const { status, auth } = await gate.call(await provider.sign(claims));

    expect(status).toBe(200);
    expect(auth?.issuer).toBe(claims.iss);
  });

  test('nothing but the key set is fetched: the shared document could not be trusted', async () => {
    await openGate(entraMultiTenant(options), provider).call(await provider.sign(userToken));

    expect(new Set(provider.requested)).toEqual(new Set([keySetUrl]));
  });

  test.each([
    [{ tenantIds: [] }, 'entraMultiTenant.tenantIds', /at least one/],
    [{ tenantIds: [tenantId, '*'] }, 'entraMultiTenant.tenantIds[1]', /GUID in lower case/],
    [{ tenantIds: ['organizations'] }, 'entraMultiTenant.tenantIds[0]', /do not appear in tokens/],
    [{ applicationId: 'notes' }, 'entraMultiTenant.applicationId', /Application \(client\) ID/],
  ])('an Entra configuration %o is refused with the fix', (mistake, path, fix) => {
    expectMistake(() => entraMultiTenant({ ...options, ...mistake }), path, 'invalid_option', fix);
  });
});
