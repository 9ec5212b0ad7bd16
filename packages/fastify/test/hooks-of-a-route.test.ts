import Fastify, { type FastifyInstance, type preHandlerHookHandler } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { authContext } from '../src/context.js';
import { createClock } from '../../core/test/support/clock.js';
import { TestIssuer } from '../../core/test/support/test-issuer.js';
import { getAuth, MCPAuth, type BearerAuthRouteOptions } from '../src/index.js';

const resource = 'https://api.example.com/mcp';
const apps: FastifyInstance[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function create() {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock);
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer: issuer.issuer }] } },
    fetch: issuer.fetch,
    now: clock.now,
    onEvent: () => undefined,
  });
  const app = Fastify();
  apps.push(app);
  return { issuer, mcpAuth, app };
}

describe('Fastify is given as many hooks as there are questions', () => {
  test('one where no operation is judged: copies of the options have no other', async () => {
    const { mcpAuth } = await create();
    const hooks = mcpAuth.bearerAuth('jwt', { resource });
    expect(Object.keys({ ...hooks })).toEqual(['onRequest']);
    expect(Object.keys(Object.assign({}, hooks))).toEqual(['onRequest']);
  });

  test('and a second that asks nothing more, for code that mounts both in any case', async () => {
    const { issuer, mcpAuth, app } = await create();
    const { onRequest, preHandler } = mcpAuth.bearerAuth('jwt', { resource });
    app.get('/mcp', { onRequest, preHandler }, (request) => getAuth(request)?.subject);
    const headers = { authorization: `Bearer ${await issuer.sign()}` };
    expect((await app.inject({ url: '/mcp' })).statusCode).toBe(401);
    expect((await app.inject({ url: '/mcp', headers })).body).toBe('user-1');
  });

  test('two where operations are judged', async () => {
    const { mcpAuth } = await create();
    const operations = { methods: { 'tools/list': ['read'] } };
    expect(Object.keys({ ...mcpAuth.bearerAuth('jwt', { resource, operations }) })).toEqual([
      'onRequest',
      'preHandler',
    ]);
  });

  test('two where the caller is carried to handlers', async () => {
    const { mcpAuth } = await create();
    expect(Object.keys({ ...mcpAuth.bearerAuth('jwt', { resource, context: authContext }) })).toEqual([
      'onRequest',
      'preHandler',
    ]);
  });

  test('with one hook, own hooks of the route stay', async () => {
    const { issuer, mcpAuth, app } = await create();
    const seen: unknown[] = [];
    app.get(
      '/mcp',
      {
        ...mcpAuth.bearerAuth('jwt', { resource }),
        preHandler: (request, _reply, done) => {
          seen.push(getAuth(request)?.subject);
          done();
        },
      },
      () => 'in',
    );
    await app.inject({ url: '/mcp', headers: { authorization: `Bearer ${await issuer.sign()}` } });
    expect(seen).toEqual(['user-1']);
  });
});

describe('a hook of the application in the place of the second', () => {
  const operations = { tools: { '*': [], erase: ['admin'] } };
  const payload = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'erase' } };
  const own: preHandlerHookHandler = (_request, _reply, done) => done();

  async function erase(mount: (app: FastifyInstance, auth: BearerAuthRouteOptions, url: string) => void) {
    const { issuer, mcpAuth, app } = await create();
    app.post('/beside', mcpAuth.bearerAuth('jwt', { resource, operations }), () => 'in');
    const auth = mcpAuth.bearerAuth('jwt', { resource, operations });
    mount(app, auth, '/mcp');
    app.setErrorHandler((error: Error, _request, reply) => reply.code(500).send(error.message));
    const send = async (headers: Record<string, string>) =>
      app.inject({ method: 'POST', url: '/mcp', payload, headers });
    const stranger = await send({});
    const caller = await send({ authorization: `Bearer ${await issuer.sign()}` });
    return { stranger, caller };
  }

  test.each<readonly [string, (app: FastifyInstance, auth: BearerAuthRouteOptions, url: string) => void]>([
    ['on the only route', (app, auth, url) => app.post(url, { ...auth, preHandler: own }, () => 'in')],
    [
      'where another route has both',
      (app, auth, url) =>
        app
          .post('/both', auth, () => 'in')
          .post(url, { ...auth, preHandler: own }, () => 'in')
          .post('/after', auth, () => 'in'),
    ],
    [
      'where the hooks are named',
      (app, { onRequest, preHandler }, url) =>
        app
          .post('/both', { onRequest, preHandler }, () => 'in')
          .post(url, { onRequest, preHandler: [own] }, () => 'in'),
    ],
  ])('[MCP-2026-07-28-RS-020] lets no operation pass unjudged: %s', async (_what, mount) => {
    const { stranger, caller } = await erase(mount);
    expect(stranger.statusCode).toBe(401);
    expect([caller.statusCode, caller.body]).toEqual([
      500,
      expect.stringMatching(/^preHandler: is not mounted/),
    ]);
  });

  test.each<readonly [string, (app: FastifyInstance, auth: BearerAuthRouteOptions, url: string) => void]>([
    [
      'in front',
      (app, auth, url) => app.post(url, { ...auth, preHandler: [own, auth.preHandler] }, () => 'in'),
    ],
    [
      'behind',
      (app, auth, url) => app.post(url, { ...auth, preHandler: [auth.preHandler, own] }, () => 'in'),
    ],
    [
      'of a context',
      (app, auth, url) => {
        app.addHook('onRequest', auth.onRequest).addHook('preHandler', auth.preHandler);
        app.post(url, { preHandler: own }, () => 'in');
      },
    ],
  ])('[MCP-2026-07-28-RS-020] both judge where they stand together: %s', async (_what, mount) => {
    const { caller } = await erase(mount);
    expect(caller.statusCode).toBe(403);
  });
});
