import type { VerifyAccessTokenFunction } from '../../src/index.js';
import { changed, same, type Row } from '../support/row.js';
import { foreign, resource, type World } from '../support/world.js';

type Info = Awaited<ReturnType<VerifyAccessTokenFunction>>;

const seconds = () => Math.floor(Date.now() / 1000);
const bad = '401 invalid_token';
const nowRefused = [200, bad] as const;

const info = (world: World, change: object): Info => ({
  token: 'opaque',
  issuer: world.issuer.issuer,
  clientId: 'client-1',
  scopes: ['read'],
  audience: resource,
  expiresAt: seconds() + 300,
  ...change,
});

const see = async (world: World, middleware: Parameters<World['guard']>[0]) => {
  const { status, error } = await (await world.guard(middleware)).call('opaque');
  return error === undefined ? status : `${status} ${error}`;
};

/** What a request is answered with whose token a function has found genuine, with an answer changed in this way. */
const answer = (change: object | (() => object)) => (world: World) =>
  see(
    world,
    world
      .protect()
      .bearerAuth(() => info(world, typeof change === 'function' ? (change as () => object)() : change), {
        resource,
        audience: resource,
      }),
  );

/** The same in `handleBearerAuth`, with a function that accepts every issuer. */
const standalone = (change: object) => (world: World) =>
  see(
    world,
    world.pkg.handleBearerAuth({
      verifyAccessToken: () => info(world, change),
      issuer: () => undefined,
      audience: resource,
    }),
  );

const change = 'verifier-claims';

export const verifierClaims: readonly Row[] = [
  same('claims without times and issuer', answer({ claims: { email: 'u@example.com' } }), 200),
  same(
    'claims that say what the answer says',
    answer(() => ({ claims: { exp: seconds() + 60, iat: seconds(), aud: resource, active: true } })),
    200,
  ),
  same(
    'claims of the issuer that the answer names',
    standalone({ issuer: foreign, claims: { iss: foreign } }),
    200,
  ),
  changed('claims of another issuer', change, answer({ claims: { iss: foreign } }), nowRefused),
  changed(
    'claims of another issuer, with a function that accepts both',
    change,
    standalone({ claims: { iss: foreign } }),
    nowRefused,
  ),
  changed('an issuer that is no string', change, standalone({ issuer: undefined }), nowRefused),
  changed(
    'claims that have ended',
    change,
    answer(() => ({ claims: { exp: seconds() - 60 } })),
    nowRefused,
  ),
  changed(
    'claims that have not begun',
    change,
    answer(() => ({ claims: { nbf: seconds() + 600 } })),
    nowRefused,
  ),
  changed('claims with a time in words', change, answer({ claims: { iat: 'yesterday' } }), nowRefused),
  changed('claims of a token that is not active', change, answer({ claims: { active: false } }), nowRefused),
  changed(
    'claims that are bound to a key',
    'sender-constraint',
    answer({ claims: { cnf: { jkt: 'thumbprint' } } }),
    nowRefused,
  ),
  changed(
    'claims that cannot be copied',
    change,
    answer({ claims: { load: () => 'a function' } }),
    [200, 500],
  ),
];
