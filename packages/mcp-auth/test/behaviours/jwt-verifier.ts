import { createLocalJWKSet, type JWTVerifyOptions } from 'jose';
import type { BearerAuthConfig, VerifyAccessTokenFunction } from '../../src/index.js';
import type { LoopbackIssuer, TokenOptions } from '../support/issuer.js';
import { atThisTime, fromNow } from '../support/from-now.js';
import { changed, same, type Row } from '../support/row.js';
import { foreign, resource, type App, type World } from '../support/world.js';

const seconds = () => Math.floor(Date.now() / 1000);
const bad = '401 invalid_token';

const createVerifier = ({ pkg, issuer }: World, options?: JWTVerifyOptions): VerifyAccessTokenFunction =>
  pkg.createVerifyJwt(createLocalJWKSet(issuer.keySet), options);

/** Every way in which `createVerifyJwt` goes into a route. */
type Mount = (world: World, verify: VerifyAccessTokenFunction, route?: object) => Promise<App>;

const standalone =
  (issuer: (world: World) => BearerAuthConfig['issuer']): Mount =>
  (world, verifyAccessToken, route = { audience: resource }) =>
    world.guard(world.pkg.handleBearerAuth({ verifyAccessToken, issuer: issuer(world), ...route }));

const mounts: Readonly<Record<string, Mount>> = {
  'handleBearerAuth with an issuer': standalone(({ issuer }) => issuer.issuer),
  'handleBearerAuth with a function for issuers': standalone(({ pkg, issuer }) => (found) => {
    if (found !== issuer.issuer) throw new pkg.MCPAuthBearerAuthError('invalid_issuer');
  }),
  'MCPAuth with a resource': (world, verify, route = { audience: resource }) =>
    world.guard(world.protect().bearerAuth(verify, { resource, ...route })),
  'MCPAuth in server mode': (world, verify, route = { audience: resource }) =>
    world.guard(new world.pkg.MCPAuth({ server: world.server }).bearerAuth(verify, route)),
};

const see = async (app: App, token: string) => {
  const { status, error } = await app.call(token);
  return error === undefined ? status : `${status} ${error}`;
};

/** What tokens with these claims are answered with. */
const judge =
  (
    mount: Mount,
    tokens: readonly (readonly [claims: object, options?: TokenOptions])[],
    options?: JWTVerifyOptions,
    route?: object,
  ) =>
  async (world: World) => {
    const app = await mount(world, createVerifier(world, options), route);
    return Promise.all(
      tokens.map(async ([claims, how]) =>
        see(app, await world.issuer.sign({ aud: resource, ...atThisTime(claims) }, how)),
      ),
    );
  };

/** Rows for one way: the same in all of them. */
const everywhere = (name: string, mount: Mount): readonly Row[] => [
  same(`${name}: a good token`, judge(mount, [[{}]]), [200]),
  same(
    `${name}: what a handler learns of the caller`,
    async (world) => {
      const app = await mount(world, createVerifier(world));
      const exp = seconds() + 120;
      const token = await world.issuer.sign({ aud: [foreign, resource], exp, email: 'u@example.com' });
      const { issuer, claims, ...caller } = await app.json(token);
      const { iss, ...others } = claims as Record<string, unknown>;
      const isOwn = [issuer, iss].map((found) => found === world.issuer.issuer);
      return [
        isOwn,
        caller.expiresAt === exp && others.exp === exp,
        caller.audience,
        caller.clientId,
        others.email,
      ];
    },
    [[true, true], true, [foreign, resource], 'client-1', 'u@example.com'],
  ),
  changed(
    `${name}: a forged token, an expired one, one of another issuer, one for another audience`,
    'wire-codes',
    judge(mount, [[{}, { forged: true }], [{ exp: 1 }], [{ iss: foreign }], [{ aud: foreign }]]),
    [
      [bad, bad, '401 invalid_issuer', '401 invalid_audience'],
      [bad, bad, bad, bad],
    ],
  ),
  changed(
    `${name}: a token without the scope`,
    'wire-codes',
    judge(mount, [[{}]], {}, { audience: resource, requiredScopes: ['read', 'admin'] }),
    [['403 missing_required_scopes'], ['403 insufficient_scope']],
  ),
  changed(
    `${name}: a function that reports another issuer than the claims have`,
    'verifier-claims',
    async (world) => {
      const verify = createVerifier(world);
      const app = await mount(world, async (token) => {
        const answer = await verify(token);
        return { ...answer, issuer: world.issuer.issuer };
      });
      return see(app, await world.issuer.sign({ aud: resource, iss: foreign }));
    },
    [200, bad],
  ),
  same(
    `${name}: clocks that differ by what clockTolerance allows`,
    judge(mount, [[{ exp: fromNow(-30) }], [{ exp: fromNow(-90) }], [{ nbf: fromNow(30) }]], {
      clockTolerance: '1 minute',
    }),
    [200, bad, 200],
  ),
  changed(
    `${name}: clocks that differ by an hour`,
    'clock',
    judge(mount, [[{ exp: fromNow(-280) }], [{ exp: fromNow(-1800) }]], { clockTolerance: 3600 }),
    [
      [200, 200],
      [200, bad],
    ],
  ),
  same(
    `${name}: when a token ends that has passed within clockTolerance`,
    async (world) => {
      const app = await mount(world, createVerifier(world, { clockTolerance: 60 }));
      const exp = seconds() - 30;
      const { expiresAt, claims } = await app.json(await world.issuer.sign({ aud: resource, exp }));
      return [expiresAt === exp, (claims as { exp: number }).exp === exp];
    },
    [true, true],
  ),
  same(
    `${name}: a clock of your own`,
    judge(mount, [[{ iat: 0, exp: 300 }], [{ iat: 0, nbf: 600, exp: 900 }]], { currentDate: new Date(0) }),
    [200, bad],
  ),
  same(
    `${name}: the audiences among its own options, none on the route`,
    judge(
      mount,
      [[{ aud: foreign }], [{ aud: 'x' }], [{ aud: undefined }]],
      { audience: [foreign, 'other'] },
      {},
    ),
    [200, bad, bad],
  ),
];

const withTwoServers = async (world: World, token: (second: LoopbackIssuer) => Promise<string>) => {
  const second = await world.startIssuer('/tenant', 'oidc');
  const mcpAuth = world.protect(resource, [world.server, { issuer: second.issuer, type: 'oidc' }]);
  const app = await world.guard(mcpAuth.bearerAuth(createVerifier(world), { resource, audience: resource }));
  return see(app, await token(second));
};

export const jwtVerifier: readonly Row[] = [
  ...Object.entries(mounts).flatMap(([name, mount]) => everywhere(name, mount)),
  same(
    'a token of the second of two authorization servers',
    (world) => withTwoServers(world, (second) => second.sign({ aud: resource })),
    200,
  ),
  changed(
    'a token of a third',
    'wire-codes',
    (world) => withTwoServers(world, () => world.issuer.sign({ aud: resource, iss: foreign })),
    ['401 invalid_issuer', bad],
  ),
  changed(
    'a token without an expiry',
    'expiry',
    judge(mounts['MCPAuth with a resource']!, [[{ exp: undefined }]]),
    [[200], [bad]],
  ),
  same(
    'an ID token, which createVerifyJwt leaves to its options',
    async (world) => {
      const mount = mounts['MCPAuth with a resource']!;
      const tokens = [[{ nonce: 'n', at_hash: 'h' }]] as const;
      return [await judge(mount, tokens)(world), await judge(mount, tokens, { typ: 'at+jwt' })(world)];
    },
    [[200], [bad]],
  ),
  changed(
    'a token that was issued in the future',
    'clock',
    judge(mounts['MCPAuth with a resource']!, [[{ iat: fromNow(600) }]]),
    [[200], [bad]],
  ),
  changed(
    'the client of a token that names it as cid, by createVerifyJwt',
    'more-claims',
    async (world) => {
      const app = await mounts['MCPAuth with a resource']!(world, createVerifier(world));
      const token = await world.issuer.sign({ aud: resource, client_id: undefined, cid: 'client-3' });
      return (await app.json(token)).clientId;
    },
    ['', 'client-3'],
  ),
];
