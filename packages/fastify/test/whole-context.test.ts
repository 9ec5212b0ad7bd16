import type { RouteShorthandOptions } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { authContext } from '../src/context.js';
import {
  call,
  closeApps,
  create,
  gateRows,
  gates,
  operations,
  send,
  tellContext,
} from './support/fixture.js';

afterEach(closeApps);

describe('the plugin of bearerAuth protects a whole context', () => {
  const ownHooks: RouteShorthandOptions = {
    onRequest: (_request, _reply, done) => done(),
    preParsing: (_request, _reply, payload, done) => done(null, payload),
    preHandler: (_request, _reply, done) => done(),
  };

  test.each([
    ['with the plugin of the metadata', true],
    ['without it', false],
  ])('[MCP-2026-07-28-RS-020] every route, made before or after it, %s', async (_title, isInstalled) => {
    const { app, install, protect, handled, handler } = create();
    if (isInstalled) await install();
    await app.register(async (scope) => {
      scope.post('/before', ownHooks, handler);
      // Nobody need wait for it
      void scope.register(protect({ operations }).plugin);
      scope.post('/after', ownHooks, handler);
      await scope.register(
        (inner, _options, done) => {
          inner.post('/within', ownHooks, handler);
          done();
        },
        { prefix: '/inner' },
      );
    });
    app.post('/open', () => 'open');
    for (const url of ['/before', '/after', '/inner/within']) {
      expect((await send(app, { url })).statusCode).toBe(401);
      expect((await send(app, { url, token: 'alice', body: call('erase') })).statusCode).toBe(403);
      expect(handled.splice(0)).toEqual([]);
      expect((await send(app, { url, token: 'alice' })).statusCode).toBe(200);
      expect(handled.splice(0)).toEqual(['alice']);
    }
    expect((await send(app, { url: '/open' })).statusCode).toBe(200);
  });

  test('and reads large bodies there, and answers those that Fastify’s parser does not take', async () => {
    const { app, protect, handler } = create();
    await app.register(async (scope) => {
      await scope.register(protect({ operations }).plugin);
      scope.post('/mcp', handler);
    });
    const large = { ...call('search'), note: 'x'.repeat(2 * 1024 * 1024) };
    expect((await send(app, { token: 'alice', body: large })).statusCode).toBe(200);
    const poisoned = JSON.parse('{"__proto__":{"a":1}}') as object;
    const answer = await send(app, { token: 'alice', body: poisoned });
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { code: -32_700 } }]);
  });

  test.each(gateRows)('with %s', async (name) => {
    const { app, protect, handled, handler } = create();
    await app.register(async (scope) => {
      await scope.register(protect(gates[name]).plugin);
      scope.post('/mcp', handler);
    });
    expect([(await send(app)).statusCode, handled]).toEqual([401, []]);
    expect((await send(app, { token: 'alice' })).body).toBe('in: alice');
  });

  test('and carries the caller there', async () => {
    const { app, protect } = create();
    await app.register(async (scope) => {
      await scope.register(protect({ asyncContext: authContext, operations }).plugin);
      scope.post('/mcp', () => tellContext());
    });
    expect((await send(app, { token: 'alice' })).statusCode).toBe(403);
    expect((await send(app, { token: 'alice.read' })).body).toBe('alice');
  });

  test('a plain gate may also be added by hand', async () => {
    const { app, protect, handler } = create();
    const { onRequest, preHandler } = protect();
    app.addHook('onRequest', onRequest).addHook('preHandler', preHandler);
    app.post('/mcp', handler);
    expect((await send(app)).statusCode).toBe(401);
    expect((await send(app, { token: 'alice' })).statusCode).toBe(200);
  });
});
