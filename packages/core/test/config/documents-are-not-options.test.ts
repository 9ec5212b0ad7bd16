import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { fetchServerConfig } from '../../src/authorization-server/fetch-server-config.js';
import { atOnce } from '../support/at-once.js';
import { createHead } from '../support/head.js';
import { createClock } from '../support/clock.js';
import { TestIssuer } from '../support/test-issuer.js';
import { configError } from '../support/config-error.js';
import { issuer, resource } from './seats.js';

const path = 'protectedResources.metadata';

function create(members: object, events: MCPAuthEvent[] = []): ResourceServer {
  const metadata = { resource, authorizationServers: [{ issuer }], ...members };
  return new ResourceServer({
    protectedResources: { metadata },
    onEvent: (event: MCPAuthEvent) => events.push(event),
  });
}
const withMetadata = (metadata: object, events: MCPAuthEvent[] = []) =>
  create(
    { authorizationServers: [{ metadata: { issuer, jwksUri: `${issuer}/jwks`, ...metadata } }] },
    events,
  );
const published = (members: object) => JSON.parse(documentOf(create(members))) as Record<string, unknown>;

function documentOf(server: ResourceServer): string {
  const head = createHead({ method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' });
  return atOnce(server.metadataEndpoint.answer(head))?.body ?? '';
}

describe('the metadata of an authorization server is a document', () => {
  test('a member of a vendor stays, whatever its spelling', () => {
    const events: MCPAuthEvent[] = [];
    withMetadata({ vendor_extension: { a: 1 }, vendorThing: true, 'x-own': [], deviceFlow: 1 }, events);
    expect(events).toEqual([]);
  });

  test('a document that was fetched is handed back in', async () => {
    const testIssuer = await TestIssuer.create(createClock());
    Object.assign(testIssuer.metadata, { vendor_extension: 'x', response_modes_supported: ['query'] });
    const config = await fetchServerConfig(testIssuer.issuer, { type: 'oauth', fetch: testIssuer.fetch });
    expect(() => create({ authorizationServers: [config] })).not.toThrow();
  });

  test.each([
    ['jwks_uri', 'jwksUri'],
    ['JwksUri', 'jwksUri'],
    ['jwksURI', 'jwksUri'],
    ['introspection_endpoint', 'introspectionEndpoint'],
    ['IntrospectionEndpoint', 'introspectionEndpoint'],
    ['tokenendpoint', 'tokenEndpoint'],
  ])(
    'a registered member in the wrong case is refused, for it would have no effect: %s',
    (written, meant) => {
      const problem = configError(() => withMetadata({ [written]: `${issuer}/x` }));
      expect(problem).toMatchObject({
        code: 'unknown_option',
        path: `${path}.authorizationServers[0].metadata.${written}`,
      });
      expect(problem.message).toContain(`Did you mean ${meant}?`);
    },
  );

  test.each([
    ['introspectionEndpont', 'introspectionEndpoint'],
    ['tokenEndpoints', 'tokenEndpoint'],
    ['scopesSuported', 'scopesSupported'],
  ])('one that nearly has a registered name is told to the owner: %s', (written, meant) => {
    const events: MCPAuthEvent[] = [];
    withMetadata({ [written]: 'x' }, events);
    expect(events).toMatchObject([
      { type: 'warning', message: expect.stringMatching(new RegExp(`${written}.*${meant}`)) as string },
    ]);
  });
});

describe('the metadata of the resource is written in camelCase, and extensions under their wire names', () => {
  test.each([
    ['scopes_supported', ['read'], 'scopesSupported'],
    ['scopesSuported', ['read'], 'scopesSupported'],
    ['ScopesSupported', ['read'], 'scopesSupported'],
    ['scopes', ['read'], 'scopesSupported'],
    ['resource_name', 'Notes', 'resourceName'],
    ['resourcename', 'Notes', 'resourceName'],
    ['resource-name', 'Notes', 'resourceName'],
    ['bearer_methods_supported', ['header'], 'bearerMethodsSupported'],
    ['jwks_uri', 'https://api.example.com/jwks', 'jwksUri'],
    ['authorization_servers', ['https://auth.example.com'], 'authorizationServers'],
    ['authorizationServer', ['https://auth.example.com'], 'authorizationServers'],
    ['dpop_bound_access_tokens_requird', true, 'dpopBoundAccessTokensRequired'],
  ])('what would not be published is refused with the name that is: %s', (name, value, meant) => {
    const problem = configError(() => create({ [name]: value }));
    expect(problem).toMatchObject({ code: 'unknown_option', path: `${path}.${name}` });
    expect(problem.message).toContain(`Did you mean ${meant}?`);
  });

  test('a resource whose servers are spelled as on the wire hears of the spelling, not of servers that are missing', () => {
    const run = () =>
      new ResourceServer({
        protectedResources: { metadata: { resource, authorization_servers: [issuer] } },
      } as never);
    expect(run).toThrow(MCPAuthConfigError);
    expect(configError(run).message).toContain('Did you mean authorizationServers?');
  });

  test.each(['metadataUrl', 'requiredScopes', 'resourceMetadataUrl'])(
    'what is said elsewhere is told where: %s',
    (name) => {
      const problem = configError(() => create({ [name]: 'x' }));
      expect(problem).toMatchObject({ code: 'unknown_option' });
      expect(problem.message).not.toContain('Known here');
    },
  );

  test('[RFC9728-2.1-01] a member in a language, in camelCase or as on the wire', () => {
    const names = { 'resourceName#ja': 'メモ', 'resource_name#de-AT': 'Notizen', resourceName: 'Notes' };
    expect(published(names)).toMatchObject({
      resource_name: 'Notes',
      'resource_name#ja': 'メモ',
      'resource_name#de-AT': 'Notizen',
    });
  });

  test('an extension is published under the name that was written', () => {
    expect(
      published({ acme_rate_limit: 5, 'x-acme': { ownName: 1 }, 'https://acme.example/x': true }),
    ).toMatchObject({
      acme_rate_limit: 5,
      'x-acme': { ownName: 1 },
      'https://acme.example/x': true,
    });
  });

  test('an extension in camelCase is refused: nobody could tell its name on the wire', () => {
    const problem = configError(() => create({ acmeRateLimit: 5 }));
    expect(problem).toMatchObject({ code: 'unknown_option' });
    expect(problem.message).toContain('written under their wire name, with an underscore');
  });

  test('undefined is left out, under any name', () => {
    expect(published({ scopes_supported: undefined, acmeRateLimit: undefined })).not.toHaveProperty(
      'acmeRateLimit',
    );
  });
});
