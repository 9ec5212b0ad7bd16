import { describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { DpopOptions } from '../../src/config/proofs.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { configError } from '../support/config-error.js';
import { atOnce } from '../support/at-once.js';
import { createHead } from '../support/head.js';

const resource = 'https://api.example.com/mcp';
const servers = [{ issuer: 'https://as.example.com' }];
const path = 'protectedResources.metadata';

function create(members: Record<string, unknown>, events: MCPAuthEvent[] = [], dpop?: DpopOptions) {
  const metadata = { resource, authorizationServers: servers, ...members };
  return new ResourceServer({
    protectedResources: { metadata, dpop },
    onEvent: (event) => events.push(event),
  });
}
function publish(members: Record<string, unknown>, dpop?: DpopOptions): Record<string, unknown> {
  const head = createHead({ method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' });
  const answer = atOnce(create(members, [], dpop).metadataEndpoint.answer(head));
  return JSON.parse(answer?.body ?? '') as Record<string, unknown>;
}

describe('the published document says what is trusted and what is true', () => {
  test('[MCP-2026-07-28-RS-004][RFC9728-2-01] resource and servers, and that tokens travel in the header', () => {
    expect(publish({})).toEqual({
      resource,
      authorization_servers: ['https://as.example.com'],
      bearer_methods_supported: ['header'],
    });
  });

  test('[contract row 6] all members of RFC 9728 in camelCase come out in wire spelling', () => {
    const members = {
      resourceName: 'Notes',
      resourceDocumentation: 'https://api.example.com/docs',
      resourcePolicyUri: 'https://api.example.com/policy',
      resourceTosUri: 'https://api.example.com/tos',
      scopesSupported: ['read'],
      tlsClientCertificateBoundAccessTokens: false,
      authorizationDetailsTypesSupported: ['x'],
      dpopBoundAccessTokensRequired: false,
      dpopSigningAlgValuesSupported: ['ES256'],
      resourceSigningAlgValuesSupported: ['ES256'],
      jwksUri: 'https://api.example.com/jwks',
    };
    expect(publish(members, { mode: 'dpop-optional', algorithms: ['ES256'] })).toMatchObject({
      resource_name: 'Notes',
      resource_documentation: 'https://api.example.com/docs',
      resource_policy_uri: 'https://api.example.com/policy',
      resource_tos_uri: 'https://api.example.com/tos',
      scopes_supported: ['read'],
      tls_client_certificate_bound_access_tokens: false,
      authorization_details_types_supported: ['x'],
      dpop_bound_access_tokens_required: false,
      dpop_signing_alg_values_supported: ['ES256'],
      resource_signing_alg_values_supported: ['ES256'],
      jwks_uri: 'https://api.example.com/jwks',
    });
  });

  test('[MCP-EXT-DPOP-04] what is said of proofs is what the option decides', () => {
    const required = publish({}, { mode: 'dpop-required', algorithms: ['ES256', 'EdDSA'] });
    expect(required.dpop_signing_alg_values_supported).toEqual(['ES256', 'EdDSA']);
    expect(required.dpop_bound_access_tokens_required).toBe(true);
    const optional = publish({}, { mode: 'dpop-optional' });
    expect(optional.dpop_signing_alg_values_supported).toContain('ES256');
    expect(optional).not.toHaveProperty('dpop_bound_access_tokens_required');
    expect(publish({})).not.toHaveProperty('dpop_signing_alg_values_supported');
  });

  test('[RFC9728-2.1-01] names in other languages and members of one’s own pass through', () => {
    expect(publish({ 'resource_name#ja': 'ノート', vendor_extension: { a: 1 } })).toMatchObject({
      'resource_name#ja': 'ノート',
      vendor_extension: { a: 1 },
    });
  });

  test('[RFC9728-3.2-03] members without a value, and lists with none, are left out', () => {
    const document = publish({ scopesSupported: [], resourceName: undefined });
    expect(Object.keys(document)).not.toContain('scopes_supported');
    expect(Object.keys(document)).not.toContain('resource_name');
  });

  test('[MCP-2026-07-28-RS-028] an origin is published as written, without a slash of the serializer', () => {
    const metadata = { resource: 'https://api.example.com', authorizationServers: servers };
    const { metadataEndpoint } = new ResourceServer({ protectedResources: { metadata } });
    const head = createHead({ method: 'GET', target: '/.well-known/oauth-protected-resource' });
    const answer = atOnce(metadataEndpoint.answer(head));
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ resource: 'https://api.example.com' });
  });

  test('[RFC9728-3.3-03] a member smuggled in under its wire name does not change what is published as trusted', () => {
    expect(configError(() => publish({ authorization_servers: ['https://evil.example'] }))).toMatchObject({
      code: 'unknown_option',
      message: expect.stringContaining('Did you mean authorizationServers?'),
    });
  });
});

describe('a document that would be wrong is refused with the option’s path', () => {
  test.each([
    [{ scopesSupported: ['a', 'b c'] }, 'invalid_scope', `${path}.scopesSupported[1]`],
    [{ scopesSupported: [''] }, 'invalid_scope', `${path}.scopesSupported[0]`],
    [{ scopesSupported: [5] }, 'invalid_scope', `${path}.scopesSupported[0]`],
    [{ scopesSupported: 'read' }, 'invalid_metadata', `${path}.scopesSupported`],
    [{ bearerMethodsSupported: ['query'] }, 'invalid_metadata', `${path}.bearerMethodsSupported`],
    [{ bearerMethodsSupported: ['header', 'body'] }, 'invalid_metadata', `${path}.bearerMethodsSupported`],
    [{ bearerMethodsSupported: 'header' }, 'invalid_metadata', `${path}.bearerMethodsSupported`],
    [
      { resourceSigningAlgValuesSupported: ['none'] },
      'invalid_metadata',
      `${path}.resourceSigningAlgValuesSupported`,
    ],
    [{ jwksUri: 'http://api.example.com/jwks' }, 'invalid_metadata', `${path}.jwksUri`],
    [{ jwksUri: 5 }, 'invalid_metadata', `${path}.jwksUri`],
    [{ resourceName: 5 }, 'invalid_metadata', `${path}.resourceName`],
    [{ resourceName: null }, 'invalid_metadata', `${path}.resourceName`],
    [{ resourceDocumentation: 'not a url' }, 'invalid_metadata', `${path}.resourceDocumentation`],
    [{ dpopBoundAccessTokensRequired: 'yes' }, 'invalid_metadata', `${path}.dpopBoundAccessTokensRequired`],
    [{ dpopBoundAccessTokensRequired: true }, 'invalid_metadata', `${path}.dpopBoundAccessTokensRequired`],
    [
      { dpopSigningAlgValuesSupported: ['ES256'] },
      'invalid_metadata',
      `${path}.dpopSigningAlgValuesSupported`,
    ],
    [{ signedMetadata: 'x' }, 'invalid_metadata', `${path}.signedMetadata`],
  ])('[RFC9728-2-02][RFC9728-2-03][RFC9728-2-05] %j', (members, code, where) => {
    expect(configError(() => create(members))).toMatchObject({ code, path: where });
  });

  test('[MCP-2026-07-28-RS-012] offline_access is warned about, not refused', () => {
    const events: MCPAuthEvent[] = [];
    create({ scopesSupported: ['read', 'offline_access'] }, events);
    expect(events).toMatchObject([{ type: 'warning' }]);
  });
});
