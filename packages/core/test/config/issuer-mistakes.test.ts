import { describe, expect, test } from 'vitest';
import { fetchServerConfig } from '../../src/authorization-server/fetch-server-config.js';
import { configError } from '../support/config-error.js';
import { constructLegacy, issuer, withServer } from './seats.js';

const path = 'protectedResources.metadata.authorizationServers[0].issuer';

/** Each was accepted, and every request was then answered with 401 or 503. */
const mistakes: readonly (readonly [what: string, written: unknown, fix: string])[] = [
  [
    'the address of a metadata document',
    'https://auth.example.com/.well-known/openid-configuration',
    'Write the issuer, which is what comes before /.well-known/',
  ],
  [
    'the address of a metadata document, with the path behind',
    'https://auth.example.com/.well-known/oauth-authorization-server/tenant',
    'or write { issuer, wellKnownUrl }',
  ],
  ['an address below .well-known that ends there', 'https://auth.example.com/.well-known', '/.well-known/'],
  ['all tenants of Entra ID', 'https://login.microsoftonline.com/common/v2.0', 'entra({ tenantId'],
  [
    'all organizations',
    'https://login.microsoftonline.com/organizations/v2.0',
    'entraMultiTenant({ tenantIds',
  ],
  [
    'all private accounts',
    'https://login.microsoftonline.com/consumers/v2.0',
    'entraMultiTenant({ tenantIds',
  ],
  ['all tenants in another cloud', 'https://login.microsoftonline.us/common/v2.0', 'entra({ tenantId'],
  ['all tenants in another case', 'https://LOGIN.microsoftonline.com/Common/v2.0', 'entra({ tenantId'],
  ['a placeholder of Entra ID', 'https://login.microsoftonline.com/{tenantid}/v2.0', 'entraMultiTenant()'],
  [
    'a placeholder in angle brackets',
    'https://<tenant>.auth.example.com',
    'placeholder that was not filled in',
  ],
  ['a variable of a shell', 'https://${TENANT}.auth.example.com', 'placeholder that was not filled in'],
  ['a command of a shell', 'https://$(TENANT).auth.example.com', 'placeholder that was not filled in'],
  [
    'a tenant that was not set',
    'https://login.example.com/undefined/v2.0',
    'placeholder that was not filled in',
  ],
  ['a host that was not set', 'https://undefined/', 'placeholder that was not filled in'],
  ['a variable that was not set', 'undefined', 'set the environment variable that it comes from'],
  ['null as a tenant', 'https://login.example.com/null', 'placeholder that was not filled in'],
  ['quotation marks', '"https://auth.example.com"', 'has quotation marks around it'],
  ['single quotation marks', "'https://auth.example.com'", 'has quotation marks around it'],
  ['a space behind', 'https://auth.example.com ', 'no spaces and line breaks'],
  ['a space in front', ' https://auth.example.com', 'no spaces and line breaks'],
  ['a line break behind', 'https://auth.example.com\n', 'Trim what was read from a file'],
  ['a space inside', 'https://auth.example.com/my tenant', 'no spaces and line breaks'],
  ['a fragment', 'https://auth.example.com#', 'no query and no fragment (RFC 8414 §2)'],
  ['a fragment with text', 'https://auth.example.com#login', 'no query and no fragment (RFC 8414 §2)'],
  ['a query', 'https://auth.example.com?tenant=1', 'no query and no fragment (RFC 8414 §2)'],
  ['an empty query', 'https://auth.example.com?', 'no query and no fragment (RFC 8414 §2)'],
  ['one slash', 'https:/auth.example.com', 'must begin with https:// and use slashes'],
  ['no slash', 'https:auth.example.com', 'must begin with https:// and use slashes'],
  ['back slashes', 'https:\\\\auth.example.com', 'must begin with https:// and use slashes'],
  ['a user', 'https://user@auth.example.com', 'must not have a user name or password'],
  ['no scheme', 'auth.example.com', 'must be an absolute URL'],
  ['nothing', '', 'must be an absolute URL'],
  ['undefined: a variable that is not set', undefined, 'is undefined. Is an environment variable not set?'],
  ['null', null, 'but is null'],
  ['a URL object', new URL('https://auth.example.com'), 'is a URL object: give its href'],
  ['a list', ['https://auth.example.com'], 'but is a list'],
  ['a promise', Promise.resolve('https://auth.example.com'), 'is a Promise: await it'],
];

describe.each(mistakes)('[RFC8414-2-01] an issuer that shows its mistake: %s', (_what, written, fix) => {
  test('as an authorization server of a resource', () => {
    const problem = configError(() => withServer({ issuer: written }));
    expect(problem).toMatchObject({ code: 'invalid_issuer', path });
    expect(problem.message).toContain(fix);
  });

  test('in metadata that was written by hand', () => {
    const problem = configError(() => withServer({ metadata: { issuer: written } }));
    expect(problem).toMatchObject({ code: 'invalid_issuer' });
    expect(problem.message).toContain(fix);
  });

  test('in legacy mode', () => {
    const problem = configError(() => constructLegacy({ server: { issuer: written } }));
    expect(problem).toMatchObject({ code: 'invalid_issuer', path: 'server.issuer' });
  });

  test('where it is fetched', async () => {
    await expect(fetchServerConfig(written as string)).rejects.toMatchObject({
      code: 'invalid_issuer',
      path: 'issuer',
      message: expect.stringContaining(fix) as string,
    });
  });
});

test.each([
  'https://auth.example.com',
  'https://auth.example.com/',
  'https://auth.example.com:8443/tenant/',
  'https://auth.example.com/oauth2/default',
  'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
  'https://auth.example.com/common',
  'https://auth.example.com/organizations/acme',
  'https://common.example.com',
  'https://null.example.com',
  'https://undefined.example.com',
  'https://auth.example.com/null-tenant',
  'https://auth.example.com/well-known',
  'https://xn--bcher-kva.example',
  'https://bücher.example',
  'https://auth.example.com/realms/my%20realm',
  'http://localhost:4000',
  'http://127.0.0.1:4000/realms/test',
])('an issuer without a mistake: %s', (good) => {
  expect(() => withServer({ issuer: good })).not.toThrow();
});

test('issuers of tokens are held to the same, but need not be URLs', () => {
  for (const wrong of ['', ' https://a.example', 'https://{tenantid}/', 5, undefined, null]) {
    expect(() => withServer({ issuer, tokenIssuers: [wrong] })).toThrow(
      expect.objectContaining({ code: 'invalid_issuer' }),
    );
  }
  expect(() => withServer({ issuer, tokenIssuers: ['accounts.google.com', issuer] })).not.toThrow();
});
