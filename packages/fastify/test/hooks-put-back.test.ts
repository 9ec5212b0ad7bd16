import type { preHandlerHookHandler, RouteShorthandOptions } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import type { BearerAuthRouteOptions } from '../src/index.js';
import { call, closeApps, create, operations, send } from './support/fixture.js';

afterEach(closeApps);

const own: preHandlerHookHandler = (_request, _reply, done) => done();
/** `done` comes last at every stage. */
const ownHook = (...given: unknown[]) => (given.at(-1) as () => void)();
const seen: string[] = [];
const note =
  (name: string) =>
  (...given: unknown[]) => {
    seen.push(name);
    ownHook(...given);
  };

describe('the plugin puts back what got lost', () => {
  test('in front of the route’s own hooks, which run as they would have', async () => {
    const { app, install, protect, handler } = create();
    await install();
    seen.length = 0;
    const auth = protect({ operations });
    const options = {
      ...auth,
      onRequest: [note('onRequest 1'), note('onRequest 2')],
      preParsing: note('preParsing'),
      preHandler: note('preHandler'),
    };
    app.post('/mcp', options, handler);
    await send(app);
    expect(seen).toEqual([]);
    await send(app, { token: 'alice', body: call('erase') });
    expect(seen).toEqual(['onRequest 1', 'onRequest 2', 'preParsing']);
    await send(app, { token: 'alice' });
    expect(seen.slice(3)).toEqual(['onRequest 1', 'onRequest 2', 'preParsing', 'preHandler']);
  });

  test('but leaves them where the application has put them', async () => {
    const { app, install, protect, handler } = create();
    await install();
    seen.length = 0;
    const { onRequest, preHandler } = protect({ operations });
    app.post(
      '/mcp',
      { onRequest: [note('limit'), onRequest, note('behind')], preHandler: [note('first'), preHandler] },
      handler,
    );
    await send(app);
    expect(seen).toEqual(['limit']);
    await send(app, { token: 'alice', body: call('erase') });
    expect(seen).toEqual(['limit', 'limit', 'behind', 'first']);
  });

  test('on the HEAD route that Fastify makes of a GET', async () => {
    const { app, install, protect, handled, handler } = create();
    await install();
    app.get('/mcp', { ...protect(), onRequest: own, preHandler: own }, handler);
    expect((await send(app, { method: 'HEAD' })).statusCode).toBe(401);
    expect((await send(app, { method: 'GET' })).statusCode).toBe(401);
    expect((await send(app, { method: 'HEAD', token: 'alice' })).statusCode).toBe(200);
    expect(handled).toEqual(['alice']);
  });

  test('where the spread comes last, nothing is lost but the own hook', async () => {
    const { app, install, protect, handler } = create();
    await install();
    app.post('/mcp', Object.assign({ onRequest: own }, protect({ operations })), handler);
    expect((await send(app)).statusCode).toBe(401);
    expect((await send(app, { token: 'alice', body: call('erase') })).statusCode).toBe(403);
    expect((await send(app, { token: 'alice' })).statusCode).toBe(200);
  });

  test('for each MCPAuth by its own plugin, side by side', async () => {
    const one = create();
    const other = create();
    await one.install();
    await other.install(one.app);
    one.app.post('/one', { ...one.protect({ operations }), preHandler: own }, one.handler);
    one.app.post('/other', { ...other.protect({ operations }), onRequest: own }, other.handler);
    for (const url of ['/one', '/other']) {
      expect((await send(one.app, { url })).statusCode).toBe(401);
      expect((await send(one.app, { url, token: 'alice', body: call('erase') })).statusCode).toBe(403);
      expect((await send(one.app, { url, token: 'alice' })).statusCode).toBe(200);
    }
  });

  test('once, however often it is registered', async () => {
    const { app, install, protect, handler } = create();
    await install();
    await install();
    seen.length = 0;
    app.post('/mcp', { ...protect({ operations }), preHandler: note('own') }, handler);
    expect((await send(app, { token: 'alice', body: call('erase') })).statusCode).toBe(403);
    expect((await send(app, { token: 'alice' })).statusCode).toBe(200);
    expect(seen).toEqual(['own']);
  });
});

describe('two gates on one route', () => {
  const both: readonly (readonly [
    string,
    (one: BearerAuthRouteOptions, other: BearerAuthRouteOptions) => RouteShorthandOptions,
  ])[] = [
    ['one spread over the other', (one, other) => ({ ...one, ...other })],
    [
      'in lists',
      (one, other) => ({
        onRequest: [one.onRequest, other.onRequest],
        preHandler: [one.preHandler, other.preHandler],
      }),
    ],
    ['spread, and lost again', (one, other) => ({ ...one, ...other, onRequest: own, preHandler: own })],
  ];

  test.each(both)('[MCP-2026-07-28-RS-020] ask both: %s', async (_title, combine) => {
    const { app, install, protect, handled, handler } = create();
    await install();
    const one = protect({ requiredScopes: ['one'] });
    const other = protect({ operations });
    app.post('/mcp', combine(one, other), handler);
    expect((await send(app)).statusCode).toBe(401);
    expect((await send(app, { token: 'alice.admin', body: call('erase') })).statusCode).toBe(403);
    expect((await send(app, { token: 'alice.one', body: call('erase') })).statusCode).toBe(403);
    expect(handled).toEqual([]);
    expect((await send(app, { token: 'alice.one.admin', body: call('erase') })).statusCode).toBe(200);
  });

  test('that both judge operations read the body one after the other', async () => {
    const { app, install, protect, handled, handler } = create();
    await install();
    const one = protect({ operations });
    const other = protect({ operations: { tools: { '*': ['tool'] } } });
    app.post('/mcp', { ...one, ...other }, handler);
    expect((await send(app, { token: 'alice.admin', body: call('erase') })).statusCode).toBe(403);
    expect((await send(app, { token: 'alice.tool', body: call('erase') })).statusCode).toBe(403);
    expect(handled).toEqual([]);
    expect((await send(app, { token: 'alice.tool.admin', body: call('erase') })).statusCode).toBe(200);
  });
});
