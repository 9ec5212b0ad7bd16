/** Entra External ID, Azure AD B2C and Cloudflare Access, whose issuers do not lead to their documents. Not verified against live providers. */
import { describe, expect, test } from 'vitest';
import { cloudflareAccess, entraB2C, entraExternalId, stytch, zitadel } from '../../src/providers.js';
import { audienceTag, b2cOptions, catalogue, createProviderOf } from './support/catalogue.js';
import { applicationId, tenantId } from './support/entra-tokens.js';
import { expectMistake, openGate } from './support/open-gate.js';

function find(name: string) {
  const entry = catalogue.find((one) => one.name === name);
  if (entry === undefined) throw new TypeError(name);
  return entry;
}

async function pass(name: string, claims: object = {}) {
  const entry = find(name);
  const provider = await createProviderOf(entry);
  const outcome = await openGate(entry.server, provider).call(
    await provider.sign({ ...entry.token(['read']), ...claims }, { typ: entry.typ }),
  );
  return { ...outcome, requested: provider.requested };
}

describe('Azure AD B2C', () => {
  const query = `https://example.b2clogin.com/${tenantId}/v2.0/.well-known/openid-configuration?p=B2C_1A_Signin`;

  test('the metadata of the user flow is fetched from where the portal says, and nowhere else', async () => {
    const { status, requested } = await pass('entraB2C');

    expect(status).toBe(200);
    expect(
      requested.filter((url) => url.includes('well-known')).every((url) => url === b2cOptions.wellKnownUrl),
    ).toBe(true);
  });

  test('a flow in the query is as good as one in the path, and its tokens name it in tfp or acr', async () => {
    const server = entraB2C({ ...b2cOptions, wellKnownUrl: query });
    const provider = await createProviderOf({ server });
    const gate = openGate(server, provider);
    const claims = find('entraB2C').token(['read']);

    for (const flow of [
      { tfp: 'b2c_1a_signin' },
      { tfp: 'B2C_1A_SIGNIN' },
      { tfp: undefined, acr: 'B2C_1A_Signin' },
    ]) {
      expect((await gate.call(await provider.sign({ ...claims, ...flow }))).status).toBe(200);
    }
    expect((await gate.call(await provider.sign(claims))).reason).toEqual({
      code: 'policy_refused',
      claim: 'tfp',
    });
    expect(provider.requested[0]).toBe(query);
  });

  test.each([
    [
      { wellKnownUrl: 'https://example.b2clogin.com/x/v2.0/.well-known/openid-configuration' },
      'wellKnownUrl',
      'invalid_option',
      /user flow/,
    ],
    [{ wellKnownUrl: 'https://example.b2clogin.com/x?p=' }, 'wellKnownUrl', 'invalid_option', /user flow/],
    [{ wellKnownUrl: 'http://example.b2clogin.com/x?p=b2c_1_a' }, 'wellKnownUrl', 'invalid_option', /https/],
    [{ wellKnownUrl: 'b2c_1_a' }, 'wellKnownUrl', 'invalid_option', /https/],
    [{ issuer: '' }, 'issuer', 'invalid_issuer', /absolute URL/],
    [{ issuer: 'https://example.b2clogin.com/{tenant}/v2.0/' }, 'issuer', 'invalid_issuer', /placeholder/],
    [{ applicationIdUri: '' }, 'applicationIdUri', 'invalid_option', /must be a string such as/],
  ])('a B2C configuration %o is refused with the fix', (mistake, path, code, fix) => {
    expectMistake(() => entraB2C({ ...b2cOptions, ...mistake }), `entraB2C.${path}`, code, fix);
  });
});

describe('Entra External ID', () => {
  const options = { domain: 'example.ciamlogin.com', tenantId, applicationId };

  test('the metadata is fetched from the domain, and states the issuer of the tenant', async () => {
    const { status, requested } = await pass('entraExternalId');

    expect(status).toBe(200);
    expect(requested[0]).toBe(
      `https://example.ciamlogin.com/${tenantId}/v2.0/.well-known/openid-configuration`,
    );
  });

  test('another issuer counts byte for byte where the owner has written it', async () => {
    const issuer = `https://login.example.com/${tenantId}/v2.0`;
    const server = entraExternalId({ ...options, domain: 'login.example.com', issuer });
    const provider = await createProviderOf({ server });
    const gate = openGate(server, provider);
    const claims = find('entraExternalId').token(['read']);

    expect((await gate.call(await provider.sign({ ...claims, iss: issuer }))).status).toBe(200);
    expect((await gate.call(await provider.sign(claims))).reason?.code).toBe('untrusted_issuer');
  });

  test.each([
    [{ domain: 'example.ciamlogin.com/x' }, 'domain', 'invalid_option', /without a path/],
    [{ tenantId: 'example.onmicrosoft.com' }, 'tenantId', 'invalid_option', /GUID/],
    [{ issuer: 'https://example.ciamlogin.com/common?x' }, 'issuer', 'invalid_issuer', /no query/],
  ])('an External ID configuration %o is refused with the fix', (mistake, path, code, fix) => {
    expectMistake(() => entraExternalId({ ...options, ...mistake }), `entraExternalId.${path}`, code, fix);
  });
});

describe('Cloudflare Access', () => {
  test('keys come from the team domain, and no metadata is looked for', async () => {
    const { status, auth, requested } = await pass('cloudflareAccess');

    expect(status).toBe(200);
    expect(auth).toMatchObject({ clientId: '', subject: '7335d417-61da-459d-899c-0a01c76a2f94' });
    expect(new Set(requested)).toEqual(
      new Set(['https://example.cloudflareaccess.com/cdn-cgi/access/certs']),
    );
  });

  test('a service token is its own client', async () => {
    const { status, auth } = await pass('cloudflareAccess', {
      sub: '',
      common_name: 'e367.access',
      email: undefined,
    });

    expect(status).toBe(200);
    expect(auth?.clientId).toBe('e367.access');
  });

  test.each([
    [{ teamDomain: 'https://example.cloudflareaccess.com/app' }, 'teamDomain', /without a path/],
    [{ audienceTag: '' }, 'audienceTag', /must be a string such as/],
  ])('a Cloudflare configuration %o is refused with the fix', (mistake, path, fix) => {
    const options = { teamDomain: 'example.cloudflareaccess.com', audienceTag, ...mistake };
    expectMistake(() => cloudflareAccess(options), `cloudflareAccess.${path}`, 'invalid_option', fix);
  });
});

describe('Stytch', () => {
  const options = { domain: 'login.example.com', projectId: 'project-live-1' };
  const claims = { iss: 'https://login.example.com', sub: 'user-1', scope: 'read' };

  test('a list of clients lets no other in', async () => {
    const server = stytch({ ...options, clientIds: ['c-1'] });
    const provider = await createProviderOf({ server });
    const gate = openGate(server, provider);
    const of = (client_id: string) => provider.sign({ ...claims, aud: ['project-live-1'], client_id });

    expect((await gate.call(await of('c-2'))).reason).toEqual({ code: 'policy_refused', claim: 'client_id' });
    expect((await gate.call(await of('c-1'))).status).toBe(200);
    expect(gate.warnings.some((message) => message.includes('policy stytch'))).toBe(true);
  });

  test('with an audience of its own the project is not enough, and nothing is weaker', async () => {
    const server = stytch({ ...options, audience: 'https://api.example.com/mcp' });
    const provider = await createProviderOf({ server });
    const gate = openGate(server, provider);
    const of = (aud: string) => provider.sign({ ...claims, aud, client_id: 'c-1' });

    expect((await gate.call(await of('project-live-1'))).reason?.code).toBe('wrong_audience');
    expect((await gate.call(await of('https://api.example.com/mcp'))).status).toBe(200);
    expect(gate.warnings.filter((message) => message.includes('policy stytch'))).toEqual([]);
  });
});

test('ZITADEL: roles grant nothing unless the owner says so', async () => {
  const options = { domain: 'example.zitadel.cloud', projectId: '219145158692000001' };
  const server = zitadel(options);
  const provider = await createProviderOf({ server });
  const claims = find('zitadel').token(['read']);
  const sign = (more: object) => provider.sign({ ...claims, ...more });

  expect((await openGate(server, provider).call(await sign({}))).auth?.scopes).toEqual([]);
  const withRoles = openGate(zitadel({ ...options, rolesAsScopes: true }), provider);
  expect((await withRoles.call(await sign({}))).auth?.scopes).toEqual(['read']);
  const roles = 'urn:zitadel:iam:org:project:219145158692000001:roles';
  expect((await withRoles.call(await sign({ [roles]: ['read'] }))).auth?.scopes).toEqual([]);
  const foreign = {
    [roles]: undefined,
    'urn:zitadel:iam:org:project:219145158692000002:roles': { read: {} },
  };
  expect((await withRoles.call(await sign(foreign))).auth?.scopes).toEqual([]);
});
