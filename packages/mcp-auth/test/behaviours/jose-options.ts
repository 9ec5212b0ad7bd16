import { customFetch, jwksCache, type JWTVerifyOptions, type RemoteJWKSetOptions } from 'jose';
import { atThisTime, fromNow } from '../support/from-now.js';
import { changed, same, type Row } from '../support/row.js';
import { outcome, resource, type World } from '../support/world.js';

const change = 'jose-options';
const nowAnError = ['done', 'MCPAuthAuthServerError invalid_server_config'] as const;

const guard = (world: World, route: object) =>
  world.guard(world.protect().bearerAuth('jwt', { resource, audience: resource, ...route }));

/** Statuses of tokens with these claims. */
const judge = (jwtVerify: JWTVerifyOptions, tokens: readonly object[]) => async (world: World) => {
  const app = await guard(world, { jwtVerify });
  return Promise.all(
    tokens.map(async (claims) =>
      app.status(await world.issuer.sign({ aud: resource, ...atThisTime(claims) })),
    ),
  );
};

const make = (route: object) => (world: World) =>
  outcome(() => world.protect().bearerAuth('jwt', { resource, audience: resource, ...route }));
const makeJwtVerify = (jwtVerify: object) => make({ jwtVerify });
const makeRemoteJwkSet = (remoteJwkSet: object) => make({ remoteJwkSet });

/** How often keys were fetched for a good token, and what it was answered with. */
const fetchKeys = (options: (world: World) => RemoteJWKSetOptions) => async (world: World) => {
  const app = await guard(world, { remoteJwkSet: options(world) });
  const status = await app.status(await world.issuer.sign({ aud: resource }));
  return [status, world.issuer.requests.filter((path) => path === '/keys').length];
};

export const joseOptions: readonly Row[] = [
  changed(
    'clockTolerance of an hour, in words',
    'clock',
    judge({ clockTolerance: '1 hour' }, [{ exp: fromNow(-200) }, { exp: fromNow(-1800) }]),
    [
      [200, 200],
      [200, 401],
    ],
  ),
  same('clockTolerance of nothing', judge({ clockTolerance: 0 }, [{}, { exp: fromNow(-2) }]), [200, 401]),
  same(
    'maxTokenAge in all the words of jose',
    async (world) => {
      const ages = ['1 year', '2 hrs', '1.5 weeks', '30 secs from now', '+ 10 m', 3600];
      return Promise.all(ages.map(async (maxTokenAge) => (await judge({ maxTokenAge }, [{}])(world))[0]));
    },
    [200, 200, 200, 200, 200, 200],
  ),
  ...[-1, Infinity, NaN, '-5s', '5s ago', 'a while', null].map((clockTolerance) =>
    changed(
      `clockTolerance of ${JSON.stringify(String(clockTolerance))}, with which no token passed`,
      change,
      makeJwtVerify({ clockTolerance }),
      nowAnError,
    ),
  ),
  ...[
    { maxTokenAge: 'a while' },
    { requiredClaims: 'jti' },
    { algorithms: [] },
    { algorithms: 'ES256' },
    { issuer: [] },
    { audience: [] },
    { audience: null },
    { currentDate: new Date(NaN) },
    { subject: 1 },
    { typ: 1 },
  ].map((jwtVerify) =>
    changed(
      `${Object.keys(jwtVerify)[0]} that is none, in jwtVerify`,
      change,
      makeJwtVerify(jwtVerify),
      nowAnError,
    ),
  ),
  ...[
    { cacheMaxAge: -1 },
    { cacheMaxAge: NaN },
    { cooldownDuration: '1000' },
    { timeoutDuration: 0 },
    { headers: { 'bad name': 'x' } },
    { [customFetch]: 'fetch' },
  ].map((remoteJwkSet) =>
    changed(
      `${String(Reflect.ownKeys(remoteJwkSet)[0])} of ${String(Object.values(remoteJwkSet)[0])}, in remoteJwkSet`,
      change,
      makeRemoteJwkSet(remoteJwkSet),
      nowAnError,
    ),
  ),
  same('timeoutDuration of ten minutes', makeRemoteJwkSet({ timeoutDuration: 600_000 }), 'done'),
  same(
    'what a fetch of your own is called with',
    async (world) => {
      const seen: unknown[] = [];
      const fetchKeysOnly = (url: string, init: { headers: Headers; method: string; redirect: string }) => {
        if (url.endsWith('/keys')) {
          seen.push(
            init.method,
            init.redirect,
            init.headers instanceof Headers,
            init.headers.get('x-api-key'),
          );
        }
        return fetch(url, init as RequestInit);
      };
      const remoteJwkSet = { headers: { 'X-API-Key': 'k' }, [customFetch]: fetchKeysOnly as never };
      const app = await guard(world, { remoteJwkSet });
      return [await app.status(await world.issuer.sign({ aud: resource })), ...seen];
    },
    [200, 'GET', 'manual', true, 'k'],
  ),
  changed(
    'a cache that has the keys already',
    change,
    fetchKeys(({ issuer }) => ({ [jwksCache]: { jwks: issuer.keySet, uat: Date.now() } })),
    [
      [200, 0],
      [200, 1],
    ],
  ),
  changed(
    'a cache that is to be filled',
    change,
    async (world) => {
      const cache = {};
      await fetchKeys(() => ({ [jwksCache]: cache }))(world);
      return Object.keys(cache);
    },
    [['uat', 'jwks'], []],
  ),
];
