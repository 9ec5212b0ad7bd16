import { describe, expect, it } from 'vitest';
import { describeFindings, resource, server, type Case, type Document } from '../support/findings.js';
import {
  checkAuthorizationServerForMcp,
  checkProtectedResourceForMcp,
  type McpCode,
  type McpRevision,
} from '../../src/index.js';

const checkServer = (change: Document, revision: McpRevision = '2026-07-28', openid = false) =>
  checkAuthorizationServerForMcp({ ...server, ...change }, { revision, openid });
const checkResource = (change: Document, revision: McpRevision = '2026-07-28') =>
  checkProtectedResourceForMcp(
    { ...resource, ...change },
    { revision, endpoint: 'https://notes.example/mcp' },
  );

const cases: Readonly<Record<McpCode, readonly Case[]>> = {
  'mcp-issuer-unusable': [
    [
      'a template',
      checkServer({ issuer: 'https://as.example/{tenant}' }),
      ['error issuer MCP-2026-07-28-MC-004'],
    ],
    [
      'a template, earlier',
      checkServer({ issuer: 'https://as.example/{tenant}' }, '2025-11-25'),
      ['error issuer RFC8414-3.3-01'],
    ],
    ['plain http', checkServer({ issuer: 'http://as.example' }), ['error issuer RFC8414-2-01']],
    ['plain http at home', checkServer({ issuer: 'http://localhost:3000' }), []],
  ],
  'mcp-openid-only': [
    [
      '2025-06-18',
      checkServer({ registration_endpoint: 'https://as.example/r' }, '2025-06-18', true),
      ['warning issuer MCP-2025-06-18-MC-009'],
    ],
    ['later revisions read both', checkServer({}, '2025-11-25', true), []],
  ],
  'mcp-no-authorization-endpoint': [
    [
      'absent',
      checkServer({ authorization_endpoint: undefined }),
      ['error authorization_endpoint RFC8414-2-02'],
    ],
  ],
  'mcp-no-token-endpoint': [
    ['absent', checkServer({ token_endpoint: undefined }), ['error token_endpoint RFC8414-2-02']],
  ],
  'mcp-no-code-flow': [
    [
      'no response type',
      checkServer({ response_types_supported: ['token'] }),
      ['error response_types_supported OAuth 2.1 section 4.1'],
    ],
    [
      'no grant',
      checkServer({
        grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
      }),
      ['error grant_types_supported OAuth 2.1 section 4.1'],
    ],
    ['the default has it', checkServer({ grant_types_supported: undefined }), []],
  ],
  'mcp-pkce-not-announced': [
    [
      'absent from an OpenID document',
      checkServer({ code_challenge_methods_supported: undefined }, '2026-07-28', true),
      ['error code_challenge_methods_supported MCP-2026-07-28-MC-007'],
    ],
    [
      'absent',
      checkServer({ code_challenge_methods_supported: undefined }),
      ['error code_challenge_methods_supported MCP-2026-07-28-MC-005'],
    ],
    [
      'absent, 2025-11-25',
      checkServer({ code_challenge_methods_supported: undefined }, '2025-11-25'),
      ['error code_challenge_methods_supported MCP-2026-07-28-MC-005'],
    ],
    [
      'absent, 2025-06-18',
      checkServer(
        { code_challenge_methods_supported: undefined, registration_endpoint: 'https://as.example/r' },
        '2025-06-18',
      ),
      ['info code_challenge_methods_supported MCP-2026-07-28-MC-005'],
    ],
    [
      'empty',
      checkServer({ code_challenge_methods_supported: [] }),
      ['error code_challenge_methods_supported MCP-2026-07-28-MC-005'],
    ],
  ],
  'mcp-pkce-without-s256': [
    [
      'plain only',
      checkServer({ code_challenge_methods_supported: ['plain'] }),
      ['error code_challenge_methods_supported MCP-2026-07-28-MC-006'],
    ],
  ],
  'mcp-pkce-plain': [
    [
      'next to S256',
      checkServer({ code_challenge_methods_supported: ['plain', 'S256'] }),
      ['info code_challenge_methods_supported MCP-2026-07-28-MC-006'],
    ],
  ],
  'mcp-registration-by-hand': [
    [
      'no way in',
      checkServer({ client_id_metadata_document_supported: false }),
      ['warning client_id_metadata_document_supported MCP-2026-07-28-MC-010'],
    ],
    [
      '2025-06-18 knows no documents',
      checkServer({}, '2025-06-18'),
      ['warning registration_endpoint MCP 2025-06-18, Authorization, Dynamic Client Registration'],
    ],
  ],
  'mcp-registration-dynamic-only': [
    [
      '2026-07-28',
      checkServer({
        client_id_metadata_document_supported: undefined,
        registration_endpoint: 'https://as.example/r',
      }),
      ['info client_id_metadata_document_supported MCP-2026-07-28-MC-014'],
    ],
    [
      'was fine before',
      checkServer(
        { client_id_metadata_document_supported: undefined, registration_endpoint: 'https://as.example/r' },
        '2025-11-25',
      ),
      [],
    ],
  ],
  'mcp-no-public-clients': [
    [
      'secrets only',
      checkServer({ token_endpoint_auth_methods_supported: ['client_secret_basic'] }),
      ['warning token_endpoint_auth_methods_supported RFC8414-2-03'],
    ],
    [
      'absent means secrets',
      checkServer({ token_endpoint_auth_methods_supported: undefined }),
      ['warning token_endpoint_auth_methods_supported RFC8414-2-03'],
    ],
  ],
  'mcp-no-iss-parameter': [
    [
      '2026-07-28',
      checkServer({ authorization_response_iss_parameter_supported: undefined }),
      ['warning authorization_response_iss_parameter_supported MCP-2026-07-28-MC-012'],
    ],
    [
      'not asked for before',
      checkServer({ authorization_response_iss_parameter_supported: undefined }, '2025-11-25'),
      [],
    ],
  ],
  'mcp-no-keys': [['no jwks_uri', checkServer({ jwks_uri: undefined }), ['warning jwks_uri RFC9068-4-07']]],
  'mcp-client-credentials-auth': [
    [
      'post only',
      checkServer({
        grant_types_supported: ['authorization_code', 'client_credentials'],
        token_endpoint_auth_methods_supported: ['none', 'client_secret_post'],
      }),
      ['warning token_endpoint_auth_methods_supported MCP-EXT-CC-01'],
    ],
  ],
  'mcp-dpop-algorithms': [
    [
      'symmetric',
      checkServer({ dpop_signing_alg_values_supported: ['HS256'] }),
      ['error dpop_signing_alg_values_supported MCP-EXT-DPOP-08'],
    ],
  ],
  'mcp-no-authorization-servers': [
    [
      'absent',
      checkResource({ authorization_servers: undefined }),
      ['error authorization_servers MCP-2026-07-28-RS-004'],
    ],
    [
      'empty',
      checkResource({ authorization_servers: [] }),
      ['error authorization_servers MCP-2026-07-28-RS-004'],
    ],
    [
      'a string',
      checkResource({ authorization_servers: 'https://as.example' }),
      ['error authorization_servers MCP-2026-07-28-RS-004'],
    ],
  ],
  'mcp-authorization-server-unusable': [
    [
      'a metadata document',
      checkResource({ authorization_servers: ['https://as.example/.well-known/oauth-authorization-server'] }),
      ['error authorization_servers.0 MCP-2026-07-28-RS-004'],
    ],
    [
      'no URL',
      checkResource({ authorization_servers: ['https://as.example', 'as.example'] }),
      ['error authorization_servers.1 MCP-2026-07-28-RS-004'],
    ],
  ],
  'mcp-resource-mismatch': [
    ['the origin', checkResource({ resource: 'https://notes.example' }), ['warning resource RFC9728-3.3-03']],
    [
      'a path that only begins the same',
      checkResource({ resource: 'https://notes.example/mc' }),
      ['error resource RFC9728-3.3-03'],
    ],
    [
      'another host',
      checkResource({ resource: 'https://internal:8080/mcp' }),
      ['error resource RFC9728-3.3-03'],
    ],
  ],
  'mcp-no-bearer-header': [
    [
      'none at all',
      checkResource({ bearer_methods_supported: [] }),
      ['error bearer_methods_supported RFC9728-2-05'],
    ],
  ],
  'mcp-bearer-in-query': [
    [
      'offered',
      checkResource({ bearer_methods_supported: ['header', 'query'] }),
      ['error bearer_methods_supported.1 OAUTH21-5.1-01'],
    ],
  ],
  'mcp-offline-access': [
    [
      '2026-07-28',
      checkResource({ scopes_supported: ['a', 'offline_access'] }),
      ['warning scopes_supported.1 MCP-2026-07-28-RS-012'],
    ],
    ['was fine before', checkResource({ scopes_supported: ['offline_access'] }, '2025-11-25'), []],
  ],
};

describeFindings(cases);

describe('the check for MCP', () => {
  it('finds nothing in documents that have all a client needs', () => {
    expect(checkServer({})).toEqual([]);
    expect(checkResource({})).toEqual([]);
  });
});
