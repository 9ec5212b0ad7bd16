import type { FastifyInstance, FastifyServerOptions, RouteShorthandOptions } from 'fastify';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { search } from './support/body-app.js';
import { call, closeApps, create, operations } from './support/fixture.js';

afterEach(closeApps);

interface Setup {
  readonly server?: FastifyServerOptions;
  readonly prepare?: (app: FastifyInstance) => unknown;
  /** Options of the route; a hook at `preParsing` runs behind the one that reads the body. */
  readonly route?: RouteShorthandOptions;
}

/** An application that judges the bodies of `/mcp`, in process. */
async function start({ server, prepare, route }: Setup = {}) {
  const complaints: string[] = [];
  const stream = { write: (line: string) => void complaints.push(line) };
  const { app, install, protect } = create({ logger: { level: 'warn', stream }, ...server });
  await install();
  await prepare?.(app);
  const bodies: unknown[] = [];
  app.route({
    ...protect({ operations }),
    ...route,
    method: ['POST', 'PUT', 'DELETE'],
    url: '/mcp',
    handler: (request) => {
      bodies.push(request.body);
      return 'in';
    },
  });
  const ask = async (payload?: string | Readable, more: Readonly<Record<string, string>> = {}) => {
    const { method = 'POST', ...fields } = more;
    const headers = { authorization: 'Bearer alice', ...fields };
    return app.inject({
      method: method as 'POST',
      url: '/mcp',
      headers,
      ...(payload !== undefined && { payload }),
    });
  };
  return { app, ask, bodies, complaints };
}

const json = { 'content-type': 'application/json' };

/** A parser of the application for JSON, which is given text. */
const parser =
  (parse: (text: string) => unknown, bodyLimit?: number) =>
  (app: FastifyInstance): void => {
    const options = { parseAs: 'string', ...(bodyLimit !== undefined && { bodyLimit }) } as const;
    app.addContentTypeParser<string>('application/json', options, (_request, text, done) => {
      try {
        done(null, parse(text));
      } catch (error) {
        done(error as Error);
      }
    });
  };

const failWith = (error: Error, statusCode?: number) => () => {
  throw Object.assign(error, statusCode !== undefined && { statusCode });
};

describe('what a parser finds wrong with a body', () => {
  const findings: readonly (readonly [string, Setup, string, status: number, code: number, says: string])[] =
    [
      [
        'that it has a type of JSON which nobody parses',
        {},
        'application/x.none+json',
        415,
        -32_600,
        'must be JSON',
      ],
      [
        'that it is larger than the parser takes',
        { server: { bodyLimit: 2000 }, prepare: parser(JSON.parse, 20) },
        'application/json',
        ...([413, -32_600, 'larger'] as const),
      ],
      [
        'that it is larger than the parser takes, where the server has Fastify’s limit',
        { prepare: parser(JSON.parse, 20) },
        'application/json',
        ...([413, -32_600, 'larger'] as const),
      ],
      [
        'that a hook has left nothing of it',
        {
          route: {
            preParsing: (request, _reply, _payload, done) => {
              delete request.headers['content-length'];
              done(null, Readable.from([]));
            },
          },
        },
        'application/json',
        ...([400, -32_700, 'no body'] as const),
      ],
      [
        'that a hook has left less of it than was announced',
        { route: { preParsing: (_request, _reply, _payload, done) => done(null, Readable.from(['{'])) } },
        'application/json',
        ...([400, -32_600, 'not complete'] as const),
      ],
      [
        'that it is no JSON, as earlier releases of Fastify say it',
        { prepare: parser(failWith(new SyntaxError('own'), 400)) },
        'application/json',
        ...([400, -32_700, 'not JSON'] as const),
      ],
    ];

  test.each(findings)(
    '[MCP-2026-07-28-RS-030] %s, is answered as a JSON-RPC server answers',
    async (_title, setup, type, status, code, says) => {
      const { ask, bodies, complaints } = await start(setup);
      const answer = await ask(search, { 'content-type': type });
      expect([answer.statusCode, answer.json()]).toMatchObject([
        status,
        { jsonrpc: '2.0', id: null, error: { code, message: expect.stringContaining(says) as string } },
      ]);
      expect([bodies, complaints]).toEqual([[], []]);
    },
  );

  test('is an error of the application where a hook says it before there is a body', async () => {
    const { app, ask } = await start({
      prepare: (built) =>
        built.addHook('preParsing', (_request, _reply, _payload, done) => {
          done(Object.assign(new Error('own'), { code: 'FST_ERR_CTP_INVALID_JSON_BODY' }));
        }),
    });
    app.setErrorHandler((error: Error, _request, reply) => reply.code(418).send(error.message));
    const answer = await ask(search, json);
    expect([answer.statusCode, answer.body]).toEqual([418, 'own']);
  });

  test.each([
    ['of a wrong syntax that is not the client’s mistake', new SyntaxError('own'), undefined],
    ['that only has the same status', new TypeError('own'), 400],
  ])('%s, is an error of the application', async (_title, error, status) => {
    const { app, ask } = await start({ prepare: parser(failWith(error, status)) });
    app.setErrorHandler((_error, _request, reply) => reply.code(418).send('own'));
    expect((await ask(search, json)).statusCode).toBe(418);
  });
});

describe('a body is judged as the handler finds it', () => {
  test.each([null, undefined])('where a parser hands out %s: as it was sent', async (nothing) => {
    const { ask, bodies } = await start({ prepare: parser(() => nothing) });
    expect((await ask(JSON.stringify(call('erase')), json)).statusCode).toBe(403);
    expect((await ask(search, json)).statusCode).toBe(200);
    expect(bodies).toEqual([call('search')]);
  });

  test('a document that is a string is no call, even if the string spells one', async () => {
    const { ask, bodies } = await start();
    const answer = await ask(JSON.stringify(search), json);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { code: -32_600 } }]);
    expect(bodies).toEqual([]);
  });

  test.each<readonly [string, (text: string) => string | Buffer]>([
    ['text', (text) => text],
    ['bytes', (text) => Buffer.from(text)],
  ])(
    '%s that a parser hands out holds each member once, so that nobody reads another call',
    async (_kind, hand) => {
      const { ask, bodies } = await start({ prepare: parser(hand) });
      const twice = search.replace('"name":', '"name":"erase", "name":');
      expect((await ask(twice, json)).statusCode).toBe(200);
      expect(bodies).toEqual([hand(search)]);
    },
  );

  test('bytes that a parser hands out and that are no JSON are denied', async () => {
    const { ask, bodies } = await start({ prepare: parser(() => Buffer.from('{')) });
    const answer = await ask(search, json);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { code: -32_700 } }]);
    expect(bodies).toEqual([]);
  });

  /** As serverless platforms do. */
  const readInFront = (app: FastifyInstance) =>
    app.addHook('onRequest', (request, _reply, done) => {
      request.raw.resume().on('end', done);
    });

  test('one that a platform has read, and that no parser finds, is no call', async () => {
    const { ask, bodies } = await start({
      prepare: (app) => {
        readInFront(app).addContentTypeParser('application/json', (_request, _payload, done) => done(null));
      },
    });
    const answer = await ask(search, json);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { code: -32_700 } }]);
    expect(bodies).toEqual([]);
  });

  test.each<readonly [string, unknown, status: number]>([
    ['parsed', call('search'), 200],
    ['as text', search, 200],
    ['as bytes', Buffer.from(search), 200],
    ['parsed, of another operation', call('erase'), 403],
    ['as text that is no JSON', '{', 400],
    ['parsed, too deep', JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`), 400],
    ['nowhere', undefined, 400],
  ])(
    'one that a platform has read and left %s is not waited for by Fastify’s own parser',
    async (_how, left, status) => {
      const { ask, bodies } = await start({
        prepare: (app) =>
          app.addHook('onRequest', (request, _reply, done) => {
            request.raw.resume().on('end', () => {
              Object.assign(request.raw, { body: left });
              done();
            });
          }),
      });
      const answer = await ask(search, json);
      expect(answer.statusCode).toBe(status);
      if (status === 400) expect(answer.json()).toMatchObject({ jsonrpc: '2.0', id: null });
      expect(bodies).toEqual(status === 200 ? [call('search')] : []);
    },
  );

  test('an empty one that a platform has read is not waited for: clients end a session so', async () => {
    const { ask, bodies } = await start({ prepare: readInFront });
    expect((await ask(undefined, { ...json, method: 'DELETE' })).statusCode).toBe(200);
    expect(bodies.splice(0)).toEqual([undefined]);
    const answer = await ask(undefined, json);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { code: -32_700 } }]);
    expect(bodies).toEqual([]);
  });
});

describe('a body that is not for parsers is answered in front of them', () => {
  test('an empty one whose length was not announced', async () => {
    const { ask } = await start();
    const answer = await ask(Readable.from([]), { ...json, 'transfer-encoding': 'chunked' });
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { code: -32_700 } }]);
  });

  test.each(['DELETE', 'PUT'])(
    'an empty one of a %s whose length was not announced is none: it passes',
    async (method) => {
      const { ask, bodies } = await start();
      for (const fields of [json, {}]) {
        const more = { ...fields, 'transfer-encoding': 'chunked', method };
        expect((await ask(Readable.from([]), more)).statusCode).toBe(200);
      }
      expect(bodies).toEqual([undefined, undefined]);
    },
  );

  test('a large one of a PUT', async () => {
    const { ask } = await start({ server: { bodyLimit: 2000 } });
    const answer = await ask(search.padEnd(2001), { ...json, method: 'PUT' });
    expect([answer.statusCode, answer.json()]).toMatchObject([413, { error: { code: -32_600 } }]);
  });

  test('what a hook in front hands on in place of a stream is an error, and nothing runs', async () => {
    const { ask, bodies } = await start({
      prepare: (app) =>
        app.addHook('preParsing', (_request, _reply, _payload, done) => {
          done(null, {} as never);
        }),
    });
    expect((await ask(search, json)).statusCode).toBe(500);
    expect(bodies).toEqual([]);
  });
});
