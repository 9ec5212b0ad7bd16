import Fastify, { type FastifyServerOptions, type RouteShorthandOptions } from 'fastify';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { search, start } from './support/body-app.js';
import { call, closeApps, create, operations } from './support/fixture.js';

afterEach(closeApps);

const rethrow = (error: Error): void => {
  throw error;
};

describe('the size of a body', () => {
  const sized = (size: number) => search.padEnd(size);
  const mebibyte = 1024 * 1024;

  test('is what the route says, above Fastify’s own 1 MiB too', async () => {
    const { ask } = await start();
    expect((await ask({ body: sized(3 * mebibyte) })).status).toBe(200);
    expect((await ask({ body: sized(3 * mebibyte), pieces: 65_536 })).status).toBe(200);
    expect((await ask({ body: sized(4 * mebibyte + 1) })).status).toBe(413);
  });

  test.each<readonly [string, RouteShorthandOptions | undefined, FastifyServerOptions]>([
    ['on the route', { bodyLimit: 2000 }, {}],
    ['on a route with an error handler of its own', { bodyLimit: 2000, errorHandler: rethrow }, {}],
    ['for the server', undefined, { bodyLimit: 2000 }],
  ])('is at most what the application has said %s, in our words', async (_title, route, server) => {
    const { ask } = await start(route === undefined ? {} : { route }, server);
    expect((await ask({ body: sized(2000) })).status).toBe(200);
    for (const pieces of [undefined, 100]) {
      const answer = await ask({ body: sized(2001), ...(pieces !== undefined && { pieces }) });
      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([413, { jsonrpc: '2.0' }]);
    }
  });

  test('[MCP-2026-07-28-RS-020] without a token: 8 MB are answered with the challenge, and not cut off', async () => {
    const { ask } = await start();
    for (const pieces of [undefined, 65_536]) {
      const answer = await ask({
        body: sized(8_000_000),
        token: '',
        ...(pieces !== undefined && { pieces }),
      });
      expect(answer.status).toBe(401);
    }
  });
});

describe('errors that are the application’s', () => {
  test('reach its own error handler: those of its parsers, hooks, schemas and handler', async () => {
    const seen: string[] = [];
    const { app, install, protect } = create();
    await install();
    app.setErrorHandler((error: Error, _request, reply) => {
      seen.push(error.message);
      void reply.code(418).send('own');
    });
    app.addContentTypeParser('application/x.own+json', { parseAs: 'string' }, (_request, _body, done) => {
      done(new Error('own parser'));
    });
    const auth = protect({ operations });
    app.post('/handler', auth, () => {
      throw new Error('own handler');
    });
    app.post('/relay', auth, () => {
      throw Object.assign(new Error('of another server'), { code: 'FST_ERR_CTP_INVALID_JSON_BODY' });
    });
    // Of no body, or of none that anybody has parsed yet
    app.get('/relay', auth, () => {
      throw Object.assign(new Error('of a GET'), { code: 'FST_ERR_CTP_INVALID_JSON_BODY' });
    });
    app.delete(
      '/relay',
      {
        ...auth,
        preValidation: (_request, _reply, done) => {
          done(Object.assign(new Error('of a hook'), { code: 'FST_ERR_CTP_INVALID_JSON_BODY' }));
        },
      },
      () => 'in',
    );
    app.post('/schema', { ...auth, schema: { body: { type: 'array' } } }, () => 'in');
    const preValidation: RouteShorthandOptions['preValidation'] = (_request, _reply, done) => {
      done(new Error('own hook'));
    };
    app.post('/hook', { ...auth, preValidation }, () => 'in');
    const own = vi.fn((_error: unknown, _request: unknown, reply: { send: (text: string) => void }) => {
      reply.send('route');
    });
    app.post('/route', { ...auth, errorHandler: own }, () => 'in');
    const ask = (url: string, payload = search, type = 'application/json') =>
      app.inject({
        method: 'POST',
        url,
        payload,
        headers: { authorization: 'Bearer alice', 'content-type': type },
      });
    for (const [url, type] of [
      ['/handler'],
      ['/relay'],
      ['/schema'],
      ['/hook'],
      ['/hook', 'application/x.own+json'],
    ] as const) {
      expect((await ask(url, search, type)).statusCode).toBe(418);
    }
    expect(seen).toEqual([
      'own handler',
      'of another server',
      'body must be array',
      'own hook',
      'own parser',
    ]);
    for (const method of ['GET', 'DELETE'] as const) {
      await app.inject({ method, url: '/relay', headers: { authorization: 'Bearer alice' } });
    }
    expect(seen.slice(5)).toEqual(['of a GET', 'of a hook']);
    await ask('/route', search.replace('{', '{"__proto__":{},'));
    expect(own).toHaveBeenCalledOnce();
  });

  test('and are the same without one', async () => {
    const { app, install, protect } = create();
    await install();
    const plain = Fastify();
    for (const each of [app, plain]) {
      each.post('/mcp', each === app ? protect({ operations }) : {}, () => {
        throw Object.assign(new Error('own'), { statusCode: 409, code: 'OWN' });
      });
    }
    const answers = await Promise.all(
      [app, plain].map(async (each) => {
        const { statusCode, body } = await each.inject({
          method: 'POST',
          url: '/mcp',
          payload: call('search'),
          headers: { authorization: 'Bearer alice' },
        });
        return [statusCode, body];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    await plain.close();
  });
});

describe('a client that leaves while its body is read', () => {
  test('is no error of the application', async () => {
    const handle = vi.fn();
    const { app, ask, bodies } = await start({}, {}, (built) => {
      built.setErrorHandler(handle);
      built.addHook('onError', (_request, _reply, error, done) => {
        handle(error);
        done();
      });
    });
    const stderr = vi.spyOn(process.stderr, 'write');
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    const gone = new Promise((resolve) => {
      app.server.once('request', (request, response) => {
        response.on('close', resolve);
        // The body is waited for by then
        setImmediate(() => socket.resetAndDestroy());
      });
    });
    socket.write(
      'POST /mcp HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"',
    );
    await gone;
    expect((await ask({ body: search })).status).toBe(200);
    expect(handle).not.toHaveBeenCalled();
    expect(stderr).not.toHaveBeenCalled();
    expect(bodies).toHaveLength(1);
    stderr.mockRestore();
  });
});

test('over HTTP/2 a refusal of a body is complete, and warns of nothing', async () => {
  const { mcpAuth, protect } = create();
  const app = Fastify({ http2: true });
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.post('/mcp', protect({ operations, maxBodyBytes: 100 }), () => 'in');
  await app.listen({ port: 0, host: '127.0.0.1' });
  const warned = vi.fn();
  process.on('warning', warned);
  const client = connectHttp2(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`);
  const post = (body: string) =>
    new Promise<readonly [status: number | undefined, body: string]>((resolve, reject) => {
      const fields = { ':path': '/mcp', ':method': 'POST', authorization: 'Bearer alice' };
      const stream = client.request({ ...fields, 'content-type': 'application/json' }).setEncoding('utf8');
      let status: number | undefined;
      let text = '';
      stream.on('response', (head) => (status = head[':status']));
      stream.on('data', (chunk: string) => (text += chunk));
      stream.on('error', reject).on('end', () => resolve([status, text]));
      stream.end(body);
    });
  expect(await post(search)).toEqual([200, 'in']);
  expect(await post(JSON.stringify(call('erase')))).toEqual([403, expect.stringContaining('admin')]);
  expect(await post(search.padEnd(101))).toEqual([413, expect.stringContaining('larger')]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(warned).not.toHaveBeenCalled();
  process.off('warning', warned);
  client.close();
  await app.close();
});
