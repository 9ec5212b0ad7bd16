import { inspect } from 'node:util';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { AuthServerConfig } from '../../src/config/authorization-server.js';
import type {
  IntrospectionClientAuthentication,
  IntrospectionConfig,
} from '../../src/config/introspection.js';
import { configError } from '../support/config-error.js';
import { resource } from '../support/protect.js';
import { authentication, secret } from './support.js';

const issuer = 'https://as.example.com';
const where = 'protectedResources.metadata.authorizationServers';

const create = (...servers: readonly unknown[]) =>
  new ResourceServer({
    protectedResources: {
      metadata: { resource, authorizationServers: servers as readonly AuthServerConfig[] },
    },
    onEvent: () => undefined,
  });
const withIntrospection = (introspection: unknown) => () => create({ issuer, introspection });
/** With a secret where the method has one, and with no member that it does not know. */
const withAuthentication = (changes: object) => {
  const { method } = changes as { readonly method?: unknown };
  const { clientSecret, ...others } = authentication;
  const isSecret = method === undefined || (typeof method === 'string' && method.startsWith('client_secret'));
  return withIntrospection({
    clientAuthentication: { ...others, ...(isSecret ? { clientSecret } : undefined), ...changes },
  });
};

describe('[RFC7662-2.1-02] a configuration that cannot ask is refused at construction', () => {
  test.each([null, 'x', 5, true])('introspection: %j', (introspection) => {
    expect(configError(withIntrospection(introspection))).toMatchObject({
      code: 'invalid_option',
      path: `${where}[0].introspection`,
    });
  });

  test.each([undefined, null, 'basic', 5])('clientAuthentication: %j', (clientAuthentication) => {
    expect(configError(withIntrospection({ clientAuthentication }))).toMatchObject({
      code: 'invalid_option',
      path: `${where}[0].introspection.clientAuthentication`,
    });
  });

  test.each([
    [{ method: 'none' }, 'method'],
    [{ method: undefined }, 'method'],
    [{ clientId: '' }, 'clientId'],
    [{ clientId: 5 }, 'clientId'],
    [{ clientSecret: undefined }, 'clientSecret'],
    [{ clientSecret: '' }, 'clientSecret'],
    [{ method: 'client_secret_post', clientSecret: 5 }, 'clientSecret'],
    [{ method: 'bearer', clientId: undefined }, 'token'],
    [{ method: 'bearer', token: '' }, 'token'],
    [{ method: 'bearer', token: 'x', clientId: '' }, 'clientId'],
    [{ method: 'bearer', clientId: undefined, token: 'line-break\n' }, 'token'],
    [{ method: 'bearer', clientId: undefined, token: 'Bearer x' }, 'token'],
    [{ clientSecret: 'line-break\n' }, 'clientSecret'],
    [{ method: 'client_secret_post', clientId: 'rs\r\n' }, 'clientId'],
    [{ method: 'private_key_jwt' }, 'key'],
    [{ method: 'private_key_jwt', key: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }, 'key'],
    [{ method: 'private_key_jwt', key: '-----BEGIN PUBLIC KEY-----' }, 'key'],
    [{ method: 'private_key_jwt', key: '-----BEGIN RSA PRIVATE KEY-----', alg: 'RS256' }, 'key'],
    [{ method: 'private_key_jwt', key: '-----BEGIN ENCRYPTED PRIVATE KEY-----', alg: 'RS256' }, 'key'],
    [{ method: 'private_key_jwt', key: { type: 'public', usages: ['verify'] }, alg: 'ES256' }, 'key'],
    [{ method: 'private_key_jwt', key: { type: 'private', usages: [] }, alg: 'ES256' }, 'key'],
    [{ method: 'private_key_jwt', key: '-----BEGIN PRIVATE KEY-----\\nMIG', alg: 'ES256' }, 'key'],
    [{ method: 'private_key_jwt', key: '-----BEGIN PRIVATE KEY-----' }, 'alg'],
    [{ method: 'private_key_jwt', key: '-----BEGIN PRIVATE KEY-----', alg: 'HS256' }, 'alg'],
    [{ method: 'private_key_jwt', key: { kty: 'RSA', d: 'd' } }, 'alg'],
    [{ method: 'private_key_jwt', key: { kty: 'RSA', d: 'd', alg: 'RS256' }, kid: 5 }, 'kid'],
    [{ method: 'private_key_jwt', key: { kty: 'RSA', d: 'd', alg: 'RS256' }, audience: '' }, 'audience'],
  ])('clientAuthentication %j', (changes, name) => {
    expect(configError(withAuthentication(changes)).path).toBe(
      `${where}[0].introspection.clientAuthentication.${name}`,
    );
  });

  test.each([
    [{ endpoint: 'http://as.example.com/introspect' }, 'endpoint'],
    [{ endpoint: '/introspect' }, 'endpoint'],
    [{ endpoint: '' }, 'endpoint'],
    [{ endpoint: new URL('https://as.example.com/introspect') }, 'endpoint'],
    [{ endpoint: 'https://rs:secret@as.example.com/introspect' }, 'endpoint'],
    [{ endpoint: 'https://rs@as.example.com/introspect' }, 'endpoint'],
    [{ signedResponse: null }, 'signedResponse'],
    [{ signedResponse: 'yes' }, 'signedResponse'],
    [{ keepAnswers: null }, 'keepAnswers'],
    [{ keepAnswers: false }, 'keepAnswers'],
    [{ selects: '' }, 'selects'],
    [{ selects: /x/ }, 'selects'],
    [{ timeoutMs: 0 }, 'timeoutMs'],
    [{ maxConcurrentCalls: 0 }, 'maxConcurrentCalls'],
    [{ maxConcurrentCalls: 1.5 }, 'maxConcurrentCalls'],
    [{ keepAnswers: 60 }, 'keepAnswers'],
    [{ keepAnswers: {} }, 'keepAnswers.activeSeconds'],
    [{ keepAnswers: { activeSeconds: 0 } }, 'keepAnswers.activeSeconds'],
    [{ keepAnswers: { activeSeconds: 3601 } }, 'keepAnswers.activeSeconds'],
    [{ keepAnswers: { activeSeconds: NaN } }, 'keepAnswers.activeSeconds'],
    [{ keepAnswers: { activeSeconds: 60, inactiveSeconds: -1 } }, 'keepAnswers.inactiveSeconds'],
    [{ keepAnswers: { activeSeconds: 60, maxEntries: 0 } }, 'keepAnswers.maxEntries'],
    [{ keepAnswers: { activeSeconds: 60, maxBytes: Infinity } }, 'keepAnswers.maxBytes'],
  ])('[RFC7662-4-03] %j', (changes, name) => {
    const problem = configError(withIntrospection({ clientAuthentication: authentication, ...changes }));
    expect(problem).toMatchObject({ code: 'invalid_option', path: `${where}[0].introspection.${name}` });
  });

  test('[RFC9701-5-01] a signed answer that nothing addresses to this resource server', () => {
    const clientAuthentication = { method: 'bearer', token: 'own' };
    expect(configError(withIntrospection({ clientAuthentication, signedResponse: true })).path).toBe(
      `${where}[0].introspection.signedResponse.audience`,
    );
    const signedResponse = { audience: resource };
    expect(withIntrospection({ clientAuthentication, signedResponse })).not.toThrow();
  });

  test('[RFC7662-4-02] answers that processes share, and nothing tells whose they are', () => {
    const answers = { get: () => undefined, set: () => undefined, delete: () => undefined };
    const keepAnswers = { activeSeconds: 60 };
    const bearer = { method: 'bearer', token: 'own' };
    const sharing = (introspection: object) => () =>
      new ResourceServer({
        resource,
        authorizationServers: [{ issuer, introspection } as never],
        stores: { answers, secrets: ['a secret of the stores, 32 bytes or more'] },
        onEvent: () => undefined,
      });
    expect(configError(sharing({ clientAuthentication: bearer, keepAnswers }))).toMatchObject({
      code: 'invalid_option',
      path: 'authorizationServers[0].introspection.clientAuthentication.clientId',
    });
    expect(sharing({ clientAuthentication: { ...bearer, clientId: 'rs' }, keepAnswers })).not.toThrow();
    expect(sharing({ clientAuthentication: bearer })).not.toThrow();
    expect(withIntrospection({ clientAuthentication: bearer, keepAnswers })).not.toThrow();
  });

  test('[RFC7662-4-02] a cache of its own that anybody may have written to', () => {
    const keepAnswers = { activeSeconds: 60, shared: new Map() };
    const problem = configError(withIntrospection({ clientAuthentication: authentication, keepAnswers }));
    expect(problem).toMatchObject({ code: 'unknown_option' });
    expect(problem.message).toContain('stores: { answers, secrets }');
  });

  test('[RFC7662-4-03] metadata given with an endpoint without TLS', () => {
    const metadata = { issuer, introspectionEndpoint: 'http://as.example.com/introspect' };
    const introspection = { clientAuthentication: authentication };
    expect(configError(() => create({ metadata, introspection }))).toMatchObject({
      code: 'invalid_metadata',
      path: `${where}[0].metadata.introspectionEndpoint`,
    });
  });

  test('plain http is allowed on loopback, and elsewhere only by its option', () => {
    const at = (endpoint: string) => ({ clientAuthentication: authentication, endpoint });
    expect(withIntrospection(at('http://127.0.0.1:3000/introspect'))).not.toThrow();
    const introspection = at('http://as.internal/introspect');
    expect(() => create({ issuer, introspection, allowInsecureHttp: true })).not.toThrow();
  });
});

describe('a route that cannot ask is refused when it is made', () => {
  const gate = (servers: readonly unknown[], mode: 'introspection' | 'auto', options: object = {}) =>
    configError(() => create(...servers).createGate(mode, { resource, ...options }));
  const introspection = { clientAuthentication: authentication };

  test.each(['introspection', 'auto'] as const)('no server says how it is asked: %s', (mode) => {
    expect(gate([{ issuer }], mode)).toMatchObject({
      code: 'missing_introspection',
      path: `${where}[0].introspection`,
    });
  });

  test('one of several servers cannot be asked, so that its tokens could not be verified', () => {
    const other = { issuer: 'https://other.example.com' };
    expect(gate([{ issuer, introspection }, other], 'introspection')).toMatchObject({
      code: 'missing_introspection',
      path: `${where}[1].introspection`,
    });
    expect(() => create({ issuer, introspection }, other).createGate('auto', { resource })).not.toThrow();
  });

  test('metadata without an endpoint, and none given', () => {
    const server = { metadata: { issuer, jwksUri: `${issuer}/jwks` }, introspection };
    for (const mode of ['introspection', 'auto'] as const) {
      expect(gate([server], mode)).toMatchObject({
        code: 'missing_introspection_endpoint',
        path: `${where}[0].introspection.endpoint`,
      });
    }
    const endpoint = `${issuer}/introspect`;
    const given = { metadata: { issuer }, introspection: { ...introspection, endpoint } };
    expect(() => create(given).createGate('introspection', { resource })).not.toThrow();
    const named = { metadata: { issuer, introspectionEndpoint: endpoint }, introspection };
    expect(() => create(named).createGate('introspection', { resource })).not.toThrow();
  });

  test('[RFC7662-4-02] several servers of one resource, and nothing says whose a token is', () => {
    const other = 'https://other.example.com';
    const ambiguous = (first: object, second: object) =>
      gate(
        [
          { issuer, introspection: { ...introspection, ...first } },
          { issuer: other, introspection: { ...introspection, ...second } },
        ],
        'introspection',
      );
    expect(ambiguous({}, {})).toMatchObject({
      code: 'ambiguous_introspection',
      path: `${where}[0].introspection.selects`,
    });
    expect(ambiguous({ selects: 'a_' }, {})).toMatchObject({
      code: 'ambiguous_introspection',
      path: `${where}[1].introspection.selects`,
    });
    expect(ambiguous({ selects: 'a_' }, { selects: 'a_b_' })).toMatchObject({
      code: 'ambiguous_introspection',
      path: `${where}[1].introspection.selects`,
    });
  });

  test.each([0, -1, NaN, Infinity, '60', 31_536_001])(
    '[OAUTH21-5-01] lifetimeWithoutExpirySeconds: %j',
    (lifetimeWithoutExpirySeconds) => {
      expect(
        gate([{ issuer, introspection }], 'introspection', { lifetimeWithoutExpirySeconds }),
      ).toMatchObject({
        code: 'invalid_option',
        path: 'lifetimeWithoutExpirySeconds',
      });
    },
  );

  test.each([
    ['introspection', { jwtVerify: {} }, 'jwtVerify'],
    ['introspection', { remoteJwkSet: {} }, 'remoteJwkSet'],
    [() => ({ issuer }), { jwtVerify: {} }, 'jwtVerify'],
    ['jwt', { lifetimeWithoutExpirySeconds: 60 }, 'lifetimeWithoutExpirySeconds'],
  ])('an option that has no meaning with the mode %s: %j', (mode, options, path) => {
    const problem = configError(() =>
      create({ issuer, introspection }).createGate(mode as 'auto', { resource, ...options }),
    );
    expect(problem).toMatchObject({ code: 'unsupported_option', path });
  });
});

test('options that do not go together do not compile', () => {
  const server = create({ issuer, introspection: { clientAuthentication: authentication } });
  const attempts = [
    // @ts-expect-error -- no JWT is verified
    () => server.createGate('introspection', { resource, jwtVerify: {} }),
    // @ts-expect-error -- a JWT states its expiry
    () => server.createGate('jwt', { resource, lifetimeWithoutExpirySeconds: 60 }),
    // @ts-expect-error -- no JWT is verified
    () => server.createGate(() => ({ issuer }), { resource, remoteJwkSet: {} }),
    // @ts-expect-error -- no such mode
    () => server.createGate('opaque', { resource }),
    // @ts-expect-error -- no JWT is verified
    () => server.verifier(resource, { mode: 'introspection', jwtVerify: {} }),
    // @ts-expect-error -- a JWT states its expiry
    () => server.verifier(resource, { lifetimeWithoutExpirySeconds: 60 }),
  ];
  for (const attempt of attempts) expect(attempt).toThrow(MCPAuthConfigError);
  const fine = [
    () =>
      server.createGate('auto', {
        resource,
        jwtVerify: {},
        remoteJwkSet: {},
        lifetimeWithoutExpirySeconds: 60,
      }),
    () => server.createGate('introspection', { resource, lifetimeWithoutExpirySeconds: 60 }),
    () => server.createGate(() => ({ issuer }), { resource, lifetimeWithoutExpirySeconds: 60 }),
    () => server.verifier(resource, { mode: 'introspection', lifetimeWithoutExpirySeconds: 60 }),
    () => server.verifier(resource, { mode: 'auto', jwtVerify: {}, lifetimeWithoutExpirySeconds: 60 }),
  ];
  for (const attempt of fine) expect(attempt).not.toThrow();
  const key = { kty: 'EC', crv: 'P-256', d: 'd' };
  const wrong: IntrospectionClientAuthentication[] = [
    // @ts-expect-error -- a secret is needed
    { method: 'client_secret_basic', clientId: 'rs' },
    // @ts-expect-error -- the method is needed
    { clientId: 'rs', clientSecret: 's' },
    // @ts-expect-error -- nothing is signed with a symmetric algorithm
    { method: 'private_key_jwt', clientId: 'rs', key, alg: 'HS256' },
  ];
  for (const clientAuthentication of wrong) {
    expect(withIntrospection({ clientAuthentication })).toThrow(MCPAuthConfigError);
  }
  const clientAuthentication = { method: 'bearer', token: 'own' } as const;
  const wrongly: IntrospectionConfig[] = [
    // @ts-expect-error -- nobody without credentials may ask
    {},
    // @ts-expect-error -- for how long a revoked token may open the resource is for the operator to say
    { clientAuthentication, keepAnswers: {} },
    // @ts-expect-error -- left out where there is none
    { clientAuthentication, keepAnswers: null },
    // @ts-expect-error -- it says at once
    { clientAuthentication, selects: (token) => Promise.resolve(token === 'a') },
    // @ts-expect-error -- an address is a text
    { clientAuthentication, endpoint: new URL('https://as.example.com/introspect') },
  ];
  expect(wrongly).toHaveLength(5);
});

describe('[MCP-2026-07-28-RS-033] secrets stay inside', () => {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

  test.each([
    { ...authentication, clientId: '' },
    { ...authentication, method: secret },
    { method: 'private_key_jwt', clientId: 'rs', key: { ...jwk, crv: 'other' } },
    { method: 'private_key_jwt', clientId: 'rs', key: `-----BEGIN RSA PRIVATE KEY-----${secret}` },
    { ...authentication, clientSecret: `${secret}\n` },
    { method: 'bearer', token: `${secret}\n` },
  ])('of a configuration error, printed or as JSON', (clientAuthentication) => {
    let caught: unknown;
    try {
      create({ issuer, introspection: { clientAuthentication } });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(MCPAuthConfigError);
    for (const text of [
      inspect(caught, { depth: 10, showHidden: true }),
      JSON.stringify(caught),
      String(caught),
    ]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(jwk.d);
    }
  });

  test('of what is printed of a server', () => {
    const server = create({ issuer, introspection: { clientAuthentication: authentication } });
    const gate = server.createGate('introspection', { resource });
    for (const value of [server, gate, server.metadataEndpoint]) {
      expect(inspect(value, { depth: 10, showHidden: true })).not.toContain(secret);
      expect(JSON.stringify(value)).not.toContain(secret);
    }
  });
});
