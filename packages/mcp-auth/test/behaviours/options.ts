import { customFetch, type JWTVerifyOptions } from 'jose';
import { bearer } from '../../../core/test/support/raw-request.js';
import type { TokenOptions } from '../support/issuer.js';
import { atThisTime, fromNow } from '../support/from-now.js';
import { changed, same, type Row } from '../support/row.js';
import { foreign, outcome, resource, type World } from '../support/world.js';

const invalid = 'MCPAuthAuthServerError invalid_server_config';

/** Statuses of tokens with these claims, on a route with these options of jose. */
const judge =
  (jwtVerify: (world: World) => JWTVerifyOptions, tokens: readonly (readonly [object, TokenOptions?])[]) =>
  async (world: World) => {
    const route = { resource, audience: resource, jwtVerify: jwtVerify(world) };
    const app = await world.guard(world.protect().bearerAuth('jwt', route));
    return Promise.all(
      tokens.map(async ([claims, options]) =>
        app.status(await world.issuer.sign({ aud: resource, ...atThisTime(claims) }, options)),
      ),
    );
  };

const make = (route: object) => (world: World) =>
  outcome(() => world.protect().bearerAuth('jwt', { resource, audience: resource, ...route }));

const body = async (world: World, route: object, claims: Record<string, unknown>) => {
  const app = await world.guard(
    world.protect().bearerAuth('jwt', { resource, audience: resource, ...route }),
  );
  const { body: text } = await app.get('/notes', { headers: bearer(await world.issuer.sign(claims)) });
  const { cause, ...members } = JSON.parse(text) as { cause?: object; error_description?: string };
  delete members.error_description;
  return cause === undefined ? members : { ...members, names: Object.keys(cause) };
};

export const options: readonly Row[] = [
  same(
    'clockTolerance',
    judge(() => ({ clockTolerance: '1 minute' }), [[{ exp: fromNow(-30) }], [{ exp: fromNow(-120) }]]),
    [200, 401],
  ),
  changed(
    'clockTolerance of an hour',
    'clock',
    judge(() => ({ clockTolerance: 3600 }), [[{ exp: fromNow(-200) }], [{ exp: fromNow(-1800) }]]),
    [
      [200, 200],
      [200, 401],
    ],
  ),
  same(
    'maxTokenAge',
    judge(() => ({ maxTokenAge: '10m' }), [[{}], [{ iat: fromNow(-1200) }]]),
    [200, 401],
  ),
  same(
    'requiredClaims',
    judge(() => ({ requiredClaims: ['jti'] }), [[{}], [{ jti: '1' }]]),
    [401, 200],
  ),
  same(
    'subject',
    judge(() => ({ subject: 'user-1' }), [[{}], [{ sub: 'user-2' }]]),
    [200, 401],
  ),
  same(
    'typ',
    judge(() => ({ typ: 'at+jwt' }), [[{}], [{}, { typ: 'at+jwt' }]]),
    [401, 200],
  ),
  same(
    'algorithms',
    judge(
      () => ({ algorithms: ['ES256'] }),
      [
        [{}, { alg: 'RS256' }],
        [{}, { alg: 'ES256' }],
      ],
    ),
    [401, 200],
  ),
  same(
    'currentDate',
    judge(() => ({ currentDate: new Date(0) }), [[{ iat: 0, exp: 300 }], [{ iat: 0, nbf: 600, exp: 900 }]]),
    [200, 401],
  ),
  same(
    'issuer',
    judge(({ issuer }) => ({ issuer: [issuer.issuer, foreign] }), [[{}], [{ iss: 'https://evil.example' }]]),
    [200, 401],
  ),
  same(
    'issuer, where it leaves out one of two servers',
    async (world) => {
      const second = await world.startIssuer();
      const mcpAuth = world.protect(resource, [world.server, { issuer: second.issuer, type: 'oauth' }]);
      const route = { resource, audience: resource, jwtVerify: { issuer: second.issuer } };
      const app = await world.guard(mcpAuth.bearerAuth('jwt', route));
      const both = [world.issuer, second].map(async (issuer) =>
        app.status(await issuer.sign({ aud: resource })),
      );
      return Promise.all(both);
    },
    [401, 200],
  ),
  changed('issuer, where it names no server', 'jose-options', make({ jwtVerify: { issuer: foreign } }), [
    'done',
    invalid,
  ]),
  same(
    'audience for jose, in place of the route’s',
    async (world) => {
      const route = { resource, jwtVerify: { audience: [foreign] } };
      const app = await world.guard(world.protect().bearerAuth('jwt', route));
      return Promise.all([foreign, 'x'].map(async (aud) => app.status(await world.issuer.sign({ aud }))));
    },
    [200, 401],
  ),
  same(
    'audience for jose beside the route’s',
    judge(() => ({ audience: [resource, foreign] }), [[{}]]),
    [200],
  ),
  changed(
    'audience for jose against the route’s',
    'jose-options',
    make({ jwtVerify: { audience: foreign } }),
    ['done', invalid],
  ),
  changed(
    'an algorithm with a shared secret',
    'jose-options',
    make({ jwtVerify: { algorithms: ['HS256'] } }),
    ['done', invalid],
  ),
  changed('critical extensions', 'jose-options', make({ jwtVerify: { crit: { b64: true } } }), [
    'done',
    invalid,
  ]),
  same(
    'fields of requests for keys',
    async (world) => {
      const route = { resource, audience: resource, remoteJwkSet: { headers: { 'x-api-key': 'k' } } };
      const app = await world.guard(world.protect().bearerAuth('jwt', route));
      await app.call(await world.issuer.sign({ aud: resource }));
      return world.issuer.lastKeyHeaders['x-api-key'];
    },
    'k',
  ),
  same(
    'a fetch of your own',
    async (world) => {
      const urls: string[] = [];
      const fetchKeys = (url: string, init: RequestInit) => {
        urls.push(url);
        return fetch(url, init);
      };
      const remoteJwkSet = { [customFetch]: fetchKeys as never };
      const app = await world.guard(
        world.protect().bearerAuth('jwt', { resource, audience: resource, remoteJwkSet }),
      );
      const status = await app.status(await world.issuer.sign({ aud: resource }));
      return [status, urls.includes(`${world.issuer.issuer}/keys`)];
    },
    [200, true],
  ),
  same(
    'ages of keys as jose takes them',
    make({ remoteJwkSet: { cacheMaxAge: Infinity, cooldownDuration: 0, timeoutDuration: 1000 } }),
    'done',
  ),
  same(
    'keys are fetched once',
    async (world) => {
      const app = await world.guard(world.protect().bearerAuth('jwt', { resource, audience: resource }));
      for (let index = 0; index < 3; index++)
        await app.call(await world.issuer.sign({ aud: resource, jti: `${index}` }));
      return world.issuer.requests.filter((path) => path === '/keys').length;
    },
    1,
  ),
  changed('what a client is told', 'wire-codes', (world) => body(world, {}, { aud: foreign }), [
    { error: 'invalid_audience' },
    { error: 'invalid_token' },
  ]),
  changed(
    'what a client is told with showErrorDetails',
    'error-details',
    (world) => body(world, { showErrorDetails: true }, { aud: foreign }),
    [
      { error: 'invalid_audience', names: ['expected', 'actual'] },
      { error: 'invalid_token', code: 'invalid_audience' },
    ],
  ),
  changed(
    'what a client with a token of another issuer is told with showErrorDetails',
    'error-details',
    (world) => body(world, { showErrorDetails: true }, { iss: foreign }),
    [
      { error: 'invalid_issuer', names: ['expected', 'actual'] },
      { error: 'invalid_token', code: 'invalid_issuer' },
    ],
  ),
  changed(
    'what a client that lacks scopes is told',
    'wire-codes',
    (world) => body(world, { requiredScopes: ['read', 'admin'] }, { aud: resource }),
    [
      { error: 'missing_required_scopes', missing_scopes: ['admin'] },
      { error: 'insufficient_scope', scope: 'read admin' },
    ],
  ),
];
