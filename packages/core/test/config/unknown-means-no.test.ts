import { describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { fetchServerConfig } from '../../src/index.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { auth0 } from '../../src/providers.js';
import { createSessionRegistry } from '../../src/sessions/session-registry.js';
import { configError } from '../support/config-error.js';

const issuer = 'https://auth.example.com';
const resource = 'https://api.example.com/mcp';
const server = { issuer };
const entry = { metadata: { resource, authorizationServers: [server] } };
const serverPath = 'protectedResources.metadata.authorizationServers[0]';

/** Options as somebody writes them for whom no compiler has looked. */
type Written = object;

const construct = (config: Written): ResourceServer =>
  new ResourceServer({ protectedResources: entry, ...config });
const withMetadata = (metadata: Written): ResourceServer =>
  construct({ protectedResources: { metadata: { ...entry.metadata, ...metadata } } });
const withServer = (options: Written): ResourceServer => withMetadata({ authorizationServers: [options] });
const withRoute = (options: Written): unknown => construct({}).createGate('jwt', { resource, ...options });

describe('an option that is not known is told, with the one that was probably meant', () => {
  test.each<[options: Written, meant: string]>([
    [{ requiredScope: ['read'] }, 'requiredScopes'],
    [{ scopes: ['read'] }, 'requiredScopes'],
    [{ scope: ['read'] }, 'requiredScopes'],
    [{ required_scopes: ['read'] }, 'requiredScopes'],
    [{ RequiredScopes: ['read'] }, 'requiredScopes'],
    [{ operation: {} }, 'operations'],
    [{ audiences: ['a'] }, 'audience'],
    [{ max_body_bytes: 5 }, 'maxBodyBytes'],
  ])('on a route: %j', (options, meant) => {
    const [name = ''] = Object.keys(options);
    expect(configError(() => withRoute(options))).toEqual({
      code: 'unknown_option',
      path: name,
      message: `${name} is unknown. Did you mean ${meant}?`,
    });
  });

  test.each<[make: () => unknown, path: string, meant: string]>([
    [() => construct({ cashe: false }), 'cashe', 'cache'],
    [() => construct({ cache: { maxAge: 5 } }), 'cache.maxAge', 'maxAgeSeconds'],
    [() => withRoute({ jwtVerify: { requiredClaim: ['sub'] } }), 'jwtVerify.requiredClaim', 'requiredClaims'],
    [() => withRoute({ jwtVerify: { clockTolerence: 5 } }), 'jwtVerify.clockTolerence', 'clockTolerance'],
    [() => withRoute({ jwtVerify: { maxtokenage: 5 } }), 'jwtVerify.maxtokenage', 'maxTokenAge'],
    [() => withRoute({ remoteJwkSet: { cacheMaxag: 5 } }), 'remoteJwkSet.cacheMaxag', 'cacheMaxAge'],
    [() => withServer({ issuer, audience: 'a' }), `${serverPath}.audience`, 'audiences'],
    [() => withServer({ issuer, policies: [] }), `${serverPath}.policies`, 'policy'],
    [() => withServer({ issuer, tokenIssuer: issuer }), `${serverPath}.tokenIssuer`, 'tokenIssuers'],
    [
      () => construct({ protectedResources: { ...entry, cors: { origin: '*' } } }),
      'protectedResources.cors.origin',
      'origins',
    ],
    [() => withRoute({ operations: { tool: {} } }), 'operations.tool', 'tools'],
    [
      () => construct({}).declarations.listFilter({ resource, operations: {}, scopes: [] } as never),
      'scopes',
      'requiredScopes',
    ],
    [() => construct({}).verifier(resource, { audiences: ['a'] } as never), 'audiences', 'audience'],
    [() => auth0({ domian: 'example.eu.auth0.com' } as never), 'auth0.domian', 'domain'],
    [() => createSessionRegistry({ maxSession: 5 } as never), 'maxSession', 'maxSessions'],
  ])('at every level and in every function: %#', (make, path, meant) => {
    const problem = configError(make);
    expect(problem).toMatchObject({ code: 'unknown_option', path });
    expect(problem.message).toContain(`is unknown. Did you mean ${meant}?`);
  });

  test('also where a document is fetched', async () => {
    const fetching = fetchServerConfig(issuer, { timeout: 5 } as object);
    await expect(fetching).rejects.toMatchObject({ code: 'unknown_option', path: 'timeout' });
  });

  test.each<[make: () => unknown, fix: string]>([
    [() => withServer({ issuer, jwksUri: `${issuer}/keys` }), 'It belongs in metadata: { issuer, jwksUri }.'],
    [() => construct({ issuer }), 'Write authorizationServers: [issuer].'],
    [
      () => withRoute({ operations: { 'read-note': ['read'] } }),
      'grouped as tools, resources, prompts and methods',
    ],
  ])('what is said elsewhere leads there: %#', (make, fix) => {
    const problem = configError(make);
    expect(problem.code).toBe('unknown_option');
    expect(problem.message).toContain(fix);
  });

  test('where nothing is near, the known names are listed', () => {
    expect(configError(() => construct({ fnord: 1 })).message).toContain('Known here: protectedResources, ');
  });
});

describe('a value of the wrong kind is told, with what came', () => {
  test.each<[options: Written, path: string, problem: string]>([
    [{ maxBodyBytes: '1mb' }, 'maxBodyBytes', 'is the string "1mb": give bytes as a number.'],
    [{ maxBodyBytes: NaN }, 'maxBodyBytes', 'is NaN.'],
    [{ bodyTimeoutMs: 0 }, 'bodyTimeoutMs', 'from 1 to 300000, but is the number 0.'],
    [{ challengeScopes: 'nonsense' }, 'challengeScopes', 'but is the string "nonsense".'],
    [{ showErrorDetails: 'no' }, 'showErrorDetails', 'must be true or false, but is the string "no".'],
    [{ jwtVerify: [] }, 'jwtVerify', 'must be an object, but is an empty list.'],
    [{ operations: null }, 'operations', 'must be an object, but is null.'],
    [{ operations: Promise.resolve({}) }, 'operations', 'but is a Promise: await it.'],
    [{ requiredScopes: 'read' }, 'requiredScopes', 'but is a string: write ["read"].'],
    [{ requiredScopes: [undefined] }, 'requiredScopes[0]', 'but is undefined.'],
  ])('%j', (options, path, problem) => {
    const { path: where, message } = configError(() => withRoute(options));
    expect(where).toBe(path);
    expect(message).toContain(problem);
  });

  test('a secret is never repeated', () => {
    const clientAuthentication = { method: 'client_secret_basic', clientId: 'a', clientSecret: 's3cret\n' };
    const { message } = configError(() => withServer({ issuer, introspection: { clientAuthentication } }));
    expect(message).toContain('trim what was read from a file, but is a string.');
    expect(message).not.toContain('s3cret');
  });
});

describe('an issuer that shows its mistake is refused with the fix', () => {
  test.each<[value: unknown, fix: string]>([
    [`${issuer}/.well-known/openid-configuration`, 'is the address of a metadata document'],
    ['https://login.microsoftonline.com/common/v2.0', 'Use entra({ tenantId, … })'],
    ['https://login.microsoftonline.com/organizations/v2.0', 'entraMultiTenant({ tenantIds, … })'],
    ['https://login.microsoftonline.com/{tenantid}/v2.0', 'has a placeholder that was not filled in'],
    ['https://undefined', 'has a placeholder that was not filled in'],
    [`${issuer} `, 'must have no spaces and line breaks'],
    [`"${issuer}"`, 'has quotation marks around it'],
    [`${issuer}#main`, 'must have no query and no fragment'],
    ['https:/auth.example.com', 'must begin with https://'],
    [new URL(issuer), 'is a URL object: give its href'],
    [undefined, 'Is an environment variable not set?'],
  ])('%o', (value, fix) => {
    const problem = configError(() => withServer({ issuer: value }));
    expect(problem).toMatchObject({ code: 'invalid_issuer', path: `${serverPath}.issuer` });
    expect(problem.message).toContain(fix);
  });

  test('and so is a template in place of an issuer of tokens', () => {
    const tokenIssuers = ['https://login.microsoftonline.com/{tenantid}/v2.0'];
    expect(configError(() => withServer({ issuer, tokenIssuers }))).toMatchObject({
      code: 'invalid_issuer',
      path: `${serverPath}.tokenIssuers[0]`,
    });
  });
});

describe('what is not a mistake is none', () => {
  test('undefined is the same as nothing, also under a name that is not known', () => {
    expect(() => withRoute({ requiredScope: undefined, maxBodyBytes: undefined })).not.toThrow();
  });

  test('frozen objects, and objects without a prototype', () => {
    const options = Object.freeze(Object.assign(Object.create(null), { resource, requiredScopes: ['read'] }));
    expect(() => construct({}).createGate('jwt', options as { resource: string })).not.toThrow();
  });
});

describe('documents are not options', () => {
  const metadata = { issuer, jwksUri: `${issuer}/keys`, codeChallengeMethodsSupported: ['S256'] };
  const warningsOf = (more: Written): readonly string[] => {
    const events: MCPAuthEvent[] = [];
    construct({
      protectedResources: {
        metadata: { resource, authorizationServers: [{ metadata: { ...metadata, ...more } }] },
      },
      onEvent: (event: MCPAuthEvent) => events.push(event),
    });
    return events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  };

  test('the metadata of an authorization server may have members of its vendor', () => {
    expect(warningsOf({ vendor_feature: { a: 1 }, 'serviceDocumentation#ja': 'https://a.example' })).toEqual(
      [],
    );
  });

  test('a member that is nearly a registered one is told, and left alone', () => {
    expect(warningsOf({ jwkUri: `${issuer}/keys` })).toEqual([
      `${serverPath}.metadata.jwkUri is not a registered member. If you mean jwksUri, correct it; else nothing needs to be done.`,
    ]);
  });

  test.each(['jwks_uri', 'jwksURI', 'JwksUri'])(
    '%s differs from a registered member in its case only, so it is refused',
    (name) => {
      expect(configError(() => warningsOf({ [name]: `${issuer}/keys` }))).toMatchObject({
        code: 'unknown_option',
        path: `${serverPath}.metadata.${name}`,
        message: expect.stringContaining('Did you mean jwksUri?'),
      });
    },
  );

  test('of a document that is fetched such a member is left out, and what is left can be handed back in', async () => {
    const document = { issuer, jwks_uri: `${issuer}/keys`, jwksURI: 'https://evil.example/keys', vendor: 1 };
    const fetched = await fetchServerConfig(issuer, {
      fetch: () => Promise.resolve(Response.json(document)),
    });
    expect(fetched.metadata).toEqual({ issuer, jwksUri: `${issuer}/keys`, vendor: 1 });
    expect(() => withServer(fetched)).not.toThrow();
  });

  test.each<[members: Written]>([
    [{ resourceName: 'Notes', 'resourceName#ja': 'ノート' }],
    [{ 'resource_name#ja': 'ノート' }],
    [{ example_extension: { a: 1 }, 'https://example.com/ext': true }],
  ])('the metadata of a resource takes registered and extension members: %j', (members) => {
    expect(() => withMetadata(members)).not.toThrow();
  });

  test.each(['scopes_supported', 'scopeSupported', 'exampleExtension', 'ResourceName'])(
    '%s is neither',
    (name) => {
      expect(configError(() => withMetadata({ [name]: ['a'] }))).toMatchObject({
        code: 'unknown_option',
        path: `protectedResources.metadata.${name}`,
      });
    },
  );
});
