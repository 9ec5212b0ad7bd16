import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { authContext } from '../src/context.js';
import { createClock } from '../../core/test/support/clock.js';
import { TestIssuer } from '../../core/test/support/test-issuer.js';
import { getAuth, MCPAuth } from '../src/index.js';

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
