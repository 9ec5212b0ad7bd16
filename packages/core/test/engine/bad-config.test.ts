import { describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { configError } from '../support/config-error.js';

const issuer = 'https://as.example.com';
const resource = 'https://api.example.com/mcp';
const server = { issuer };
const entry = (metadata: unknown) => ({
  metadata: { resource, authorizationServers: [server], ...(metadata as object) },
});
const construct = (config: unknown) => configError(() => new ResourceServer(config as never));
const withServers = (...authorizationServers: readonly unknown[]) =>
  construct({ protectedResources: entry({ authorizationServers }) });
const base = 'protectedResources.metadata';

describe('[contract row 6] the whole configuration is checked at construction', () => {
  test.each([
    undefined,
    null,
    {},
    { protectedResources: undefined },
    { protectedResources: null },
    { protectedResources: [] },
    { protectedResources: 'x' },
  ])('no resource: %j', (config) => {
    expect(construct(config)).toMatchObject({ code: 'invalid_option', path: 'protectedResources' });
  });

  test.each([
    [{ protectedResources: {} }, base],
    [{ protectedResources: { metadata: null } }, base],
    [{ protectedResources: [null] }, 'protectedResources[0]'],
    [{ protectedResources: [entry({}), 'x'] }, 'protectedResources[1]'],
  ])('no metadata: %j', (config, path) => {
    expect(construct(config)).toMatchObject({ code: 'invalid_option', path });
  });

  test.each([
    ['https://api.example.com/mcp#fragment', 'invalid_resource', 'Remove everything from "#" on'],
    ['http://api.example.com/mcp', 'insecure_resource', 'must use https'],
    ['mcp', 'invalid_resource', 'absolute https URL'],
    [undefined, 'invalid_resource', 'absolute https URL'],
    ['https://api.example.com:443/mcp', 'invalid_resource', '"https://api.example.com/mcp"'],
  ])('[RFC9728-1.2-01] a resource identifier that is none: %j', (identifier, code, fix) => {
    const problem = construct({ protectedResources: [entry({}), entry({ resource: identifier })] });
    expect(problem).toMatchObject({ code, path: 'protectedResources[1].metadata.resource' });
    expect(problem.message).toContain(fix);
    expect(problem.message.startsWith(problem.path)).toBe(true);
  });

  test('[RFC9728-3.3-03] a resource configured twice, in whatever spelling', () => {
    for (const [one, two] of [
      [resource, resource],
      ['https://api.example.com', 'https://api.example.com/'],
    ]) {
      expect(
        construct({ protectedResources: [entry({ resource: one }), entry({ resource: two })] }),
      ).toMatchObject({
        code: 'duplicate_resource',
        path: 'protectedResources[1].metadata.resource',
      });
    }
  });

  test.each([[[]], [undefined], [null], ['https://as.example.com'], [{}]])(
    '[MCP-2026-07-28-RS-004] no authorization servers: %j',
    (authorizationServers) => {
      expect(construct({ protectedResources: entry({ authorizationServers }) })).toMatchObject({
        code: 'missing_authorization_servers',
        path: `${base}.authorizationServers`,
      });
    },
  );
});

describe('an authorization server that cannot work', () => {
  const path = `${base}.authorizationServers[0]`;

  test.each([
    ['as.example.com', 'invalid_issuer', `${path}.issuer`],
    [5, 'invalid_option', path],
    [null, 'invalid_option', path],
    [{}, 'invalid_issuer', `${path}.issuer`],
    [{ issuer: 5 }, 'invalid_issuer', `${path}.issuer`],
    [{ issuer: 'as.example.com' }, 'invalid_issuer', `${path}.issuer`],
    [{ issuer: `${issuer}?tenant=1` }, 'invalid_issuer', `${path}.issuer`],
    [{ issuer: `${issuer}#x` }, 'invalid_issuer', `${path}.issuer`],
    [{ issuer: 'https://u:p@as.example.com' }, 'invalid_issuer', `${path}.issuer`],
    [{ issuer: 'http://as.example.com' }, 'insecure_issuer', `${path}.issuer`],
    [{ issuer, type: 'saml' }, 'invalid_option', `${path}.type`],
    [{ metadata: {} }, 'invalid_issuer', `${path}.metadata.issuer`],
    [{ metadata: { issuer: 'http://as.example.com' } }, 'insecure_issuer', `${path}.metadata.issuer`],
    [
      { metadata: { issuer, jwksUri: 'http://localhost:3000/jwks' } },
      'invalid_metadata',
      `${path}.metadata.jwksUri`,
    ],
    [
      { metadata: { issuer, jwksUri: 'http://as.example.com/jwks' } },
      'invalid_metadata',
      `${path}.metadata.jwksUri`,
    ],
    [{ metadata: { issuer, jwksUri: 5 } }, 'invalid_metadata', `${path}.metadata.jwksUri`],
    [
      { metadata: { issuer, tokenEndpoint: 'not a url' } },
      'invalid_metadata',
      `${path}.metadata.tokenEndpoint`,
    ],
    [
      { metadata: { issuer, scopesSupported: 'a b' } },
      'invalid_metadata',
      `${path}.metadata.scopesSupported`,
    ],
    [{ issuer, tokenIssuers: [] }, 'invalid_issuer', `${path}.tokenIssuers`],
    [{ issuer, tokenIssuers: issuer }, 'invalid_issuer', `${path}.tokenIssuers`],
    [{ issuer, tokenIssuers: [''] }, 'invalid_issuer', `${path}.tokenIssuers[0]`],
    [{ issuer, audiences: [] }, 'invalid_audience', `${path}.audiences`],
    [{ issuer, audiences: ['a', 5] }, 'invalid_audience', `${path}.audiences[1]`],
    [{ issuer, jwks: [] }, 'invalid_keys', `${path}.jwks`],
    [{ issuer, jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }, 'private_key', `${path}.jwks.keys[0]`],
    [{ issuer, policy: { name: 'p', audienceMayBeAbsent: true } }, 'invalid_option', `${path}.policy.check`],
  ])('[RFC8414-2-01][MCP-2026-07-28-RS-034] %j', (config, code, where) => {
    const problem = withServers(config);
    expect(problem).toMatchObject({ code, path: where });
    expect(problem.message.length).toBeGreaterThan(where.length + 10);
  });

  test('[RFC8725-3.8-01] two servers that speak for one issuer: which keys would count?', () => {
    expect(withServers(server, server)).toMatchObject({
      code: 'duplicate_authorization_server',
      path: `${base}.authorizationServers[1]`,
    });
    const alias = { issuer: 'https://b.example', tokenIssuers: ['https://b.example', issuer] };
    expect(withServers(server, alias)).toMatchObject({ code: 'duplicate_authorization_server' });
  });

  test('plain http works on loopback, and elsewhere under its explicit name', () => {
    const create = (config: Record<string, unknown>) =>
      new ResourceServer({ protectedResources: entry({ authorizationServers: [config] }) });
    expect(() => create({ issuer: 'http://localhost:4000' })).not.toThrow();
    expect(() => create({ issuer: 'http://as.internal', allowInsecureHttp: true })).not.toThrow();
    const metadata = { issuer: 'http://as.internal', jwksUri: 'http://as.internal/jwks' };
    expect(() => create({ metadata, allowInsecureHttp: true })).not.toThrow();
  });
});

test('errors of the configuration are typed, and tell the path as JSON too', () => {
  let caught: unknown;
  try {
    new ResourceServer({ protectedResources: [] });
  } catch (error) {
    caught = error;
  }
  expect(JSON.parse(JSON.stringify(caught))).toEqual({
    name: 'MCPAuthConfigError',
    code: 'invalid_option',
    message:
      'protectedResources: must name at least one resource. For a single one write { resource, authorizationServers: [issuer] }.',
    link: 'https://github.com/mcp-auth/mcp-auth/blob/main/docs/errors.md#invalid_option',
    details: { path: 'protectedResources' },
  });
});
