import fastifyCors from '@fastify/cors';
import type { RequestPayload } from 'fastify';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { createGunzip, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { closeServer, listen } from '../../core/test/support/listen.js';
import { search, start, type Incoming } from './support/body-app.js';
import { call, closeApps, create, operations } from './support/fixture.js';

afterEach(closeApps);

const nested = (depth: number) =>
  JSON.stringify({ ...call('search'), deep: 0 }).replace(
    '"deep":0',
    `"deep":${'['.repeat(depth)}${']'.repeat(depth)}`,
  );

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
