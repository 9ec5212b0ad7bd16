import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as ours from '../../src/index.js';
import { findNearest } from '../../src/options/find-nearest.js';
import { foreign, resource, World } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await World.start(ours);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.close();
});

const message = (run: () => unknown): string => {
  try {
    run();
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
};
const route = (options: object) => () =>
  world.protect().bearerAuth('jwt', { resource, audience: resource, ...options });

describe('[contract row 15] an option that is not known', () => {
  const link =
    'See https://github.com/mcp-auth/mcp-auth/blob/main/docs/upgrade/from-mcp-auth-0.2.md#unknown-options';

  test('is named with its path, the option that was meant, and where to read more', () => {
    expect(message(route({ requiredScope: ['read'] }))).toBe(
      `requiredScope: is not an option. Did you mean requiredScopes? ${link}`,
    );
    expect(message(route({ remoteJwtSet: {} }))).toContain('Did you mean remoteJwkSet?');
    const server = { ...world.server, tokenIssuer: foreign };
    expect(message(() => world.protect(resource, [server]))).toContain(
      'protectedResources.metadata.authorizationServers[0].tokenIssuer: is not an option. Did you mean tokenIssuers?',
    );
    expect(message(route({ jwtVerify: { leeway: 5 } }))).toContain(
      'jwtVerify.leeway: is not an option. Options are algorithms, audience, clockTolerance,',
    );
  });

  test('that belongs elsewhere is said to', () => {
    const verify = () => Promise.reject(new Error('never asked'));
    expect(
      message(() =>
        world.protect().bearerAuth(verify, { resource, jwtVerify: { audience: foreign } } as never),
      ),
    ).toMatch(/^jwtVerify: has no effect where a function verifies the tokens\./);
    expect(message(route({ lifetimeWithoutExpirySeconds: 60 }))).toMatch(
      /^lifetimeWithoutExpirySeconds: is for tokens that a function/,
    );
  });

  test('by a symbol is told from those of jose, whose values are not repeated', () => {
    const said = message(route({ remoteJwkSet: { [Symbol('other')]: 'secret' } }));
    expect(said).toContain('remoteJwkSet[Symbol(other)]: is neither customFetch nor jwksCache of the jose');
    expect(said).not.toContain('secret');
  });

  test('is an error wherever somebody writes options, before anything is fetched', async () => {
    const { issuer } = world.issuer;
    await expect(
      ours.fetchServerConfig(issuer, { type: 'oauth', timeout: 1 } as never),
    ).rejects.toMatchObject({
      name: 'MCPAuthConfigError',
      code: 'unknown_option',
    });
    expect(world.issuer.requests).toEqual([]);
  });

  test('thrown inside of a verifier is a fault of the application, and no outage', async () => {
    const verify = async () => {
      await ours.fetchServerConfig(world.issuer.issuer, { type: 'oauth', timeout: 1 } as never);
      throw new Error('unreachable');
    };
    const app = await world.guard(world.protect().bearerAuth(verify, { resource }));
    expect(await app.status('opaque')).toBe(500);
  });

  test.each([undefined, null, 'jwt', 5, []])('is looked for in options only, and %j are none', (options) => {
    const construct = () => new ours.MCPAuth(options as never);
    expect(construct).toThrow(ours.MCPAuthConfigError);
  });

  test('is suggested only where it is near', () => {
    const known = ['audience', 'requiredScopes', 'resource'];
    expect(
      ['audiences', 'Resource', 'requiredScope', 'scopes', 'x'].map((name) => findNearest(name, known)),
    ).toEqual(['audience', 'resource', 'requiredScopes', undefined, undefined]);
  });
});

describe('[contract row 15] options that contradict each other', () => {
  test.each([
    [{ issuer: foreign }, 'issuer: is not metadata.issuer'],
    [{ transpileData: () => ({}) }, 'transpileData: has no effect on metadata that is given'],
  ])('beside metadata: %j', (more, said) => {
    const server = { type: 'oauth' as const, metadata: world.issuer.byHand, ...more };
    expect(message(() => world.protect(resource, [server as never]))).toContain(said);
  });

  test('a header that cannot be sent is refused without its value, which may be a secret', () => {
    const said = message(route({ remoteJwkSet: { headers: { 'x-api-key': 'a secret\nof mine' } } }));
    expect(said).toContain('remoteJwkSet.headers: must be names and values of HTTP headers');
    expect(said).not.toContain('secret');
  });
});
