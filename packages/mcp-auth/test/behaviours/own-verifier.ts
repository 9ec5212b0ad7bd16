import type { ErrorRequestHandler } from 'express';
import type { BearerAuthConfig, VerifyAccessTokenFunction } from '../../src/index.js';
import { changed, same, type Row } from '../support/row.js';
import { foreign, outcome, resource, type World } from '../support/world.js';

type Info = Awaited<ReturnType<VerifyAccessTokenFunction>>;
const seconds = () => Math.floor(Date.now() / 1000);

const info = (world: World, change: Partial<Info> = {}): Info => ({
  token: 'opaque',
  issuer: world.issuer.issuer,
  clientId: 'client-1',
  scopes: ['read'],
  subject: 'user-1',
  audience: resource,
  expiresAt: seconds() + 300,
  ...change,
});

type Verify = (world: World, token: string) => Info | Promise<Info>;

const guard = (world: World, verify: Verify, route: object = {}) =>
  world.guard(world.protect().bearerAuth((token) => verify(world, token), { resource, ...route }));

const answer =
  (verify: Verify, route: object = { audience: resource }) =>
  async (world: World) => {
    const { status, error } = await (await guard(world, verify, route)).call('opaque');
    return error === undefined ? status : `${status} ${error}`;
  };

const standalone =
  (config: (world: World) => Partial<BearerAuthConfig>, change: Partial<Info> = {}) =>
  async (world: World) => {
    const verifyAccessToken = () => info(world, change);
    const middleware = world.pkg.handleBearerAuth({
      verifyAccessToken,
      issuer: world.issuer.issuer,
      audience: resource,
      ...config(world),
    });
    const app = await world.guard(middleware);
    const { status, error } = await app.call('opaque');
    return error === undefined ? status : `${status} ${error}`;
  };

function withoutExpiry(answer: Info): Info {
  delete answer.expiresAt;
  return answer;
}

const bad = '401 invalid_token';

export const ownVerifier: readonly Row[] = [
  same(
    'a token it finds genuine',
    answer((world) => info(world)),
    200,
  ),
  same(
    'at once or as a promise',
    answer(async (world) => info(world)),
    200,
  ),
  same(
    'what a handler learns of the caller',
    async (world) => {
      const extra = { tenant: 7 };
      const verify = (of: World) => info(of, { extra, claims: { email: 'u@example.com' } });
      const seen = await (await guard(world, verify, { audience: resource })).json('opaque');
      const { issuer, clientId, scopes, subject, claims } = seen;
      return [issuer === world.issuer.issuer, clientId, scopes, subject, claims, seen.extra];
    },
    [true, 'client-1', ['read'], 'user-1', { email: 'u@example.com' }, { tenant: 7 }],
  ),
  changed(
    'whether request.auth is the object it returned',
    'caller-object',
    async (world) => {
      const returned = info(world);
      let found: unknown;
      const app = await world.serve((server) => {
        const middleware = world.protect().bearerAuth(() => returned, { resource, audience: resource });
        server.get('/notes', middleware, (request, response) => {
          found = request.auth;
          response.end();
        });
      });
      await app.call('opaque');
      return found === returned;
    },
    [true, false],
  ),
  same(
    'invalid_token thrown',
    answer(({ pkg }) => {
      throw new pkg.MCPAuthTokenVerificationError('invalid_token');
    }),
    bad,
  ),
  changed(
    'token_verification_failed thrown',
    'wire-codes',
    answer(({ pkg }) => {
      throw new pkg.MCPAuthTokenVerificationError('token_verification_failed');
    }),
    ['401 token_verification_failed', bad],
  ),
  changed(
    'invalid_issuer thrown',
    'wire-codes',
    answer(({ pkg }) => {
      throw new pkg.MCPAuthBearerAuthError('invalid_issuer');
    }),
    ['401 invalid_issuer', bad],
  ),
  changed(
    'missing_required_scopes thrown',
    'verifier-errors',
    answer(({ pkg }) => {
      throw new pkg.MCPAuthBearerAuthError('missing_required_scopes', { missingScopes: ['admin'] });
    }),
    ['403 missing_required_scopes', bad],
  ),
  changed(
    'a failing authorization server',
    'outage',
    answer(({ pkg }) => {
      throw new pkg.MCPAuthAuthServerError('invalid_server_config');
    }),
    [500, 503],
  ),
  changed(
    'metadata that it could not fetch',
    'outage',
    answer(async ({ pkg, issuer }) => {
      issuer.answers.set('/metadata', (_request, response) => response.writeHead(500).end());
      await pkg.fetchServerConfigByWellKnownUrl(`${issuer.issuer}/metadata`, { type: 'oauth' });
      return undefined as never;
    }),
    [500, 503],
  ),
  changed(
    'who answers for a wrong configuration',
    'verifier-errors',
    async (world) => {
      const verify = () => {
        throw new world.pkg.MCPAuthConfigError('own', 'Own');
      };
      const app = await world.serve((server) => {
        // Express takes what has four parameters for an error handler
        const after: ErrorRequestHandler = (error, _request, response, next) =>
          error === undefined ? next() : void response.sendStatus(418);
        server.use('/notes', world.protect().bearerAuth(verify, { resource }), after);
      });
      return app.status('opaque');
    },
    [500, 418],
  ),
  changed(
    'nobody at all',
    'verifier-errors',
    answer(() => undefined as never),
    [500, bad],
  ),
  same(
    'another token than it was given',
    async (world) => {
      let found: unknown;
      const app = await world.serve((server) => {
        const verify = () => info(world, { token: 'exchanged' });
        const middleware = world.protect().bearerAuth(verify, { resource, audience: resource });
        server.get('/notes', middleware, (request, response) => {
          found = request.auth?.token;
          response.end();
        });
      });
      await app.call('opaque');
      return found;
    },
    'exchanged',
  ),
  same(
    'a wrong configuration',
    answer(({ pkg }) => {
      throw new pkg.MCPAuthConfigError('own', 'Own');
    }),
    500,
  ),
  same(
    'a fault of its own',
    answer(() => {
      throw new RangeError('a fault');
    }),
    500,
  ),
  changed(
    'another issuer',
    'wire-codes',
    answer((world) => info(world, { issuer: foreign })),
    ['401 invalid_issuer', bad],
  ),
  changed(
    'another audience',
    'wire-codes',
    answer((world) => info(world, { audience: foreign })),
    ['401 invalid_audience', bad],
  ),
  changed(
    'another audience, none on the route',
    'audience',
    answer((world) => info(world, { audience: foreign }), {}),
    [200, bad],
  ),
  changed(
    'too little scope',
    'wire-codes',
    answer((world) => info(world, { scopes: [] }), { audience: resource, requiredScopes: ['read'] }),
    ['403 missing_required_scopes', '403 insufficient_scope'],
  ),
  changed(
    'an expiry that has passed',
    'expiry',
    answer((world) => info(world, { expiresAt: seconds() - 60 })),
    [200, bad],
  ),
  changed(
    'no expiry',
    'expiry',
    answer((world) => withoutExpiry(info(world))),
    [200, bad],
  ),
  same(
    'no expiry, on a route that says how long',
    answer((world) => withoutExpiry(info(world)), { audience: resource, lifetimeWithoutExpirySeconds: 60 }),
    200,
  ),
  same(
    'handleBearerAuth with an issuer',
    standalone(() => ({ resource })),
    200,
  ),
  same(
    'handleBearerAuth without a resource',
    standalone(() => ({})),
    200,
  ),
  same(
    'handleBearerAuth with a function that accepts the issuer',
    async (world) => {
      const judged: string[] = [];
      const issuer = (found: string) => void judged.push(found);
      const verifyAccessToken = () => info(world, { issuer: foreign });
      const app = await world.guard(
        world.pkg.handleBearerAuth({ verifyAccessToken, issuer, audience: resource, resource }),
      );
      return [(await app.json('opaque')).issuer, judged];
    },
    [foreign, [foreign]],
  ),
  changed(
    'handleBearerAuth with a function that refuses the issuer',
    'wire-codes',
    standalone(({ pkg }) => ({
      issuer: () => {
        throw new pkg.MCPAuthBearerAuthError('invalid_issuer');
      },
    })),
    ['401 invalid_issuer', bad],
  ),
  ...['http://auth.internal', 'urn:example:issuer'].map((issuer) =>
    same(
      `handleBearerAuth with the issuer ${issuer}, which is compared and never asked`,
      standalone(() => ({ issuer, resource }), { issuer }),
      200,
    ),
  ),
  changed(
    'handleBearerAuth with another issuer',
    'wire-codes',
    standalone(() => ({ issuer: foreign })),
    ['401 invalid_issuer', bad],
  ),
  same(
    'where handleBearerAuth sends strangers that names no resource',
    async (world) => {
      const config = { verifyAccessToken: () => info(world), issuer: foreign, audience: resource };
      const app = await world.guard(world.pkg.handleBearerAuth(config));
      const { status, metadata } = await app.call();
      return [status, metadata];
    },
    [401, undefined],
  ),
  changed(
    'handleBearerAuth with neither resource nor audience',
    'audience-required',
    ({ pkg }) =>
      outcome(() => pkg.handleBearerAuth({ verifyAccessToken: () => ({}) as never, issuer: foreign })),
    ['done', 'MCPAuthAuthServerError invalid_server_config'],
  ),
];
