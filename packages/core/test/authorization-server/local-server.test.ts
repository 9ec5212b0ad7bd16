import { validateAuthorizationServerMetadata, validateProtectedResourceMetadata } from '@mcp-auth/schemas';
import { calculateJwkThumbprint, createLocalJWKSet, exportPKCS8, exportSPKI, type JSONWebKeySet } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LocalAuthServerConfig } from '../../src/config/authorization-server.js';
import type { MCPAuthConfig } from '../../src/config/mcp-auth.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { createClock } from '../support/clock.js';
import { configError } from '../support/config-error.js';
import { createHead, headWith } from '../support/head.js';
import { createKey, signRaw, type SigningKey } from '../support/keys.js';
import { statusOf } from '../support/protect.js';

const origin = 'https://api.example.com';
const metadataTarget = '/.well-known/oauth-authorization-server';
const keysTarget = '/.well-known/jwks.json';

let key: SigningKey;
let other: SigningKey;
beforeAll(async () => {
  key = await createKey({ kid: 'k1', published: { use: undefined, alg: undefined } });
  other = await createKey({ kid: 'k2', alg: 'RS256' });
});

const withoutId = ({ publicJwk }: SigningKey) =>
  Object.fromEntries(Object.entries(publicJwk).filter(([member]) => member !== 'kid'));
const local = (change: Partial<LocalAuthServerConfig> = {}): LocalAuthServerConfig => ({
  metadata: { issuer: origin },
  jwks: [key.publicJwk],
  publish: true,
  ...change,
});
const config = (...servers: readonly unknown[]) =>
  ({
    protectedResources: servers.map((server, index) => ({
      metadata: { resource: index === 0 ? origin : `${origin}/${index}`, authorizationServers: [server] },
    })),
    onEvent: () => undefined,
    now: createClock().now,
  }) as MCPAuthConfig;
const create = (...servers: readonly unknown[]) => new ResourceServer(config(...servers));

async function read(server: ResourceServer, target: string, host = 'api.example.com') {
  const answer = await server.metadataEndpoint.answer(createHead({ method: 'GET', target, host }));
  return answer && (JSON.parse(answer.body ?? '') as Record<string, unknown>);
}
const readKeys = async (server: ResourceServer, target = keysTarget) =>
  (await read(server, target))?.keys as readonly Record<string, unknown>[];

describe('[contract article 2] nothing is published that must not be', () => {
  test('[RFC8725-3.1-01] a private key, as JWK or PEM, is named and refused at construction', async () => {
    const pem = await exportPKCS8(key.privateKey);
    for (const entry of [{ ...key.publicJwk, d: 'c2VjcmV0' }, { pem, alg: 'ES256' }, { pem }, pem]) {
      const problem = configError(() => create(local({ jwks: [entry] as never })));
      expect(problem).toMatchObject({ code: 'private_key' });
      expect(problem.path).toBe('protectedResources[0].metadata.authorizationServers[0].jwks[0]');
      expect(problem.message).not.toMatch(/c2VjcmV0|BEGIN/);
    }
  });

  test('[RFC8725-3.1-01] members beside the public ones stay here', async () => {
    const jwk = { ...key.publicJwk, comment: 'internal', x5c: ['AAAA'], key_ops: ['verify'] };
    const [published] = await readKeys(create(local({ jwks: [jwk] })));
    expect(Object.keys(published ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });

  test('without publish there is no document', async () => {
    const server = create({ metadata: { issuer: origin }, jwks: [key.publicJwk] });
    expect([await read(server, metadataTarget), await read(server, keysTarget)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('a PEM that is none is a fault of this process, not an empty key set', async () => {
    const pem = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----';
    const server = create(local({ jwks: [{ pem, alg: 'ES256' }] }));
    await expect(readKeys(server)).rejects.toMatchObject({ code: 'invalid_keys' });
  });
});

describe('[contract article 5] what publish asks for is checked at construction', () => {
  const path = 'protectedResources[0].metadata.authorizationServers[0]';
  test.each([
    [{ publish: 'yes' }, 'invalid_option', 'publish'],
    [{ jwks: undefined }, 'invalid_option', 'publish'],
    [{ metadata: undefined, issuer: origin }, 'invalid_option', 'publish'],
    [{ metadata: { issuer: 'https://elsewhere.example' } }, 'invalid_metadata', 'metadata.issuer'],
    [{ metadata: { issuer: origin, jwksUri: `${origin}/keys` } }, 'invalid_metadata', 'metadata.jwksUri'],
    [{ metadata: { issuer: origin, jwks_uri: `${origin}/keys` } }, 'unknown_option', 'metadata.jwks_uri'],
  ])('[RFC8414-3.3-01] %j', (change, code, member) => {
    expect(configError(() => create({ ...local(), ...change }))).toMatchObject({
      code,
      path: `${path}.${member}`,
    });
  });

  test('[RFC9068-4-03] two servers in one place with different documents', () => {
    const change = { jwks: [other.publicJwk as Record<string, unknown>] };
    expect(configError(() => create(local(), local(change)))).toMatchObject({
      code: 'duplicate_authorization_server',
      path: 'protectedResources[1].metadata.authorizationServers[0].publish',
    });
  });

  test('one server that two resources trust is published once, whatever else they say about it', async () => {
    const server = create(local(), local({ dangerouslyAcceptAnyAudience: true }));
    expect(server.metadataEndpoint.paths).toEqual([
      '/.well-known/oauth-protected-resource',
      '/.well-known/oauth-protected-resource/1',
      metadataTarget,
      keysTarget,
    ]);
    expect(await readKeys(server)).toHaveLength(1);
  });
});

describe('[contract article 2] the key set', () => {
  test('a JWK gets what it lacks: use, the algorithm of its curve, and its thumbprint as identifier (RFC 7638)', async () => {
    const anonymous = withoutId(key);
    const [published] = await readKeys(create(local({ jwks: [anonymous] })));
    expect(published).toEqual({
      ...anonymous,
      use: 'sig',
      alg: 'ES256',
      kid: await calculateJwkThumbprint(key.publicJwk),
    });
  });

  test('a PEM becomes the same key; several keep their identifiers', async () => {
    const jwks = [
      { pem: await exportSPKI(key.publicKey), alg: 'ES256' },
      { pem: await exportSPKI(other.publicKey), alg: 'RS256', kid: 'mine' },
    ];
    const keys = await readKeys(create(local({ jwks })));
    expect(keys.map(({ kid, alg, use }) => [kid, alg, use])).toEqual([
      [await calculateJwkThumbprint(key.publicJwk), 'ES256', 'sig'],
      ['mine', 'RS256', 'sig'],
    ]);
    expect(() => createLocalJWKSet({ keys } as JSONWebKeySet)).not.toThrow();
  });

  test('[RFC9068-4-03] a token that names the published identifier is verified, and one that names another is not', async () => {
    const anonymous = withoutId(key);
    const server = create(local({ jwks: [anonymous] }));
    const gate = server.createGate('jwt', { resource: origin });
    const seconds = createClock().seconds();
    const claims = { iss: origin, aud: origin, sub: 'u', iat: seconds, exp: seconds + 60 };
    const [published] = await readKeys(server);
    expect(published?.kid).toBeTypeOf('string');
    const ask = async (kid: unknown) =>
      statusOf(await gate.authenticate(headWith(`Bearer ${await signRaw(key, claims, { kid })}`)));
    expect([await ask('another'), await ask(published?.kid), await ask(undefined)]).toEqual([401, 200, 200]);
  });
});

describe('[contract article 6] the standards that the documents of one process meet', () => {
  test('[RFC9728-3.2-01][RFC8414-3.2-01] each is valid by its own: RFC 9728, RFC 8414, RFC 7517', async () => {
    const server = create(local());
    const documents = await Promise.all(
      ['/.well-known/oauth-protected-resource', metadataTarget, keysTarget].map((target) =>
        read(server, target),
      ),
    );
    expect(validateProtectedResourceMetadata(documents[0])).toEqual([]);
    expect(validateAuthorizationServerMetadata(documents[1])).toEqual([]);
    expect(() => createLocalJWKSet(documents[2] as unknown as JSONWebKeySet)).not.toThrow();
    expect(documents[0]?.authorization_servers).toEqual([documents[1]?.issuer]);
  });

  test('[RFC8707-2.2-01][RFC6750-3.1-03] a token is for the resource it was asked for, with scopes as RFC 6749 writes them', async () => {
    const gate = create(local()).createGate('jwt', { resource: origin, requiredScopes: ['a', 'b'] });
    const seconds = createClock().seconds();
    const ask = async (aud: string, scope: string) => {
      const token = await signRaw(key, { iss: origin, aud, scope, iat: seconds, exp: seconds + 60 });
      return statusOf(await gate.authenticate(headWith(`Bearer ${token}`)));
    };
    expect([
      await ask('https://other.example', 'a b'),
      await ask(origin, 'a'),
      await ask(origin, 'b a'),
    ]).toEqual([401, 403, 200]);
  });
});

describe('[contract article 5] the metadata of the local server', () => {
  test('[RFC8414-2-02] is valid with nothing but an issuer, and says where the keys are', async () => {
    const document = await read(create(local()), metadataTarget);
    expect(document).toEqual({
      issuer: origin,
      response_types_supported: ['code'],
      jwks_uri: `${origin}${keysTarget}`,
    });
    expect(validateAuthorizationServerMetadata(document)).toEqual([]);
  });

  test('publishes endpoints where they are given', async () => {
    const metadata = {
      issuer: origin,
      authorizationEndpoint: `${origin}/authorize`,
      tokenEndpoint: `${origin}/token`,
      responseTypesSupported: ['code', 'none'],
      codeChallengeMethodsSupported: ['S256'],
    };
    expect(await read(create(local({ metadata })), metadataTarget)).toEqual({
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      response_types_supported: ['code', 'none'],
      code_challenge_methods_supported: ['S256'],
      jwks_uri: `${origin}${keysTarget}`,
    });
  });

  test('[RFC8414-3.1-01] an issuer with a path has its documents behind that path, apart from another’s', async () => {
    const jwks = [other.publicJwk as Record<string, unknown>];
    const server = create(local(), local({ metadata: { issuer: `${origin}/tenant` }, jwks }));
    expect(await read(server, `${metadataTarget}/tenant`)).toMatchObject({
      issuer: `${origin}/tenant`,
      jwks_uri: `${origin}${keysTarget}/tenant`,
    });
    expect((await readKeys(server)).map(({ kid }) => kid)).toEqual(['k1']);
    expect((await readKeys(server, `${keysTarget}/tenant`)).map(({ kid }) => kid)).toEqual(['k2']);
  });
});
