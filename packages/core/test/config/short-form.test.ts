import { describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { MCPAuthConfig } from '../../src/index.js';
import { configError } from '../support/config-error.js';

const resource = 'https://api.example.com/mcp';
const other = 'https://api.example.com/other';
const issuer = 'https://as.example.com';
const construct = (config: unknown) =>
  new ResourceServer({ onEvent: () => undefined, ...(config as MCPAuthConfig) });
const error = (config: unknown) => configError(() => construct(config));

describe('two strings to start: { resource, authorizationServers: [issuer] }', () => {
  test.each<[what: string, config: object, code: string, path: string]>([
    ['no servers', { resource }, 'missing_authorization_servers', 'authorizationServers'],
    [
      'an empty list',
      { resource, authorizationServers: [] },
      'missing_authorization_servers',
      'authorizationServers',
    ],
    [
      'a string for the list',
      { resource, authorizationServers: issuer },
      'missing_authorization_servers',
      'authorizationServers',
    ],
    ['no resource', { authorizationServers: [issuer] }, 'invalid_resource', 'resource'],
    [
      'a resource that is none',
      { resource: 'mcp', authorizationServers: [issuer] },
      'invalid_resource',
      'resource',
    ],
    [
      'an issuer that is none',
      { resource, authorizationServers: ['as'] },
      'invalid_issuer',
      'authorizationServers[0].issuer',
    ],
    [
      'a well-known address',
      { resource, authorizationServers: [`${issuer}/.well-known/openid-configuration`] },
      'invalid_issuer',
      'authorizationServers[0].issuer',
    ],
    [
      'the same issuer twice',
      { resource, authorizationServers: [issuer, { issuer }] },
      'duplicate_authorization_server',
      'authorizationServers[1]',
    ],
    [
      'the long form beside it',
      { resource, authorizationServers: [issuer], protectedResources: [] },
      'invalid_option',
      'resource',
    ],
    [
      'legacy mode beside it',
      { resource, authorizationServers: [issuer], server: { issuer } },
      'unsupported_option',
      'server',
    ],
    [
      'members of the metadata',
      { resource, authorizationServers: [issuer], scopesSupported: ['a'] },
      'unknown_option',
      'scopesSupported',
    ],
  ])('%s', (_what, config, code, path) => {
    expect(error(config)).toMatchObject({ code, path });
  });

  test('publishes what the long form publishes', () => {
    const documentOf = (config: object) =>
      construct(config).metadataEndpoint.answer({
        method: 'GET',
        target: '/.well-known/oauth-protected-resource/mcp',
        host: 'api.example.com',
        rawHeaders: undefined,
        header: () => undefined,
      });
    const short = documentOf({ resource, authorizationServers: [issuer] });
    expect(short).toBeDefined();
    expect(short).toEqual(
      documentOf({ protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } } }),
    );
  });

  test('a string stands for { issuer } in the long form too', () => {
    const long = { protectedResources: [{ metadata: { resource, authorizationServers: [issuer] } }] };
    expect(construct(long).createGate().resource).toBe(resource);
  });
});

describe('a route without a resource belongs to the only one there is', () => {
  const one = construct({ resource, authorizationServers: [issuer] });
  const two = construct({
    protectedResources: [resource, other].map((each) => ({
      metadata: { resource: each, authorizationServers: [issuer] },
    })),
  });

  test.each<[what: string, make: (server: ResourceServer) => { readonly resource: string | undefined }]>([
    ['nothing at all', (server) => server.createGate()],
    ['options alone', (server) => server.createGate({ requiredScopes: ['read'] })],
    ['a mode alone', (server) => server.createGate('jwt')],
    ['mode and options', (server) => server.createGate('jwt', { requiredScopes: ['read'] })],
    ['a verifier', (server) => server.createGate(() => ({ issuer }))],
  ])('%s', (_what, make) => {
    expect(make(one).resource).toBe(resource);
    const problem = configError(() => make(two));
    expect(problem).toMatchObject({ code: 'unknown_resource', path: 'resource' });
    expect(problem.message).toBe(
      `resource: is missing. Write resource: ${JSON.stringify(resource)} or ${JSON.stringify(other)}.`,
    );
  });

  test.each([
    ['a list with it', [resource], 'a list'],
    ['several in a list', [resource, other], 'a list'],
    ['a URL object', new URL(resource), 'a URL object: give its href'],
    ['what somebody forgot to wait for', Promise.resolve(resource), 'a Promise: await it'],
    ['null', null, 'null'],
  ])('%s does not pass for the identifier of a resource', (_what, given, is) => {
    const message = `resource: must be ${JSON.stringify(resource)} or ${JSON.stringify(other)}, but is ${is}.`;
    expect(configError(() => two.createGate({ resource: given as never }))).toMatchObject({
      code: 'unknown_resource',
      message,
    });
    expect(configError(() => two.verifier(given as never))).toMatchObject({ message });
  });

  test.each([null, 5, true, Symbol('mode')])('%s is no mode', (mode) => {
    expect(configError(() => one.createGate(mode as never))).toMatchObject({ code: 'invalid_option' });
    expect(configError(() => one.createGate(mode as unknown as 'jwt', { resource }))).toMatchObject({
      path: 'mode',
    });
  });

  test('options are closed in every form', () => {
    expect(configError(() => one.createGate({ requiredScope: ['a'] } as never))).toMatchObject({
      code: 'unknown_option',
      path: 'requiredScope',
    });
    expect(configError(() => one.createGate(undefined as unknown as 'jwt', { resource }))).toMatchObject({
      path: 'mode',
    });
  });
});
