/**
 * Tokens as Okta's documentation of custom authorization servers shows them. Not verified against a live provider.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { okta, type OktaOptions } from '../../src/providers.js';
import { createFakeProvider, now, readDocument, type FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, resource, type WrongToken } from './support/open-gate.js';

const issuer = 'https://common.okta.com/oauth2/default';
const client = '0oaexampleclient0h7';
const options: OktaOptions = { domain: 'common.okta.com', authorizationServerId: 'default' };

const accessToken = {
  ver: 1,
  jti: 'AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE',
  iss: issuer,
  aud: resource,
  sub: 'user@example.com',
  cid: client,
  uid: '00uexampleuser0h7',
  scp: ['openid', 'notes:read'],
  auth_time: now - 20,
};

const idToken = {
  ver: 1,
  jti: 'ID.4eAWJOCMB3SX8XewDfVR',
  iss: issuer,
  aud: client,
  sub: '00uexampleuser0h7',
  idp: '00oexampleidp0h7',
  amr: ['pwd'],
  auth_time: now - 20,
  preferred_username: 'user@example.com',
};

let provider: FakeProvider;

beforeAll(async () => {
  const document = readDocument('okta', [
    ['okta.com/oauth2/v1', 'okta.com/oauth2/default/v1'],
    ['"issuer": "https://common.okta.com"', `"issuer": "${issuer}"`],
  ]);
  provider = await createFakeProvider({ [`${issuer}/.well-known/openid-configuration`]: document });
});

const wrongTokens: readonly WrongToken[] = [
  {
    title: 'an Okta ID token with the hash of its access token',
    claims: { ...idToken, at_hash: 'preyLDn0Oj1v8VRdJGD6qQ' },
    reason: { code: 'not_an_access_token', claim: 'at_hash' },
  },
  {
    title: 'an Okta ID token without hash and nonce',
    claims: idToken,
    reason: { code: 'policy_refused', claim: 'cid' },
  },
  {
    title: 'an Okta ID token of a client whose id is the resource identifier',
    claims: { ...idToken, aud: resource },
    reason: { code: 'policy_refused', claim: 'cid' },
  },
  {
    title: 'an Okta token of the organization’s own server',
    claims: { ...accessToken, iss: 'https://common.okta.com', aud: 'https://common.okta.com' },
    header: { typ: 'application/okta-internal-at+jwt' },
    reason: { code: 'unsupported_type' },
  },
  {
    title: 'an Okta token of the organization’s own server without its type',
    claims: { ...accessToken, iss: 'https://common.okta.com' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'a token of another custom authorization server of the same Okta organization',
    claims: { ...accessToken, iss: 'https://common.okta.com/oauth2/ausother0h7' },
    reason: { code: 'untrusted_issuer', claim: 'iss' },
  },
  {
    title: 'an Okta token with the audience the default server is shipped with',
    claims: { ...accessToken, aud: 'api://default' },
    reason: { code: 'wrong_audience', claim: 'aud' },
  },
  {
    title: 'an Okta token without aud',
    claims: { ...accessToken, aud: undefined },
    reason: { code: 'missing_audience', claim: 'aud' },
  },
];

describe('Okta', () => {
  test.each(wrongTokens)('[RFC8725-3.12-01] refused: $title', async ({ claims, header, reason }) => {
    const outcome = await openGate(okta(options), provider).call(await provider.sign(claims, header));

    expect(outcome).toMatchObject({ status: 401, reason, auth: undefined });
  });

  test('[RFC9068-2.2.3-01] a token grants what its list scp says, to the client in cid', async () => {
    const gate = openGate(okta(options), provider, { requiredScopes: ['notes:read'] });

    const { status, auth } = await gate.call(await provider.sign(accessToken, {}));

    expect(status).toBe(200);
    expect(auth).toMatchObject({ clientId: client, scopes: ['openid', 'notes:read'] });
  });

  test('[OAUTH21-5-01] a scope claim that a custom claim rule added grants nothing', async () => {
    const gate = openGate(okta(options), provider, { requiredScopes: ['notes:write'] });

    const { status } = await gate.call(await provider.sign({ ...accessToken, scope: 'notes:write' }));

    expect(status).toBe(403);
  });

  test('the audience the default server is shipped with is accepted when named, with a warning', async () => {
    const gate = openGate(okta({ ...options, audience: 'api://default' }), provider);

    const { status } = await gate.call(await provider.sign({ ...accessToken, aud: 'api://default' }));

    expect(status).toBe(200);
    expect(gate.warnings.filter((message) => message.includes('"api://default"'))).toHaveLength(1);
  });

  test.each([
    [{ domain: 'https://common.okta.com/oauth2/default' }, 'okta.domain', /without a path/],
    [{ domain: 'common-admin.okta.com' }, 'okta.domain', /Leave "-admin" out/],
    [{ domain: 'https://user:password@common.okta.com' }, 'okta.domain', /must be a host name/],
    [{ authorizationServerId: '' }, 'okta.authorizationServerId', /such as "default"/],
    [{ authorizationServerId: '../v1' }, 'okta.authorizationServerId', /custom authorization server/],
    [{ audience: '' }, 'okta.audience', /leave it out/, 'invalid_audience'],
  ])('an Okta configuration %o is refused with the fix', (mistake, path, fix, code = 'invalid_option') => {
    expectMistake(() => okta({ ...options, ...mistake }), path, code, fix);
  });
});
