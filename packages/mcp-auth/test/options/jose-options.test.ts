import { readFileSync } from 'node:fs';
import {
  createLocalJWKSet,
  customFetch,
  jwksCache,
  type JWTVerifyOptions,
  type RemoteJWKSetOptions,
} from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as ours from '../../src/index.js';
import { jwtVerifyTreatments } from '../../src/options/jwt-verify.js';
import { remoteJwkSetTreatments } from '../../src/options/remote-jwk-set.js';
import { sendJson } from '../support/issuer.js';
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

const seconds = () => Math.floor(Date.now() / 1000);
const route = (remoteJwkSet: RemoteJWKSetOptions) =>
  world.protect().bearerAuth('jwt', { resource, audience: resource, remoteJwkSet });

/** For each option of jose, a value with which jose refuses a token that is good otherwise. */
const strict: Record<keyof JWTVerifyOptions, { option: JWTVerifyOptions; claims?: object }> = {
  algorithms: { option: { algorithms: ['RS256'] } },
  audience: { option: { audience: foreign } },
  clockTolerance: { option: { clockTolerance: 0 }, claims: { exp: seconds() - 2 } },
  crit: { option: { crit: { b64: true } } },
  currentDate: { option: { currentDate: new Date((seconds() + 3600) * 1000) } },
  issuer: { option: { issuer: foreign } },
  maxTokenAge: { option: { maxTokenAge: '1 minute' }, claims: { iat: seconds() - 120 } },
  requiredClaims: { option: { requiredClaims: ['jti'] } },
  subject: { option: { subject: 'user-2' } },
  typ: { option: { typ: 'at+jwt' } },
};

describe('[contract row 15] no option of jose is passed over where it would have refused a token', () => {
  test.each(Object.entries(strict))('%s, on a route for JWTs', async (_name, { option, claims }) => {
    const create = () => world.protect().bearerAuth('jwt', { resource, jwtVerify: option });
    const token = await world.issuer.sign({ aud: resource, ...claims });
    const status = await Promise.resolve()
      .then(create)
      .then(
        async (middleware) => (await world.guard(middleware)).status(token),
        (error: unknown) => (error instanceof ours.MCPAuthAuthServerError ? 'an error at start' : error),
      );
    expect([401, 'an error at start']).toContain(status);
  });

  // A token without extensions is none that crit is about
  const checkedByJose = Object.entries(strict).filter(([name]) => name !== 'crit');

  test.each(checkedByJose)('%s, in createVerifyJwt', async (_name, { option, claims }) => {
    const verify = ours.createVerifyJwt(createLocalJWKSet(world.issuer.keySet), option);
    const app = await world.guard(world.protect().bearerAuth(verify, { resource, audience: resource }));
    expect(await app.status(await world.issuer.sign({ aud: resource, ...claims }))).toBe(401);
  });
});

describe('[contract row 15] the options of jose for key sets', () => {
  const seen: Record<keyof RemoteJWKSetOptions, () => Promise<unknown>> = {
    cacheMaxAge: async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      const app = await world.guard(route({ cacheMaxAge: 2000 }));
      await app.status(await world.issuer.sign({ aud: resource, exp: seconds() + 600 }));
      vi.setSystemTime(Date.now() + 60_000);
      await app.status(await world.issuer.sign({ aud: resource, jti: '2', exp: seconds() + 600 }));
      vi.useRealTimers();
      await vi.waitFor(() =>
        expect(world.issuer.requests.filter((path) => path === '/keys')).toHaveLength(2),
      );
      return 'fetched again';
    },
    cooldownDuration: async () => {
      const app = await world.guard(route({ cooldownDuration: 0 }));
      for (const kid of ['a', 'b', 'c', 'd'])
        await app.status(await world.issuer.sign({ aud: resource }, { kid }));
      return world.issuer.requests.filter((path) => path === '/keys').length;
    },
    headers: async () => {
      const app = await world.guard(route({ headers: { 'X-API-Key': 'k' } }));
      await app.status(await world.issuer.sign({ aud: resource }));
      return world.issuer.lastKeyHeaders['x-api-key'];
    },
    timeoutDuration: async () => {
      world.issuer.answers.set('/keys', () => undefined);
      const app = await world.guard(route({ timeoutDuration: 50 }));
      return app.status(await world.issuer.sign({ aud: resource }));
    },
    [customFetch]: async () => {
      const nobody = (url: string) =>
        Promise.resolve(Response.json(url.endsWith('/keys') ? { keys: [] } : world.issuer.metadata));
      const app = await world.guard(route({ [customFetch]: nobody }));
      return app.status(await world.issuer.sign({ aud: resource }));
    },
    [jwksCache]: async () => {
      const published = world.issuer.keySet;
      world.issuer.answers.set('/keys', (_request, response) =>
        sendJson(response, { keys: [published.keys[1]] }),
      );
      const cache = { jwks: published, uat: Date.now() };
      const app = await world.guard(route({ [jwksCache]: cache }));
      // A key that was withdrawn since, and lives on in the cache
      const withdrawn = await app.status(await world.issuer.sign({ aud: resource }));
      return [withdrawn, await app.status(await world.issuer.sign({ aud: resource }, { alg: 'RS256' }))];
    },
  };

  test.each([
    ['cacheMaxAge', 'fetched again'],
    ['cooldownDuration', 2],
    ['headers', 'k'],
    ['timeoutDuration', 503],
  ] as const)('%s', async (name, expected) => {
    expect(await seen[name]()).toBe(expected);
  });

  test('customFetch', async () => expect(await seen[customFetch]()).toBe(503));

  test('jwksCache has no effect: what it holds is not believed, and that is said once at start', async () => {
    expect(await seen[jwksCache]()).toEqual([401, 200]);
    const said = vi.mocked(console.warn).mock.calls.map(([text]) => String(text));
    expect(said.filter((text) => text.includes('jwksCache'))).toHaveLength(1);
  });

  test('jwksCache is said to a listener of your own, also one that fails', () => {
    const onEvent = vi.fn(() => {
      throw new Error('a listener that fails');
    });
    const metadata = { resource, authorizationServers: [world.server] };
    const mcpAuth = new ours.MCPAuth({ protectedResources: { metadata }, onEvent });
    mcpAuth.bearerAuth('jwt', { resource, remoteJwkSet: { [jwksCache]: {} } });
    expect(onEvent.mock.calls).toMatchObject([
      [{ type: 'warning', message: expect.stringContaining('jwksCache') }],
    ]);
  });
});

describe('[contract row 15] the upgrade page', () => {
  const page = readFileSync(
    new URL('../../../../docs/upgrade/from-mcp-auth-0.2.md', import.meta.url),
    'utf8',
  );
  const [, section = ''] = /\{#jose-options\}\n([\s\S]*?)\n### /.exec(page) ?? [];

  test('says of every option of jose what becomes of it', () => {
    const listed = [...section.matchAll(/^\| `(?:\[)?(\w+)\]?` +\| `(\w+)` +\| (\w+):?/gm)].map(
      ([, name, group, treatment]) => [group, name, treatment],
    );
    const named = {
      customFetch: remoteJwkSetTreatments[customFetch],
      jwksCache: remoteJwkSetTreatments[jwksCache],
    };
    const rows = (group: string, table: object) =>
      Object.entries(table).map(([name, treatment]) => [group, name, treatment as string]);
    const all = [
      ...rows('jwtVerify', jwtVerifyTreatments),
      ...rows('remoteJwkSet', remoteJwkSetTreatments),
      ...rows('remoteJwkSet', named),
    ];
    expect(listed.sort()).toEqual(all.sort());
  });
});
