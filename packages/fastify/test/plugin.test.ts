import fastifyCors from '@fastify/cors';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { createTestIssuer } from '@mcp-auth/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { bearer, sendRaw } from '../../core/test/support/raw-request.js';
import { getAuth, MCPAuth, MCPAuthTokenVerificationError } from '../src/index.js';

const resource = 'https://api.example.com/mcp';
const wellKnown = '/.well-known/oauth-protected-resource';
const apps: FastifyInstance[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function create(...resources: readonly string[]) {
  const issuer = createTestIssuer({ audience: resource });
  const authorizationServers = [{ issuer: issuer.issuer, type: 'oauth' as const }];
  const mcpAuth = new MCPAuth({
    protectedResources: [resource, ...resources].map((identifier) => ({
      metadata: { resource: identifier, authorizationServers },
    })),
    fetch: issuer.fetch,
    onEvent: () => undefined,
  });
  const app = Fastify();
  apps.push(app);
  const listen = () => app.listen({ port: 0, host: '127.0.0.1' });
  return { issuer, mcpAuth, app, listen };
}

describe('the metadata plugin', () => {
  test.each([
    ['/caf%C3%A9', 'percent-encoded'],
    ['/a:b', 'with a colon'],
    ['/a*b', 'with an asterisk'],
    ['/mcp/', 'with a slash at the end'],
    ['/a%2Fb', 'with an encoded slash'],
  ])('[contract row 8] a resource path %s (%s) is published as it is', async (path) => {
    const { mcpAuth, app, listen } = await create(`https://api.example.com${path}`);
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    const answer = await sendRaw(await listen(), wellKnown + path);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ resource: `https://api.example.com${path}` });
  });

  test('[RFC9728-3.2-04] an unknown path is the application’s 404', async () => {
    const { mcpAuth, app, listen } = await create();
    app.setNotFoundHandler((_request, reply) => reply.code(404).send({ own: true }));
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    expect(JSON.parse((await sendRaw(await listen(), `${wellKnown}/other`)).body)).toEqual({ own: true });
  });

  test('works beside a CORS plugin, whose hooks see every answer', async () => {
    const { mcpAuth, app, listen } = await create();
    await app.register(fastifyCors, { origin: 'https://page.example', exposedHeaders: ['X-Own'] });
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), () => 'in');
    const origin = await listen();
    const headers = [['Origin', 'https://page.example']] as const;
    const refusal = await sendRaw(origin, '/mcp', { method: 'POST', headers });
    expect(refusal.status).toBe(401);
    expect(refusal.headers['access-control-allow-origin']).toBe('https://page.example');
    expect(String(refusal.headers['access-control-expose-headers'])).toMatch(/X-Own.*WWW-Authenticate/);
    expect((await sendRaw(origin, `${wellKnown}/mcp`, { headers })).status).toBe(200);
  });
});

test('a page of another origin that may call the resource can read what the handler answers', async () => {
  const page = 'https://page.example';
  const issuer = 'https://as.example.com';
  const metadata = { resource, authorizationServers: [{ issuer }] };
  const mcpAuth = new MCPAuth({ protectedResources: { metadata, cors: { origins: [page] } } });
  const app = Fastify();
  apps.push(app);
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.header('Vary', 'Accept').header('Access-Control-Allow-Origin', 'null');
    done();
  });
  const verify = () => ({ issuer, audience: resource, expiresAt: Date.now() / 1000 + 60 });
  app.post('/mcp', mcpAuth.bearerAuth(verify, { resource }), () => 'in');
  const { statusCode, headers } = await app.inject({
    method: 'POST',
    url: '/mcp',
    headers: { authorization: 'Bearer opaque', origin: page },
  });
  expect([statusCode, headers['access-control-allow-origin'], headers.vary]).toEqual([
    200,
    page,
    'Accept, Origin',
  ]);
});

describe('bearerAuth', () => {
  test('refusals pass onSend hooks and are finished before the body is parsed', async () => {
    const { mcpAuth, app, listen } = await create();
    const seen: number[] = [];
    app.addHook('onSend', (_request, reply, _payload, done) => {
      seen.push(reply.statusCode);
      done();
    });
    app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), () => 'in');
    const answer = await sendRaw(await listen(), '/mcp', { method: 'POST', body: 'not json {' });
    expect([answer.status, seen]).toEqual([401, [401]]);
  });

  test('[RFC9728-5.1-01] a serializer that a hook in front has chosen does not touch refusals', async () => {
    const { mcpAuth, app, listen } = await create();
    app.addHook('onRequest', (_request, reply, done) => {
      reply.serializer((payload: unknown) => JSON.stringify({ payload }));
      done();
    });
    app.setReplySerializer((payload) => JSON.stringify({ payload }));
    app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), () => ({}));
    const answer = await sendRaw(await listen(), '/mcp', { method: 'POST' });
    expect([answer.status, answer.headers['content-type']]).toEqual([401, 'application/json']);
    expect(JSON.parse(answer.body)).toHaveProperty('resource_metadata');
  });

  test('[RFC9110-11.6.1-01] refusals keep the challenge of another scheme, and replace what is no list', async () => {
    const { mcpAuth, app, listen } = await create();
    app.addHook('onRequest', (_request, reply, done) => {
      void reply.header('WWW-Authenticate', 'Basic realm="own"').header('Cache-Control', 'public');
      done();
    });
    app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), () => 'in');
    const { headers } = await sendRaw(await listen(), '/mcp', { method: 'POST' });
    expect(String(headers['www-authenticate'])).toMatch(/^Basic realm="own",\s?Bearer resource_metadata=/);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('a reply that somebody else has sent while the verdict was waited for stays as it is, without a complaint', async () => {
    const { mcpAuth } = await create();
    const complaints: string[] = [];
    const app = Fastify({ logger: { level: 'warn', stream: { write: (line) => complaints.push(line) } } });
    apps.push(app);
    let answer: (info: never) => void = () => undefined;
    const slow = () => new Promise<never>((_resolve, reject) => (answer = reject));
    app.post('/mcp', {
      ...mcpAuth.bearerAuth(slow, { resource }),
      onRequest: [
        (_request, reply, done) => {
          done();
          void reply.code(504).send('gave up waiting');
        },
        mcpAuth.bearerAuth(slow, { resource }).onRequest,
      ],
      handler: () => 'in',
    });
    const sent = await app.inject({
      method: 'POST',
      url: '/mcp',
      headers: { authorization: 'Bearer opaque' },
    });
    answer(new MCPAuthTokenVerificationError('inactive_token') as never);
    await new Promise((resolve) => setImmediate(resolve));
    expect([sent.statusCode, sent.body]).toEqual([504, 'gave up waiting']);
    expect(complaints).toEqual([]);
  });

  test('[contract row 11] the official SDK finds the caller on the raw request', async () => {
    const { issuer, mcpAuth, app, listen } = await create();
    app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), (request) => {
      const { auth } = request.raw as { readonly auth?: unknown };
      return { same: auth !== undefined && auth === getAuth(request) };
    });
    const answer = await sendRaw(await listen(), '/mcp', {
      method: 'POST',
      body: '{}',
      headers: bearer(await issuer.mintToken()),
    });
    expect(answer.body).toBe('{"same":true}');
  });

  test('a fault of the application reaches the error handler as an error', async () => {
    const { mcpAuth, app, listen } = await create();
    const notAnError: unknown = 'text';
    const seen: unknown[] = [];
    app.setErrorHandler((error, _request, reply) => {
      seen.push(error);
      void reply.code(500).send('failed');
    });

    app.post(
      '/mcp',
      mcpAuth.bearerAuth(() => Promise.reject(notAnError as Error), { resource }),
      () => 'in',
    );
    const answer = await sendRaw(await listen(), '/mcp', { method: 'POST', headers: bearer('opaque') });
    expect(answer.status).toBe(500);
    expect(seen).toMatchObject([
      { message: expect.stringContaining('not an Error') as string, cause: 'text' },
    ]);
  });

  test('as a hook of a whole context it protects every route in it', async () => {
    const { issuer, mcpAuth, app, listen } = await create();
    await app.register((inner, _options, done) => {
      const { onRequest, preHandler } = mcpAuth.bearerAuth('jwt', { resource });
      inner.addHook('onRequest', onRequest);
      inner.addHook('preHandler', preHandler);
      inner.get('/a', (request) => getAuth(request)?.subject);
      inner.get('/b', () => 'in');
      done();
    });
    app.get('/open', () => 'open');
    const origin = await listen();
    const statuses = await Promise.all(
      ['/a', '/b', '/open'].map(async (path) => (await sendRaw(origin, path)).status),
    );
    expect(statuses).toEqual([401, 401, 200]);
    expect((await sendRaw(origin, '/a', { headers: bearer(await issuer.mintToken()) })).body).toBe('user-1');
  });

  test('getAuth knows nobody where no gate ran, whatever stands in the request', () => {
    expect(getAuth({} as FastifyRequest)).toBeUndefined();
    expect(getAuth({ auth: { subject: 'root', scopes: [] } } as unknown as FastifyRequest)).toBeUndefined();
  });
});
