import { describe, expect, it } from 'vitest';
import {
  authorizationServerMetadataDefaults,
  checkAuthorizationServerForMcp,
  checkProtectedResourceForMcp,
  lintAuthorizationServerMetadata,
  lintProtectedResourceMetadata,
  openIDProviderMetadataDefaults,
  parseAuthorizationServerMetadata,
  parseProtectedResourceMetadata,
  protectedResourceMetadataDefaults,
  validateAuthorizationServerMetadata,
  validateOpenIDProviderMetadata,
  validateProtectedResourceMetadata,
  type Finding,
} from '../src/index.js';
import { provider, resource, server, type Document } from './support/findings.js';

const pkce = 'code_challenge_methods_supported';
const iss = 'authorization_response_iss_parameter_supported';
const without = (document: Document, name: string): Document =>
  Object.fromEntries(Object.entries(document).filter(([member]) => member !== name));
const about = (findings: readonly Finding[], member: string) =>
  findings.filter(({ path }) => path[0] === member).map(({ severity, code }) => `${severity} ${code}`);

describe('what absence means', () => {
  const flags = ['tls_client_certificate_bound_access_tokens', 'dpop_bound_access_tokens_required'] as const;

  it.each(flags)('[RFC9728-2-06] %s: false, unless the document says otherwise', (flag) => {
    const read = (document: Document) => ({
      ...protectedResourceMetadataDefaults,
      ...parseProtectedResourceMetadata(document),
    });
    expect(read(resource)[flag]).toBe(false);
    expect(read({ ...resource, [flag]: true })[flag]).toBe(true);
    expect(read({ ...resource, [flag]: false })[flag]).toBe(false);
    expect(about(lintProtectedResourceMetadata(resource), flag)).toEqual([]);
  });

  it.each(flags)('[RFC9728-2-06] %s: what is no boolean is no statement', (flag) => {
    for (const value of ['true', 1, null, []]) {
      const issues = validateProtectedResourceMetadata({ ...resource, [flag]: value });
      expect(issues.map(({ path }) => path)).toEqual([[flag]]);
    }
  });

  it('[RFC9207-3-01] of the iss parameter of responses: it is not sent', () => {
    expect(authorizationServerMetadataDefaults[iss]).toBe(false);
    expect(openIDProviderMetadataDefaults[iss]).toBe(false);
    const parsed = parseAuthorizationServerMetadata(without(server, iss));
    expect({ ...authorizationServerMetadataDefaults, ...parsed }[iss]).toBe(false);
  });

  it.each(['true', 'yes', 1, {}, ['true'], null])('[RFC9207-3-01] and %j does not announce it', (value) => {
    const document = { ...server, [iss]: value };
    expect(validateAuthorizationServerMetadata(document).map(({ path }) => path)).toEqual([[iss]]);
    expect(validateOpenIDProviderMetadata({ ...provider, [iss]: value }).map(({ path }) => path)).toEqual([
      [iss],
    ]);
    expect(about(checkAuthorizationServerForMcp(document, { revision: '2026-07-28' }), iss)).toEqual([
      'warning mcp-no-iss-parameter',
    ]);
  });
});

describe('what the documents of an authorization server have to announce', () => {
  it.each(['2025-11-25', '2026-07-28'] as const)(
    '[MCP-2026-07-28-MC-007] PKCE in the OpenID document as well (%s)',
    (revision) => {
      const check = (document: Document, openid: boolean) =>
        about(checkAuthorizationServerForMcp(document, { revision, openid }), pkce);
      expect(check(without(server, pkce), false)).toEqual(['error mcp-pkce-not-announced']);
      expect(check(without(provider, pkce), true)).toEqual(['error mcp-pkce-not-announced']);
      expect(check({ ...provider, [pkce]: [] }, true)).toEqual(['error mcp-pkce-not-announced']);
      expect(check({ ...provider, [pkce]: ['plain'] }, true)).toEqual(['error mcp-pkce-without-s256']);
      expect(check(provider, true)).toEqual([]);
    },
  );

  it('[MCP-2026-07-28-MC-011] the iss parameter of its responses, by true and nothing else', () => {
    const check = (document: Document) =>
      about(checkAuthorizationServerForMcp(document, { revision: '2026-07-28' }), iss);
    expect(check(without(server, iss))).toEqual(['warning mcp-no-iss-parameter']);
    expect(check({ ...server, [iss]: false })).toEqual(['warning mcp-no-iss-parameter']);
    expect(check({ ...server, [iss]: 'true' })).toEqual(['warning mcp-no-iss-parameter']);
    expect(check({ ...server, [iss]: true })).toEqual([]);
  });
});

describe('identifiers are compared code point by code point', () => {
  const composed = 'https://notes.example/caf\u00e9';
  const decomposed = 'https://notes.example/cafe\u0301';
  const identity = (document: Document, expected: string) =>
    about(lintProtectedResourceMetadata(document, { expected }), 'resource');
  const endpoint = (document: Document, url: string) =>
    about(checkProtectedResourceForMcp(document, { revision: '2026-07-28', endpoint: url }), 'resource');

  it('[RFC9728-6-01] a resource in another Unicode form is another resource', () => {
    for (const [stated, asked] of [
      [composed, decomposed],
      [decomposed, composed],
    ] as const) {
      expect(identity({ ...resource, resource: stated }, asked)).not.toEqual([]);
      expect(endpoint({ ...resource, resource: stated }, asked)).toEqual(['error mcp-resource-mismatch']);
      expect(identity({ ...resource, resource: stated }, stated)).toEqual([]);
      expect(endpoint({ ...resource, resource: stated }, stated)).toEqual([]);
    }
  });

  it('[RFC9728-6-01] escapes of the JSON text make no difference', () => {
    const text = String.raw`"https:\/\/notes.example\/caf\u00e9"`;
    const document = { ...resource, resource: JSON.parse(text) as string };
    expect(identity(document, composed)).toEqual([]);
    expect(endpoint(document, composed)).toEqual([]);
  });

  it('[RFC9728-6-01] an issuer too', () => {
    const check = (issuer: string, expected: string) =>
      about(lintAuthorizationServerMetadata({ ...server, issuer }, { expected }), 'issuer');
    expect(check('https://as.example/caf\u00e9', 'https://as.example/cafe\u0301')).not.toEqual([]);
    expect(check('https://as.example/caf\u00e9', 'https://as.example/caf%C3%A9')).not.toEqual([]);
    expect(check('https://as.example/caf\u00e9', 'https://as.example/caf\u00e9')).toEqual([]);
  });
});
