import Fastify, { type FastifyInstance, type RouteOptions, type RouteShorthandOptions } from 'fastify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { authContext } from '../src/context.js';
import { MCPAuth } from '../src/index.js';
import {
  closeApps,
  create,
  gateRows,
  gates,
  operations,
  send,
  tellContext,
  verify,
  resource,
} from './support/fixture.js';

afterEach(closeApps);

const start = async (app: FastifyInstance): Promise<string> => {
  try {
    await app.listen({ port: 0, host: '127.0.0.1' });
    return 'listens';
  } catch (error) {
    expect(error).toHaveProperty('code', 'invalid_option');
    return String(error);
  }
};

describe('an application does not start', () => {
  test('where the plugin came after a route whose operations have to be judged', async () => {
    const { app, install, protect, handler } = create();
    app.post('/mcp', protect({ operations }), handler);
    await install();
    const outcome = await start(app);
    expect(outcome).toMatch(
      /^MCPAuthConfigError: operations: bearerAuth for https:\/\/api\.example\.com\/mcp/,
    );
    expect(outcome).toContain('operations could not be judged. Register that plugin');
    expect(outcome).toContain('await app.register(mcpAuth.protectedResourceMetadataRouter())');
    // Another one with the same MCPAuth is not kept from starting by what this one has left
    const second = Fastify();
    await install(second);
    second.post('/mcp', protect({ operations }), handler);
    expect(await start(second)).toBe('listens');
    await second.close();
  });

  test('where the plugin was not awaited in front of such a route', async () => {
    const { app, install, protect, handler } = create();
    void install();
    app.post('/mcp', protect({ operations }), handler);
    expect(await start(app)).toMatch(/^MCPAuthConfigError: operations: .* stands on no route/);
  });

  test('where such a gate was added with addHook, which shows nobody whether all of it was', async () => {
    const { app, install, protect, handler } = create();
    await install();
    const { onRequest, preHandler } = protect({ operations });
    app.addHook('onRequest', onRequest).addHook('preHandler', preHandler);
    app.post('/mcp', handler);
    expect(await start(app)).toContain('context.register(mcpAuth.bearerAuth(…).plugin)');
  });

  test.each(['onRequest', 'preParsing', 'preHandler'] as const)(
    'where another plugin has replaced %s behind it',
    async (name) => {
      const { app, install, protect, handler } = create();
      await install();
      app.addHook('onRoute', (route: RouteOptions) => {
        Object.assign(route, { [name]: (...given: unknown[]) => (given.at(-1) as () => void)() });
      });
      app.post('/mcp', protect({ operations }), handler);
      expect(await start(app)).toMatch(
        new RegExp(`^MCPAuthConfigError: ${name} of POST /mcp: is without its hook of bearerAuth`),
      );
    },
  );

  test('where another plugin has replaced the only hook of a plain gate', async () => {
    const { app, install, protect, handler } = create();
    await install();
    app.addHook('onRoute', (route: RouteOptions) => {
      route.onRequest = (_request, _reply, done) => done();
    });
    app.route({ method: ['POST', 'PUT'], url: '/mcp', ...protect(), handler });
    expect(await start(app)).toMatch(/^MCPAuthConfigError: onRequest of POST, PUT \/mcp/);
  });

  test('where another plugin has left the hook of one of two gates', async () => {
    const { app, install, protect, handler } = create();
    await install();
    app.addHook('onRoute', (route: RouteOptions) => {
      route.onRequest = [route.onRequest ?? []].flat().slice(0, 1);
    });
    app.post('/mcp', { ...protect({ requiredScopes: ['one'] }), ...protect() }, handler);
    expect(await start(app)).toMatch(/^MCPAuthConfigError: onRequest of POST \/mcp/);
  });
});

describe('a route is not made', () => {
  const auth = (mcpAuth: MCPAuth) => mcpAuth.bearerAuth(verify, { resource });
  const misplaced: readonly (readonly [string, (mcpAuth: MCPAuth) => unknown, string])[] = [
    ['route options where a hook belongs', (m) => ({ preHandler: auth(m) }), 'preHandler of POST /mcp: '],
    ['route options in a list of hooks', (m) => ({ onRequest: [auth(m)] }), 'onRequest of POST /mcp: '],
    ['route options below a name', (m) => ({ auth: auth(m) }), 'auth of POST /mcp: '],
  ];

  test.each(misplaced)('of %s: they are to be spread', async (_title, options, message) => {
    const { app, install, mcpAuth, handler } = create();
    await install();
    const make = () => app.post('/mcp', options(mcpAuth) as RouteShorthandOptions, handler);
    expect(make).toThrow(message);
    expect(make).toThrow('Spread it: { ...mcpAuth.bearerAuth(');
    expect(make).toThrow(expect.objectContaining({ code: 'invalid_option' }));
    expect((await send(app, { token: 'alice' })).statusCode).toBe(404);
  });
});

describe('the plugin changes no more of a route than it must', () => {
  /** The options that a route ends with. */
  async function look(options: RouteShorthandOptions, { app, install, handler } = create()) {
    await install();
    const seen: RouteOptions[] = [];
    app.addHook('onRoute', (route: RouteOptions) => void seen.push(route));
    app.post('/mcp', options, handler);
    return seen[0];
  }

  test.each(gateRows)('each stage of %s has a hook only where there is something to do', async (...row) => {
    const [name, judges, carries] = row;
    const fixture = create();
    const route = await look(fixture.protect(gates[name]), fixture);
    const counts = [route?.onRequest, route?.preParsing, route?.preValidation, route?.preHandler].map(
      (hooks) => [hooks ?? []].flat().length,
    );
    expect(counts).toEqual([1, judges ? 1 : 0, 0, judges || carries ? 1 : 0]);
  });

  test('the limit and the errors of a body stay Fastify’s where nobody judges it', async () => {
    const fixture = create();
    for (const route of [await look(fixture.protect(), fixture), await look({})]) {
      expect([route?.bodyLimit, route?.errorHandler]).toEqual([undefined, undefined]);
    }
  });

  test('options that are null or not set are nobody’s mistake', async () => {
    const options: object = { custom: null, config: undefined, logLevel: 'warn' };
    expect(await look(options)).toMatchObject({ custom: null });
  });
});

describe('a gate that no route is known to have', () => {
  test('is reported, once, where it works without the plugin', async () => {
    const { app, install, protect, handler, events } = create();
    app.post('/mcp', protect(), handler);
    await install();
    expect(await start(app)).toBe('listens');
    expect(events).toMatchObject([
      {
        type: 'warning',
        message: expect.stringMatching(/has seen\. Register .* before the routes and await it/) as string,
      },
    ]);
    expect((await send(app)).statusCode).toBe(401);
    expect((await send(app, { token: 'alice' })).statusCode).toBe(200);
  });

  test('is reported to the console by default', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    try {
      const mcpAuth = new MCPAuth({
        protectedResources: {
          metadata: { resource, authorizationServers: [{ issuer: 'https://as.example.com' }] },
        },
      });
      const app = Fastify();
      await app.register(mcpAuth.protectedResourceMetadataRouter());
      mcpAuth.bearerAuth(verify, { resource });
      await app.ready();
      await app.close();
      expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^\[mcp-auth\] bearerAuth for /));
    } finally {
      warn.mockRestore();
    }
  });

  test('is not reported where a route or a context has it', async () => {
    const { app, install, protect, handler, events } = create();
    await install();
    app.post('/mcp', protect(), handler);
    await app.register(async (scope) => {
      await scope.register(protect({ operations }).plugin);
      scope.post('/scope', handler);
    });
    expect(await start(app)).toBe('listens');
    expect(events).toEqual([]);
  });
});

test.each([{}, { operations }])(
  'handlers behind a context keep it where hooks were put back: %j',
  async (more) => {
    const { app, install, protect } = create();
    await install();
    const auth = protect({ asyncContext: authContext, ...more });
    app.post('/mcp', { ...auth, preHandler: (_request, _reply, done) => done() }, () => tellContext());
    expect((await send(app)).statusCode).toBe(401);
    expect((await send(app, { token: 'alice' })).statusCode).toBe(403);
    expect((await send(app, { token: 'alice.read' })).body).toBe('alice');
  },
);
