/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import type { MCPAuth } from '../src/index.js';
import { MCPAuth as LegacyMCPAuth } from '../src/legacy.js';
import { closeApps, create, resource, send } from './support/fixture.js';

afterEach(closeApps);

type Name = 'protectedResourceMetadataRouter' | 'delegatedRouter' | 'bearerAuth';
const issuer = 'https://as.example.com';
/* eslint-disable @typescript-eslint/unbound-method -- the mistake that is tried */
const take = (mcpAuth: MCPAuth, name: Name): never =>
  (name === 'delegatedRouter'
    ? new LegacyMCPAuth({ server: { issuer } }).delegatedRouter
    : mcpAuth[name]) as never;
/* eslint-enable @typescript-eslint/unbound-method */

describe.each(['protectedResourceMetadataRouter', 'delegatedRouter', 'bearerAuth'] as const)(
  '%s handed over without a call',
  (name) => {
    test('as a plugin: the application does not start, and says what to write', async () => {
      const { app, mcpAuth } = create();
      const outcome = (async () => {
        await app.register(take(mcpAuth, name));
        await app.listen({ port: 0, host: '127.0.0.1' });
      })();
      await expect(outcome).rejects.toMatchObject({ code: 'invalid_option', path: name });
      await expect(outcome).rejects.toThrow(`mcpAuth.${name}(`);
    });

    test.each(['onRequest', 'preParsing', 'preHandler'] as const)(
      'as %s of a route: the route is not made, and the error names it',
      async (hook) => {
        const { app, mcpAuth, install } = create();
        await install();
        const make = () => app.post('/mcp', { [hook]: take(mcpAuth, name) }, () => 'in');
        expect(make).toThrow(`${hook} of POST /mcp: ${name}: must be called`);
        expect((await send(app)).statusCode).toBe(404);
      },
    );

    test.each<readonly [string, (app: FastifyInstance, method: never) => unknown]>([
      ['onRequest of a route', (app, method) => app.post('/mcp', { onRequest: method }, () => 'in')],
      ['preHandler of a route', (app, method) => app.post('/mcp', { preHandler: [method] }, () => 'in')],
      ['a hook', (app, method) => app.addHook('onRequest', method).post('/mcp', () => 'in')],
      ['the handler', (app, method) => app.post('/mcp', method)],
    ])('as %s, where no plugin sees it: each request fails with the error', async (_title, mount) => {
      const { app, mcpAuth } = create();
      const errors: unknown[] = [];
      app.setErrorHandler((error, _request, reply) => {
        errors.push(error);
        void reply.code(500).send('failed');
      });
      mount(app, take(mcpAuth, name));
      expect((await send(app)).statusCode).toBe(500);
      expect((await send(app, { token: 'alice' })).statusCode).toBe(500);
      expect(errors).toMatchObject([{ code: 'invalid_option', path: name }, { path: name }]);
    });
  },
);

test('bearerAuth that is spread without a call makes no open route', () => {
  const { app, mcpAuth } = create();
  expect(() => app.post('/mcp', { ...(take(mcpAuth, 'bearerAuth') as object) }, () => 'in')).toThrow(
    'mcpAuth.bearerAuth(',
  );
});

test('bearerAuth taken off its object says so at once', () => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the mistake that is tried
  const { bearerAuth } = create().mcpAuth;
  expect(() => bearerAuth('jwt', { resource })).toThrow('const { bearerAuth } = mcpAuth');
});

test('bearerAuth in the place of route options is no route', () => {
  const { app, mcpAuth } = create();
  expect(() => app.post('/mcp', take(mcpAuth, 'bearerAuth'), () => 'in')).toThrow('must be an object');
});
