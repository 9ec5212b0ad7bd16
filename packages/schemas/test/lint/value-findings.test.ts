import { describe, expect, it } from 'vitest';
import {
  describeFindings,
  provider,
  resource,
  server,
  type Case,
  type Document,
  type MemberCode,
} from '../support/findings.js';
import {
  lintAuthorizationServerMetadata,
  lintOpenIDProviderMetadata,
  lintProtectedResourceMetadata,
  type LintCode,
} from '../../src/index.js';

const lintServer = (change: Document, expected?: string) =>
  lintAuthorizationServerMetadata({ ...server, ...change }, { expected });
const lintProvider = (change: Document) => lintOpenIDProviderMetadata({ ...provider, ...change });
const lintResource = (change: Document, expected?: string) =>
  lintProtectedResourceMetadata({ ...resource, ...change }, { expected });

const cases: Readonly<Record<Exclude<LintCode, MemberCode>, readonly Case[]>> = {
  unreadable: [['a list', lintAuthorizationServerMetadata([]), ['error  RFC8414-3.2-01']]],
  'not-https': [
    ['the issuer', lintServer({ issuer: 'http://as.example' }), ['error issuer RFC8414-2-01']],
    ['the keys', lintServer({ jwks_uri: 'http://as.example/jwks' }), ['error jwks_uri RFC8414-2-05']],
    [
      'an endpoint',
      lintServer({ token_endpoint: 'http://as.example/t' }),
      ['error token_endpoint OAUTH21-1.5-01'],
    ],
    [
      'loopback',
      lintServer({ token_endpoint: 'http://127.0.0.1:8080/t' }),
      ['warning token_endpoint OAUTH21-1.5-01'],
    ],
    [
      'a name that only looks like loopback',
      lintServer({ issuer: 'http://localhost.evil.example' }),
      ['error issuer RFC8414-2-01'],
    ],
    [
      'loopback as user information',
      lintServer({ issuer: 'http://localhost@evil.example' }),
      ['error issuer RFC8414-2-01'],
    ],
    ['a resource', lintResource({ resource: 'http://notes.example/mcp' }), ['error resource RFC9728-1.2-01']],
    [
      'the keys of a resource',
      lintResource({ jwks_uri: 'http://notes.example/k' }),
      ['error jwks_uri RFC9728-2-02'],
    ],
    [
      'an authorization server',
      lintResource({ authorization_servers: ['http://as.example'] }),
      ['error authorization_servers.0 RFC8414-2-01'],
    ],
    [
      'a protected resource',
      lintServer({ protected_resources: ['http://notes.example'] }),
      ['error protected_resources.0 RFC9728-1.2-01'],
    ],
    [
      'an alias',
      lintServer({ mtls_endpoint_aliases: { token_endpoint: 'http://as.example' } }),
      ['error mtls_endpoint_aliases.token_endpoint OAUTH21-1.5-01'],
    ],
    [
      'a page for people is nobody’s secret',
      lintServer({ service_documentation: 'http://docs.example' }),
      [],
    ],
  ],
  'has-query': [
    ['the issuer', lintServer({ issuer: 'https://as.example?a=b' }), ['error issuer RFC8414-2-01']],
    [
      'an authorization server',
      lintResource({ authorization_servers: ['https://as.example?a'] }),
      ['error authorization_servers.0 RFC8414-2-01'],
    ],
    [
      'a resource',
      lintResource({ resource: 'https://notes.example/?a' }),
      ['warning resource RFC9728-1.2-01'],
    ],
    ['an endpoint may', lintServer({ token_endpoint: 'https://as.example/t?p=1' }), []],
  ],
  'has-fragment': [
    ['the issuer', lintServer({ issuer: 'https://as.example#a?b' }), ['error issuer RFC8414-2-01']],
    ['a resource', lintResource({ resource: 'https://notes.example/#a' }), ['error resource RFC9728-1.2-01']],
    [
      'a listed resource',
      lintServer({ protected_resources: ['https://notes.example#a'] }),
      ['error protected_resources.0 RFC9728-1.2-01'],
    ],
  ],
  'issuer-template': [
    [
      'a tenant placeholder',
      lintProvider({ issuer: 'https://as.example/{tenantid}/v2.0' }),
      ['error issuer OIDCD-4.3-01'],
    ],
  ],
  'identifier-mismatch': [
    ['a slash too many', lintServer({}, 'https://as.example/'), ['error issuer RFC8414-3.3-01']],
    ['another case', lintServer({}, 'https://AS.example'), ['error issuer RFC8414-3.3-01']],
    ['another resource', lintResource({}, 'https://notes.example'), ['error resource RFC9728-3.3-01']],
    ['the same', lintServer({}, 'https://as.example'), []],
  ],
  'empty-array': [
    ['of a server', lintServer({ scopes_supported: [] }), ['error scopes_supported RFC8414-3.2-01']],
    ['of a provider', lintProvider({ claims_supported: [] }), ['error claims_supported OIDCD-4.2-01']],
    ['of a resource', lintResource({ scopes_supported: [] }), ['error scopes_supported RFC9728-3.2-03']],
    ['bearer methods may be none at all', lintResource({ bearer_methods_supported: [] }), []],
  ],
  'alg-none': [
    [
      'client assertions',
      lintServer({ token_endpoint_auth_signing_alg_values_supported: ['RS256', 'none'] }),
      ['error token_endpoint_auth_signing_alg_values_supported.1 RFC8414-2-04'],
    ],
    [
      'signed answers',
      lintResource({ resource_signing_alg_values_supported: ['none'] }),
      ['error resource_signing_alg_values_supported.0 RFC9728-2-03'],
    ],
    [
      'ID Tokens through the browser',
      lintProvider({
        response_types_supported: ['code id_token'],
        id_token_signing_alg_values_supported: ['RS256', 'none'],
      }),
      ['error id_token_signing_alg_values_supported.1 OIDCD-3-01'],
    ],
    [
      'ID Tokens from the token endpoint may',
      lintProvider({ id_token_signing_alg_values_supported: ['RS256', 'none'] }),
      [],
    ],
  ],
  'alg-symmetric': [
    [
      'DPoP at the server',
      lintServer({ dpop_signing_alg_values_supported: ['ES256', 'HS256'] }),
      ['error dpop_signing_alg_values_supported.1 RFC9449-5.1-01'],
    ],
    [
      'DPoP at the resource',
      lintResource({ dpop_signing_alg_values_supported: ['HS512'] }),
      ['error dpop_signing_alg_values_supported.0 RFC9449-5.1-01'],
    ],
  ],
  'value-undefined': [
    [
      'a bearer method',
      lintResource({ bearer_methods_supported: ['header', 'authorization_header'] }),
      ['error bearer_methods_supported.1 RFC9728-2-05'],
    ],
    [
      'a subject type',
      lintProvider({ subject_types_supported: ['private'] }),
      ['error subject_types_supported.0 OpenID Connect Discovery 1.0 section 3'],
    ],
  ],
  'value-unregistered': [
    [
      'an algorithm',
      lintServer({ token_endpoint_auth_signing_alg_values_supported: ['RS256', 'rs512'] }),
      ['info token_endpoint_auth_signing_alg_values_supported.1 RFC8414-2-04'],
    ],
    [
      'a PKCE method',
      lintServer({ code_challenge_methods_supported: ['S256', 's256'] }),
      ['info code_challenge_methods_supported.1 RFC 8414 section 2'],
    ],
    [
      'a client authentication method',
      lintServer({ token_endpoint_auth_methods_supported: ['none', 'magic'] }),
      ['info token_endpoint_auth_methods_supported.1 RFC 8414 section 2'],
    ],
  ],
  'value-missing': [
    [
      'RS256 for ID Tokens',
      lintProvider({ id_token_signing_alg_values_supported: ['ES256'] }),
      ['error id_token_signing_alg_values_supported OIDCD-3-01'],
    ],
    [
      'the scope openid',
      lintProvider({ scopes_supported: ['notes'] }),
      ['warning scopes_supported OpenID Connect Discovery 1.0 section 3'],
    ],
    [
      'sha-256',
      lintProvider({ digest_algorithms_supported: ['sha-512'] }),
      ['error digest_algorithms_supported IDA section 8'],
    ],
  ],
  'language-tag-invalid': [
    [
      'after a hash sign',
      lintResource({ 'resource_name#de_DE': 'Notizen' }),
      ['error resource_name#de_DE RFC9728-2.1-01'],
    ],
    [
      'in a list',
      lintServer({ ui_locales_supported: ['de', 'en_US'] }),
      ['warning ui_locales_supported.1 RFC 8414 section 2'],
    ],
    [
      'good ones',
      lintResource({ 'resource_name#zh-Hant-TW': '筆記', 'resource_name#x-custom': 'x' }),
      ['error resource_name#x-custom RFC9728-2.1-01'],
    ],
  ],
  'language-tag-undefined': [
    [
      'a URL of a server',
      lintServer({ 'op_tos_uri#de': 'https://as.example' }),
      ['warning op_tos_uri#de RFC9728-2.1-01'],
    ],
  ],
  'language-tag-alone': [
    [
      'no plain name',
      lintResource({ 'resource_tos_uri#de': 'https://notes.example' }),
      ['warning resource_tos_uri#de RFC9728-2.1-01'],
    ],
  ],
};

describeFindings(cases);

describe('lint', () => {
  it('finds nothing in documents that do everything right', () => {
    expect(lintServer({})).toEqual([]);
    expect(lintProvider({})).toEqual([]);
    expect(lintResource({})).toEqual([]);
  });
});
