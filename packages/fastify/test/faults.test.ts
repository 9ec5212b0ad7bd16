import { afterEach, describe, expect, test } from 'vitest';
import type { BearerAuthHook } from '../src/index.js';
import { closeApps, create, gateRows, gates, resource, send, verify } from './support/fixture.js';

afterEach(closeApps);

const down = () => {
  throw new Error('the introspection endpoint is down');
};

/** A hook of the application that calls another, and drops its error. */
const dropErrors =
  (hook: BearerAuthHook): BearerAuthHook =>
  (request, reply, done) => {
    hook(request, reply, () => done());
  };

describe.each(gateRows)('%s whose verifier fails', (name) => {
  test('lets nobody in, and tells the application why', async () => {
    const { app, mcpAuth, install, handled, handler } = create();
    await install();
    const seen: string[] = [];
    app.setErrorHandler((error: Error, _request, reply) => {
      seen.push(error.message);
      void reply.code(500).send('failed');
    });
    app.post('/mcp', mcpAuth.bearerAuth(down, { resource, ...gates[name] }), handler);
    expect((await send(app, { token: 'alice' })).statusCode).toBe(500);
    expect([seen, handled]).toEqual([['the introspection endpoint is down'], []]);
  });

  test('lets nobody in where the application drops the error of one of its hooks', async () => {
    const { app, mcpAuth, handled, handler } = create();
    const auth = mcpAuth.bearerAuth(down, { resource, ...gates[name] });
    app.post('/mcp', { ...auth, onRequest: dropErrors(auth.onRequest) }, handler);
    expect((await send(app, { token: 'alice' })).statusCode).toBe(500);
    expect(handled).toEqual([]);
  });
});

test.each(gateRows)(
  '%s asks the verifier once for a request, however many hooks it has',
  async (name, judges) => {
    for (const isInstalled of [true, false]) {
      const { app, mcpAuth, install, handler } = create();
      if (isInstalled) await install();
      let calls = 0;
      const count = (token: string) => {
        calls += 1;
        return verify(token);
      };
      app.post('/mcp', mcpAuth.bearerAuth(count, { resource, ...gates[name] }), handler);
      expect((await send(app, { token: 'alice' })).statusCode).toBe(judges && !isInstalled ? 500 : 200);
      expect(calls).toBe(1);
    }
  },
);
