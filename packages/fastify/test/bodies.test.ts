import fastifyCors from '@fastify/cors';
import Fastify, {
  type FastifyInstance,
  type FastifyServerOptions,
  type RequestPayload,
  type RouteShorthandOptions,
} from 'fastify';
import { connect as connectHttp2 } from 'node:http2';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { createGunzip, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { closeServer, listen } from '../../core/test/support/listen.js';
import type { BearerAuthOptions } from '../src/index.js';
import { call, closeApps, create, operations } from './support/fixture.js';

afterEach(closeApps);

const search = JSON.stringify(call('search'));
const nested = (depth: number) =>
  JSON.stringify({ ...call('search'), deep: 0 }).replace(
    '"deep":0',
    `"deep":${'['.repeat(depth)}${']'.repeat(depth)}`,
  );

interface Incoming {
  readonly method?: 'POST' | 'PUT' | 'DELETE' | 'GET';
  readonly body?: string | Uint8Array;
  /** Sent in pieces of this many bytes, and without an announced length. */
  readonly pieces?: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly token?: string | undefined;
}

async function start(
  options: Partial<BearerAuthOptions> & { readonly route?: RouteShorthandOptions } = {},
  server: FastifyServerOptions = {},
  prepare: (app: FastifyInstance) => unknown = () => undefined,
) {
  const { route, ...more } = options;
  const fixture = create(server);
  await prepare(fixture.app);
  await fixture.install();
  const bodies: unknown[] = [];
  fixture.app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: '/mcp',
    ...route,
    ...fixture.protect({ operations: { ...operations, methods: { open: 'anonymous' } }, ...more }),
    handler: (request) => {
      bodies.push(request.body);
      return { ran: true };
    },
  });
  const origin = await fixture.app.listen({ port: 0, host: '127.0.0.1' });
  const ask = async ({ method = 'POST', body = '', pieces, headers = {}, token = 'alice' }: Incoming) => {
    const bytes = Buffer.from(body);
    const fields: Record<string, string | undefined> = {
      'content-type': 'application/json',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      ...headers,
    };
    const size = pieces ?? bytes.length;
    const chunks = Array.from({ length: Math.ceil(bytes.length / (size || 1)) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const known = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const sent =
      pieces === undefined ? bytes : (Readable.toWeb(Readable.from(chunks)) as ReadableStream<Uint8Array>);
    const response = await fetch(`${origin}/mcp`, {
      method,
      headers: known,
      ...(method === 'GET' || bytes.length === 0 ? {} : { body: sent, duplex: 'half' }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { ...fixture, origin, ask, bodies };
}

const refusals: readonly (readonly [title: string, incoming: Incoming, status: number, code: number])[] = [
  ['none', {}, 400, -32_700],
  ['not JSON', { body: '{"method":' }, 400, -32_700],
  ['two JSON texts', { body: search + search }, 400, -32_700],
  ['a byte order mark in front', { body: `\ufeff${search}` }, 400, -32_700],
  ['no UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }, 400, -32_700],
  ['UTF-16', { body: Buffer.from(search, 'utf16le') }, 400, -32_700],
  ['5,000 levels deep', { body: nested(5000) }, 400, -32_600],
  ['20,000 levels deep', { body: nested(20_000) }, 400, -32_600],
  ['wider than anybody needs', { body: `[${'1,'.repeat(100_001)}1]` }, 400, -32_600],
  ['text', { body: search, headers: { 'content-type': 'text/plain' } }, 415, -32_600],
  ['of no type', { body: search, headers: { 'content-type': undefined } }, 415, -32_600],
  ['of a type that is none', { body: search, headers: { 'content-type': '/' } }, 415, -32_600],
  ['compressed', { body: gzipSync(search), headers: { 'content-encoding': 'gzip' } }, 415, -32_600],
  ['compressed in secret', { body: gzipSync(search) }, 400, -32_700],
  ['larger than the limit', { body: search.padEnd(1025) }, 413, -32_600],
  ['larger than the limit, in pieces', { body: search.padEnd(1025), pieces: 100 }, 413, -32_600],
  ['a member __proto__', { body: search.replace('{', '{"__proto__":{"a":1},') }, 400, -32_700],
  ['a member constructor', { body: search.replace('{', '{"constructor":{"prototype":{}},') }, 400, -32_700],
];

describe('a body that cannot be judged', () => {
  test.each(refusals)(
    '[MCP-2026-07-28-RS-030] %s: is answered as a JSON-RPC server answers',
    async (_t, incoming, status, code) => {
      const large = incoming.body !== undefined && incoming.body.length > 2000;
      const { ask, bodies } = await start(large ? {} : { maxBodyBytes: 1024 });
      const answer = await ask(incoming);
      expect([
        answer.status,
        answer.headers.get('content-type'),
        answer.headers.get('cache-control'),
      ]).toEqual([status, 'application/json', 'no-store']);
      expect(JSON.parse(answer.text)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code } });
      expect(bodies).toEqual([]);
    },
  );

  test.each(refusals)('%s: without a token the answer is the challenge', async (_title, incoming) => {
    const { ask, bodies } = await start({ maxAnonymousBodyBytes: 200_000 });
    const answer = await ask({ ...incoming, token: '' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('resource_metadata='),
    ]);
    expect(bodies).toEqual([]);
  });

  test('of no type is not taken by a parser for every type', async () => {
    const { ask, bodies } = await start({}, {}, (app) => {
      app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
        done(null, text);
      });
    });
    expect(
      (await ask({ body: new TextEncoder().encode(search), headers: { 'content-type': undefined } })).status,
    ).toBe(415);
    expect((await ask({ body: search, headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    expect(bodies).toEqual([]);
  });

  test('the answer passes onSend hooks, and the CORS plugin sees it', async () => {
    const seen: number[] = [];
    const { ask } = await start({}, {}, async (app) => {
      await app.register(fastifyCors, { origin: 'https://page.example' });
      app.addHook('onSend', (_request, reply, _payload, done) => {
        seen.push(reply.statusCode);
        done();
      });
    });
    for (const body of ['{', search.replace('{', '{"__proto__":{},')]) {
      const answer = await ask({ body, headers: { origin: 'https://page.example' } });
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://page.example');
    }
    expect(seen).toEqual([400, 400]);
  });
});

describe('a body that can be judged arrives as it was sent', () => {
  const value = { ...call('search'), note: 'Grüße, 世界 \ud83d\ude00' };
  const body = JSON.stringify(value);

  test.each<readonly [string, Incoming]>([
    ['in one piece', { body }],
    ['byte by byte', { body, pieces: 1 }],
    ['not compressed, and saying so', { body, headers: { 'content-encoding': 'identity' } }],
    ['with its charset', { body, headers: { 'content-type': 'application/json; charset=utf-8' } }],
    ['with another method', { body, method: 'PUT' }],
    ['of a DELETE', { body, method: 'DELETE' }],
  ])('%s', async (_title, incoming) => {
    const { ask, bodies } = await start();
    expect((await ask(incoming)).status).toBe(200);
    expect(bodies).toEqual([value]);
  });

  test('none, where none is needed', async () => {
    const { ask, bodies } = await start();
    expect((await ask({ method: 'DELETE', headers: { 'content-type': undefined } })).status).toBe(200);
    expect((await ask({ method: 'GET' })).status).toBe(200);
    // Clients end a session so
    expect((await ask({ method: 'DELETE' })).status).toBe(200);
    expect(bodies).toEqual([undefined, undefined, undefined]);
  });

  test('of a GET, which Fastify does not parse: what is judged is what the handler finds', async () => {
    const { app, bodies } = await start();
    const headers = { authorization: 'Bearer alice', 'content-type': 'application/json' };
    const get = (payload: string) => app.inject({ method: 'GET', url: '/mcp', headers, payload });
    expect((await get(JSON.stringify(call('erase')))).statusCode).toBe(403);
    expect(bodies).toEqual([]);
    expect((await get(body)).statusCode).toBe(200);
    expect(bodies).toEqual([value]);
  });

  test('that a plugin in front has decoded is judged as it was decoded', async () => {
    const { ask, bodies } = await start({}, {}, (app) => {
      app.addHook('preParsing', (request, _reply, payload, done) => {
        delete request.headers['content-encoding'];
        const decoded: RequestPayload = payload.pipe(createGunzip());
        payload.on('data', (chunk: Buffer) => {
          decoded.receivedEncodedLength = (decoded.receivedEncodedLength ?? 0) + chunk.length;
        });
        done(null, decoded);
      });
    });
    const gzip = (value: unknown) => gzipSync(JSON.stringify(value));
    const headers = { 'content-encoding': 'gzip' };
    expect((await ask({ body: gzip(call('erase')), headers })).status).toBe(403);
    expect((await ask({ body: gzip(value), headers })).status).toBe(200);
    expect(bodies).toEqual([value]);
  });

  test('that a serverless platform has read is judged as the application’s parser finds it', async () => {
    const { app, install, protect } = create();
    await install();
    const bodies: unknown[] = [];
    app.addContentTypeParser('application/json', (_request, payload, done) => {
      done(null, (payload as { readonly body?: unknown }).body);
    });
    app.post('/mcp', protect({ operations }), (request) => {
      bodies.push(request.body);
      return 'in';
    });
    await app.ready();
    const platform = createServer((request, response) => {
      void json(request).then((body) => {
        app.routing(Object.assign(request, { body }), response);
      });
    });
    const origin = await listen(platform);
    const headers = { authorization: 'Bearer alice', 'content-type': 'application/json' };
    const ask = async (name: string) => {
      const body = JSON.stringify(call(name));
      return (await fetch(`${origin}/mcp`, { method: 'POST', headers, body })).status;
    };
    expect([await ask('erase'), bodies]).toEqual([403, []]);
    expect([await ask('search'), bodies]).toEqual([200, [call('search')]]);
    await closeServer(platform);
  });
});

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
