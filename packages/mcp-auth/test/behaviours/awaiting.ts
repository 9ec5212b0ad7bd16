import type { NextFunction, RequestHandler } from 'express';
import type { VerifyAccessTokenFunction } from '../../src/index.js';
import { changed, same, type Row } from '../support/row.js';
import { resource, type World } from '../support/world.js';

type Verify = VerifyAccessTokenFunction;

/** Every way to get a middleware. */
const makers: Readonly<Record<string, (world: World, verify: Verify) => RequestHandler>> = {
  handleBearerAuth: ({ pkg, issuer }, verifyAccessToken) =>
    pkg.handleBearerAuth({ verifyAccessToken, issuer: issuer.issuer, audience: resource }),
  'bearerAuth of a resource': (world, verify) =>
    world.protect().bearerAuth(verify, { resource, audience: resource }),
  'bearerAuth in server mode': ({ pkg, server }, verify) =>
    new pkg.MCPAuth({ server }).bearerAuth(verify, { audience: resource }),
};

const later = () => new Promise((resolve) => setTimeout(resolve, 5));

const accept =
  (world: World): Verify =>
  async (token) => {
    await later();
    const expiresAt = Math.floor(Date.now() / 1000) + 60;
    return { token, issuer: world.issuer.issuer, clientId: 'c', scopes: [], audience: resource, expiresAt };
  };

/** What code that awaits a middleware finds behind the await. */
async function watch(world: World, middleware: RequestHandler, token?: string, next?: NextFunction) {
  let found: unknown;
  const app = await world.serve((server) => {
    server.use('/notes', async (request, response) => {
      const calls: unknown[] = [];
      const count: NextFunction = (error?: unknown) => {
        calls.push(error instanceof Error ? error.name : error);
        next?.();
      };
      let settled: unknown;
      try {
        const returned: unknown = middleware(request, response, count);
        settled = [returned instanceof Promise, await returned];
      } catch (error) {
        settled = (error as Error).message;
      }
      found = { settled, calls, answered: response.writableEnded, auth: request.auth !== undefined };
      if (!response.writableEnded) response.end();
    });
  });
  await app.call(token);
  return found;
}

const rows = (name: string, make: (world: World, verify: Verify) => RequestHandler): readonly Row[] => [
  same(
    `${name}: a good token, and next was called before the promise resolves`,
    (world) => watch(world, make(world, accept(world)), 'opaque'),
    { settled: [true, undefined], calls: [undefined], answered: false, auth: true },
  ),
  same(
    `${name}: a bad token, and the response is written before the promise resolves`,
    (world) =>
      watch(
        world,
        make(world, async () => {
          await later();
          throw new world.pkg.MCPAuthTokenVerificationError('invalid_token');
        }),
        'opaque',
      ),
    { settled: [true, undefined], calls: [], answered: true, auth: false },
  ),
  same(`${name}: no token, which is known at once`, (world) => watch(world, make(world, accept(world))), {
    settled: [true, undefined],
    calls: [],
    answered: true,
    auth: false,
  }),
  same(
    `${name}: a next that throws, which is called once`,
    (world) =>
      watch(world, make(world, accept(world)), 'opaque', () => {
        throw new Error('thrown by next');
      }),
    { settled: 'thrown by next', calls: [undefined], answered: false, auth: true },
  ),
  changed(
    `${name}: a fault of the verifier`,
    'middleware-errors',
    (world) => {
      const fail = () => Promise.reject(new RangeError('a fault'));
      return watch(world, make(world, fail), 'opaque');
    },
    [
      { settled: 'a fault', calls: [], answered: false, auth: false },
      { settled: [true, undefined], calls: ['RangeError'], answered: false, auth: false },
    ],
  ),
];

export const awaiting: readonly Row[] = [
  ...Object.entries(makers).flatMap(([name, make]) => rows(name, make)),
  same(
    'bearerAuth for JWTs, awaited',
    async (world) => {
      const middleware = world.protect().bearerAuth('jwt', { resource, audience: resource });
      const good = await world.issuer.sign({ aud: resource });
      return [
        await watch(world, middleware, good),
        await watch(world, middleware, good),
        await watch(world, middleware, 'bad'),
      ];
    },
    [
      { settled: [true, undefined], calls: [undefined], answered: false, auth: true },
      { settled: [true, undefined], calls: [undefined], answered: false, auth: true },
      { settled: [true, undefined], calls: [], answered: true, auth: false },
    ],
  ),
  same(
    'how many parameters a middleware has',
    (world) => Object.values(makers).map((make) => make(world, accept(world)).length),
    [3, 3, 3],
  ),
];
