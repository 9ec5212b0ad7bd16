import type { FastifyInstance, preHandlerHookHandler, RouteShorthandOptions } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import type { BearerAuthRouteOptions } from '../src/index.js';
import {
  call,
  closeApps,
  create,
  gateRows,
  gates,
  operations,
  send,
  type Fixture,
} from './support/fixture.js';

afterEach(closeApps);

const names = ['onRequest', 'preParsing', 'preHandler'] as const;
type Name = (typeof names)[number];

const own: preHandlerHookHandler = (_request, _reply, done) => done();
/** `done` comes last at every stage. */
const ownHook = (...given: unknown[]) => (given.at(-1) as () => void)();
describe.each(gateRows)('each hook of %s', (name, judges) => {
  const present = Object.keys(create().protect(gates[name])) as Name[];

  test('can be seen: nothing is hidden from code that copies options', () => {
    expect(present).toEqual(judges ? names : ['onRequest', 'preHandler']);
  });

  test.each(present)('[MCP-2026-07-28-RS-018] %s alone lets nobody in without a token', async (hook) => {
    const { app, protect, handled, handler } = create();
    app.post('/mcp', { [hook]: protect(gates[name])[hook] }, handler);
    app.get('/mcp', { [hook]: protect(gates[name])[hook] }, handler);
    for (const method of ['POST', 'GET', 'HEAD'] as const) {
      expect((await send(app, { method })).statusCode).toBe(401);
      expect((await send(app, { method, token: '' })).statusCode).not.toBe(200);
    }
    expect(handled).toEqual([]);
  });

  test.each(present)('%s alone, with a token: whatever it can do alone', async (hook) => {
    const { app, protect, handled, handler } = create();
    app.post('/mcp', { [hook]: protect(gates[name])[hook] }, handler);
    const answer = await send(app, { token: 'alice.read', body: call('search') });
    expect(answer.statusCode).toBe(judges ? 500 : 200);
    expect(handled).toEqual(judges ? [] : ['alice']);
  });
});

test('without the plugin the owner of a route with operations is told which route it is, and what to write', async () => {
  const { app, protect, handler } = create();
  const seen: unknown[] = [];
  app.setErrorHandler((error: Error, _request, reply) => {
    seen.push(error);
    return reply.code(500).send(error.message);
  });
  app.route({ method: ['POST', 'PUT'], url: '/tools/mcp', ...protect({ operations }), handler });
  const answer = await send(app, { url: '/tools/mcp', token: 'alice' });
  expect(seen).toMatchObject([{ code: 'invalid_option', path: 'operations' }]);
  expect(answer.body).toContain('operations: cannot be judged at POST, PUT /tools/mcp: ');
  expect(answer.body).toContain('await app.register(mcpAuth.protectedResourceMetadataRouter())');
  expect(answer.body).toContain('context.register(mcpAuth.bearerAuth(…).plugin)');
});

type Mount = (app: FastifyInstance, auth: BearerAuthRouteOptions, fixture: Fixture) => unknown;

/** Options with own hooks in the place of these. */
const without = (auth: BearerAuthRouteOptions, lost: readonly Name[]): RouteShorthandOptions => ({
  ...auth,
  ...Object.fromEntries(lost.map((name) => [name, ownHook])),
});

const subsets: readonly (readonly Name[])[] = [
  ['onRequest'],
  ['preParsing'],
  ['preHandler'],
  ['onRequest', 'preParsing'],
  ['onRequest', 'preHandler'],
  ['preParsing', 'preHandler'],
];

const mounts: readonly (readonly [title: string, mount: Mount])[] = [
  ...subsets.map((lost): readonly [string, Mount] => [
    `${lost.join(' and ')} lost in a spread`,
    (app, auth, { handler }) => app.post('/mcp', without(auth, lost), handler),
  ]),
  [
    'preHandler lost, where another route has all',
    (app, auth, { handler }) =>
      app
        .post('/before', auth, handler)
        .post('/mcp', { ...auth, preHandler: own }, handler)
        .post('/after', auth, handler),
  ],
  [
    'onRequest wrapped, and nothing else, where another route has all',
    (app, auth, { handler }) =>
      app.post('/before', auth, handler).post(
        '/mcp',
        {
          onRequest: (request, reply, done) => {
            auth.onRequest(request, reply, done);
          },
        },
        handler,
      ),
  ],
  [
    'onRequest wrapped, preHandler lost',
    (app, auth, { handler }) =>
      app.post(
        '/mcp',
        {
          ...auth,
          onRequest: (request, reply, done) => {
            auth.onRequest(request, reply, done);
          },
          preHandler: own,
        },
        handler,
      ),
  ],
  [
    'a list with one of them',
    (app, { onRequest }, { handler }) => app.post('/mcp', { onRequest: [own, onRequest] }, handler),
  ],
  [
    'a list with the last of them',
    (app, { preHandler }, { handler }) => app.post('/mcp', { preHandler: [preHandler, own] }, handler),
  ],
  [
    'named one by one, the last in a list that lacks it',
    (app, { onRequest, preHandler }, { handler }) =>
      app
        .post('/both', { onRequest, preHandler }, handler)
        .post('/mcp', { onRequest, preHandler: [own] }, handler),
  ],
  [
    'frozen options',
    (app, auth, { handler }) => app.post('/mcp', Object.freeze({ ...auth, onRequest: own }), handler),
  ],
  [
    'app.route',
    (app, auth, { handler }) =>
      app.route(Object.freeze({ ...auth, method: ['POST', 'GET'], url: '/mcp', preHandler: [own], handler })),
  ],
  ['app.all', (app, auth, { handler }) => app.all('/mcp', { ...auth, onRequest: [own] }, handler)],
  [
    'a context with a prefix',
    (app, auth, { handler }) =>
      app.register(
        (inner, _options, done) => {
          inner.post('/', { ...auth, onRequest: own }, handler);
          done();
        },
        { prefix: '/mcp' },
      ),
  ],
  [
    'a context in a context',
    (app, auth, { handler }) =>
      app.register((outer, _options, done) => {
        outer.register((inner, _more, ready) => {
          inner.post('/mcp', { ...auth, preHandler: own }, handler);
          ready();
        });
        done();
      }),
  ],
  [
    'in the wrong place',
    (app, { onRequest, preHandler }, { handler }) =>
      app.post('/mcp', { preValidation: [own, preHandler], preHandler: onRequest }, handler),
  ],
];

async function build(name: string, mount: Mount, isInstalled: boolean): Promise<Fixture> {
  const fixture = create();
  if (isInstalled) await fixture.install();
  mount(fixture.app, fixture.protect(gates[name]), fixture);
  return fixture;
}

const judging = gateRows.filter(([, judges]) => judges).map(([name]) => name);
const plain = gateRows.filter(([, judges]) => !judges).map(([name]) => name);
const plainMounts = mounts.filter(([title]) => !title.includes('preParsing'));

describe.each(judging)('%s that lost hooks of its route', (name) => {
  test.each(mounts)('[MCP-2026-07-28-RS-018] lets nobody in without a token: %s', async (_title, mount) => {
    for (const isInstalled of [true, false]) {
      const { app, handled } = await build(name, mount, isInstalled);
      expect([(await send(app)).statusCode, handled]).toEqual([401, []]);
    }
  });

  test.each(mounts)('[MCP-2026-07-28-RS-020] lets no operation pass unjudged: %s', async (title, mount) => {
    for (const isInstalled of [true, false]) {
      const { app, handled } = await build(name, mount, isInstalled);
      // A function around a hook, and nothing else, is all that the plugin cannot recognise
      const isKnown = isInstalled && !title.startsWith('onRequest wrapped, and');
      const refused = await send(app, { token: 'alice.read', body: call('erase') });
      expect([refused.statusCode, handled]).toEqual([isKnown ? 403 : 500, []]);
      const good = await send(app, { token: 'alice.admin', body: call('erase') });
      expect([good.statusCode, handled]).toEqual(isKnown ? [200, ['alice']] : [500, []]);
    }
  });
});

describe.each(plain)('%s that lost hooks of its route', (name) => {
  test.each(plainMounts)(
    '[MCP-2026-07-28-RS-018] lets nobody in without a token: %s',
    async (title, mount) => {
      for (const isInstalled of [true, false]) {
        // Of what is gone altogether only the plugin knows that it was there
        if (!isInstalled && title.startsWith('onRequest and preHandler')) continue;
        const { app, handled } = await build(name, mount, isInstalled);
        expect([(await send(app)).statusCode, handled]).toEqual([401, []]);
      }
    },
  );

  test.each(plainMounts)('serves who may come in, with the plugin or without: %s', async (_title, mount) => {
    for (const isInstalled of [true, false]) {
      const { app, handled } = await build(name, mount, isInstalled);
      const { statusCode } = await send(app, { token: 'alice.read' });
      expect([statusCode, handled.length]).toEqual([200, 1]);
    }
  });
});
