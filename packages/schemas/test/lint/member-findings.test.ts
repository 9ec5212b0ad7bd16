import {
  describeFindings,
  jwt,
  segment,
  provider,
  resource,
  server,
  type Case,
  type Document,
  type MemberCode,
} from '../support/findings.js';
import {
  crossCheckMetadata,
  lintAuthorizationServerMetadata,
  lintOpenIDProviderMetadata,
  lintProtectedResourceMetadata,
} from '../../src/index.js';

const lintServer = (change: Document, expected?: string) =>
  lintAuthorizationServerMetadata({ ...server, ...change }, { expected });
const lintProvider = (change: Document) => lintOpenIDProviderMetadata({ ...provider, ...change });
const lintResource = (change: Document, expected?: string) =>
  lintProtectedResourceMetadata({ ...resource, ...change }, { expected });

const cases: Readonly<Record<MemberCode, readonly Case[]>> = {
  'member-missing': [
    [
      'no authorization endpoint',
      lintServer({ authorization_endpoint: undefined }),
      ['error authorization_endpoint RFC8414-2-02'],
    ],
    ['no token endpoint', lintServer({ token_endpoint: undefined }), ['error token_endpoint RFC8414-2-02']],
    [
      'neither is missed by machines',
      lintServer({ authorization_endpoint: undefined, grant_types_supported: ['client_credentials'] }),
      [],
    ],
    [
      'the token endpoint is not missed by implicit',
      lintServer({ token_endpoint: undefined, grant_types_supported: ['implicit'] }),
      [],
    ],
    [
      'algorithms next to private_key_jwt',
      lintServer({ revocation_endpoint_auth_methods_supported: ['private_key_jwt'] }),
      ['error revocation_endpoint_auth_signing_alg_values_supported RFC8414-2-04'],
    ],
    [
      'the same at a provider’s token endpoint',
      lintProvider({ token_endpoint_auth_methods_supported: ['none', 'client_secret_jwt'] }),
      ['warning token_endpoint_auth_signing_alg_values_supported RFC8414-2-04'],
    ],
    [
      'demanded pushed requests',
      lintServer({ require_pushed_authorization_requests: true }),
      ['error pushed_authorization_request_endpoint RFC 9126 section 5'],
    ],
    [
      'backchannel modes',
      lintServer({ backchannel_authentication_endpoint: 'https://as.example/bc' }),
      ['error backchannel_token_delivery_modes_supported CIBA Core section 4'],
    ],
    [
      'backchannel endpoint',
      lintServer({ backchannel_token_delivery_modes_supported: ['poll'] }),
      ['error backchannel_authentication_endpoint CIBA Core section 4'],
    ],
    [
      'explicit federation',
      lintServer({ client_registration_types_supported: ['explicit'] }),
      ['error federation_registration_endpoint OpenID Federation section 5.1.3'],
    ],
    [
      'identity assurance',
      lintProvider({ verified_claims_supported: true, trust_frameworks_supported: ['x'] }),
      ['error claims_in_verified_claims_supported IDA section 8'],
    ],
    [
      'evidence',
      lintProvider({ evidence_supported: ['document', 'electronic_record'] }),
      ['error documents_supported IDA section 8', 'error electronic_records_supported IDA section 8'],
    ],
    [
      'attachments',
      lintProvider({ attachments_supported: ['external'] }),
      ['error digest_algorithms_supported IDA section 8'],
    ],
  ],
  'member-recommended': [
    ['of a resource', lintResource({ resource_name: undefined }), ['info resource_name RFC9728-2-04']],
    [
      'of a server',
      lintServer({ scopes_supported: undefined }),
      ['info scopes_supported RFC 8414 section 2'],
    ],
  ],
  'member-unregistered': [
    [
      'a near miss',
      lintResource({ documentation_uri: 'https://notes.example' }),
      ['info documentation_uri RFC9728-3.2-02'],
    ],
    [
      'a member of the other server document is none',
      lintServer({ userinfo_endpoint: 'https://as.example/u' }),
      [],
    ],
  ],
  'member-null': [
    [
      'a vendor member',
      lintServer({ tenant_region_scope: null }),
      ['warning tenant_region_scope RFC8414-3.2-01'],
    ],
  ],
  'camel-case-twin': [
    ['alone', lintServer({ jwksUri: 'https://evil.example' }), ['warning jwksUri RFC 8414 section 2']],
    ['on a resource', lintResource({ scopesSupported: [] }), ['warning scopesSupported RFC9728-3.2-02']],
  ],
  'default-applies': [
    ['grants', lintServer({ grant_types_supported: undefined }), ['info grant_types_supported RFC8414-2-03']],
    [
      'client authentication',
      lintServer({ token_endpoint_auth_methods_supported: undefined }),
      ['info token_endpoint_auth_methods_supported RFC8414-2-03'],
    ],
    [
      'revocation',
      lintServer({ revocation_endpoint: 'https://as.example/r' }),
      ['info revocation_endpoint_auth_methods_supported RFC8414-2-03'],
    ],
  ],
  'alias-not-endpoint': [
    [
      'an issuer',
      lintServer({ mtls_endpoint_aliases: { issuer: 'https://mtls.example' } }),
      ['info mtls_endpoint_aliases.issuer RFC8705-5-01'],
    ],
  ],
  'signed-metadata-unreadable': [
    ['no JSON', lintServer({ signed_metadata: 'a.b.c' }), ['error signed_metadata RFC8414-2.1-01']],
    [
      'not UTF-8',
      lintServer({ signed_metadata: `${segment({ alg: 'RS256' })}._w.c2ln` }),
      ['error signed_metadata RFC8414-2.1-01'],
    ],
  ],
  'signed-metadata-unsigned': [
    [
      'alg none',
      lintResource({ signed_metadata: jwt({ alg: 'none' }, { iss: 'x' }) }),
      ['error signed_metadata RFC9728-2.2-01'],
    ],
  ],
  'signed-metadata-without-issuer': [
    [
      'no iss',
      lintResource({ signed_metadata: jwt({ alg: 'RS256' }, { resource: 'x' }) }),
      ['error signed_metadata RFC9728-2.2-01'],
    ],
    ['a good one', lintResource({ signed_metadata: jwt({ alg: 'RS256' }, { iss: 'ü' }) }), []],
  ],
  'signed-metadata-nested': [
    [
      'in a resource',
      lintResource({ signed_metadata: jwt({ alg: 'RS256' }, { iss: 'x', signed_metadata: 'y' }) }),
      ['error signed_metadata RFC9728-2.2-03'],
    ],
    [
      'in a server',
      lintServer({ signed_metadata: jwt({ alg: 'RS256' }, { iss: 'x', signed_metadata: 'y' }) }),
      ['error signed_metadata RFC8414-2.1-01'],
    ],
  ],
  'not-cross-listed': [
    [
      'the server',
      crossCheckMetadata({ ...resource, authorization_servers: ['https://other.example'] }, server),
      ['warning authorization_servers RFC9728-4-01'],
    ],
    [
      'the resource',
      crossCheckMetadata(resource, { ...server, protected_resources: ['https://other.example'] }),
      ['warning protected_resources RFC9728-4-01'],
    ],
    ['both', crossCheckMetadata(resource, { ...server, protected_resources: [resource['resource']] }), []],
    ['a server without a list', crossCheckMetadata(resource, server), []],
  ],
};

describeFindings(cases);
