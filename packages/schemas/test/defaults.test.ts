import { describe, expect, it } from 'vitest';
import {
  authorizationServerMetadataDefaults,
  lintProtectedResourceMetadata,
  openIDProviderMetadataDefaults,
  protectedResourceMetadataDefaults,
  validateAuthorizationServerMetadata,
} from '../src/index.js';

describe('what may be assumed of an absent member', () => {
  it('[RFC9728-2-06] a resource that is silent understands no bound tokens and demands none', () => {
    expect(protectedResourceMetadataDefaults).toEqual({
      tls_client_certificate_bound_access_tokens: false,
      dpop_bound_access_tokens_required: false,
    });
  });

  it('[RFC8414-2-03] a server that is silent has the default modes, grants and client authentication', () => {
    expect(authorizationServerMetadataDefaults).toMatchObject({
      response_modes_supported: ['query', 'fragment'],
      grant_types_supported: ['authorization_code', 'implicit'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      revocation_endpoint_auth_methods_supported: ['client_secret_basic'],
    });
  });

  it('[RFC9207-3-01] a server that is silent adds no iss to its responses, and what it says is true or false', () => {
    expect(authorizationServerMetadataDefaults.authorization_response_iss_parameter_supported).toBe(false);
    const document = { issuer: 'https://as.example', response_types_supported: ['code'] };
    const member = 'authorization_response_iss_parameter_supported';
    for (const value of ['true', 1, null, []]) {
      expect(validateAuthorizationServerMetadata({ ...document, [member]: value })).toMatchObject([
        { path: [member] },
      ]);
    }
    expect(validateAuthorizationServerMetadata({ ...document, [member]: true })).toEqual([]);
  });

  it('a provider that is silent takes request objects by reference: the one boolean whose absence means true', () => {
    const isTrue = Object.entries(openIDProviderMetadataDefaults).filter(([, value]) => value === true);
    expect(isTrue).toEqual([['request_uri_parameter_supported', true]]);
  });

  it('nothing else may be assumed: introspection has no default method', () => {
    expect('introspection_endpoint_auth_methods_supported' in authorizationServerMetadataDefaults).toBe(
      false,
    );
    expect('code_challenge_methods_supported' in authorizationServerMetadataDefaults).toBe(false);
  });
});

describe('identifiers', () => {
  it.each([
    ['upper case in the host', 'https://R.example/mcp'],
    ['the default port', 'https://r.example:443/mcp'],
    ['a slash at the end', 'https://r.example/mcp/'],
    ['a percent-encoded letter', 'https://r.example/%6dcp'],
    ['a composed character', 'https://r.example/m\u00e9'],
  ])('[RFC9728-6-01] are compared code point by code point: %s', (_, resource) => {
    const expected = resource.endsWith('\u00e9') ? 'https://r.example/me\u0301' : 'https://r.example/mcp';
    const codes = lintProtectedResourceMetadata({ resource }, { expected }).map(({ code }) => code);
    expect(codes).toContain('identifier-mismatch');
  });
});
