import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type Server } from 'node:http';
import { connect, createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BodyLimits } from '@mcp-auth/core/adapter';

const limits = (): BodyLimits => ({
  maxBytes: 1000,
  timeoutMs: 60_000,
  budget: { take: () => true, give: () => undefined } as unknown as BodyLimits['budget'],
  anonymous: false,
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.unstubAllGlobals();
});

/** What a process that has seen no request before makes of one. */
async function load() {
  vi.resetModules();
  const { readHostBody } = await import('@mcp-auth/core/node');
  return readHostBody;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

type Handler = (request: Request, incoming: IncomingMessage) => Promise<unknown>;

/** What a handler makes of a POST on `@hono/node-server`. */
async function post(handler: Handler, headers: Record<string, string> = {}, body = '{"a":1,"a":2}') {
  const listener = getRequestListener(
    async (request, { incoming }) =>
      Response.json((await handler(request, incoming as IncomingMessage)) ?? null),
    { overrideGlobalObjects: false },
  );
  const port = await listen(createServer((incoming, outgoing) => void listener(incoming, outgoing)));
  return new Promise<unknown>((resolve, reject) => {
    const message = send(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text === '' ? undefined : JSON.parse(text)));
      },
    );
    message.on('error', reject);
    if (headers['expect'] === undefined) message.end(body);
    else message.on('continue', () => message.end(body));
  });
}

describe('on @hono/node-server', () => {
  test('a body is read once and shown in canonical spelling', async () => {
    const read = await load();
    const seen = await post(async (request) => [
      await read(request, limits(), undefined),
      await request.text(),
    ]);
    expect(seen).toEqual([{ kind: 'json', value: { a: 2 } }, '{"a":2}']);
  });

  test('so is one whose client waits for 100 Continue', async () => {
    const read = await load();
    const seen = await post(
      async (request) => [await read(request, limits(), undefined), (await request.json()) as unknown],
      { expect: '100-continue', 'content-length': '13' },
    );
    expect(seen).toEqual([{ kind: 'json', value: { a: 2 } }, { a: 2 }]);
  });

  test.each<[what: string, headers: Record<string, string>, body: string, kind: string]>([
    ['compressed', { 'content-encoding': 'gzip' }, '{}', 'encoded'],
    ['of another type', { 'content-type': 'text/plain' }, '{}', 'wrong-type'],
    ['too large', {}, `"${'a'.repeat(1000)}"`, 'too-large'],
    ['no JSON', {}, '{', 'not-json'],
    ['empty', {}, '', 'empty'],
  ])('a body that is %s cannot be judged', async (_what, headers, body, kind) => {
    const read = await load();
    expect(await post((request) => read(request, limits(), undefined), headers, body)).toEqual({ kind });
  });

  test('a header that a middleware has put in counts, for handlers see it', async () => {
    const read = await load();
    const seen = await post((request) => {
      request.headers.set('content-type', 'text/plain');
      return read(request, limits(), undefined);
    });
    expect(seen).toEqual({ kind: 'wrong-type' });
  });

  test.each<[what: string, change: Handler]>([
    ['read', (request) => request.text()],
    [
      'read through its Node request',
      async (_request, incoming) => (await once(incoming, 'readable'), incoming.read() as unknown),
    ],
    ['cloned', (request) => Promise.resolve(request.clone())],
    [
      'given a method of its own',
      (request) => Promise.resolve(Object.defineProperty(request, 'text', { value: () => 'other' })),
    ],
    ['parsed by a platform', (_request, incoming) => Promise.resolve(Object.assign(incoming, { body: {} }))],
    [
      'read by a platform',
      (_request, incoming) => Promise.resolve(Object.assign(incoming, { rawBody: 'x' })),
    ],
  ])('a request that somebody has %s is for others to read', async (_what, change) => {
    const read = await load();
    const seen = await post(async (request, incoming) => {
      await change(request, incoming);
      return [await read(request, limits(), undefined)];
    });
    expect(seen).toEqual([null]);
  });

  test('so is one that was cloned a moment ago, where the server is known', async () => {
    const read = await load();
    await post((request) => read(request, limits(), undefined));
    const seen = await post(async (request) => {
      const clone = request.clone();
      return [await read(request, limits(), undefined), await clone.text()];
    });
    expect(seen).toEqual([null, '{"a":1,"a":2}']);
  });

  test('a Proxy around a request, and a request made of it, are for others to read', async () => {
    const read = await load();
    const seen = await post(async (request) => [
      await read(new Proxy(request, {}), limits(), undefined),
      await read(Object.create(request) as Request, limits(), undefined),
    ]);
    expect(seen).toEqual([null, null]);
  });

  test('HTTP/2 is read as well', async () => {
    const read = await load();
    const listener = getRequestListener(
      async (request) => Response.json([await read(request, limits(), undefined), await request.text()]),
      { overrideGlobalObjects: false },
    );
    const server = createHttp2Server((incoming, outgoing) => void listener(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const stream = session.request({ ':method': 'POST', ':path': '/', 'content-type': 'application/json' });
    stream.end('{"a":1,"a":2}');
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    session.close();
    server.close();
    expect(JSON.parse(text)).toEqual([{ kind: 'json', value: { a: 2 } }, '{"a":2}']);
  });
});

describe('a server that makes its requests in another way', () => {
  const incomingKey = Symbol('incoming');
  const headersKey = Symbol('headers');
  const incoming = () => ({
    headers: { 'content-type': 'application/json' },
    rawHeaders: [],
    readableDidRead: false,
    on: vi.fn(),
    off: vi.fn(),
    resume: vi.fn(),
  });
  const keepHeaders = {
    method: 'POST',
    get headers(): Headers {
      const own = this as unknown as Record<symbol, Headers | undefined>;
      return (own[headersKey] ??= new Headers());
    },
  };

  test.each<[what: string, prototype: object]>([
    [
      'does not look for what is left with the Node request',
      { ...keepHeaders, text: () => Promise.resolve('') },
    ],
    [
      'looks for it in one way only',
      {
        ...keepHeaders,
        async text() {
          const { rawBody } = (this as unknown as Record<symbol, { rawBody: Buffer }>)[incomingKey]!;
          return Promise.resolve(rawBody.toString());
        },
      },
    ],
    ['throws', { ...keepHeaders, text: () => Promise.reject(new Error('no')) }],
  ])('is not trusted where it %s: nothing is read', async (_what, prototype) => {
    const read = await load();
    const node = incoming();
    const descriptors = Object.getOwnPropertyDescriptors(prototype);
    Object.defineProperty(descriptors, 'headers', {
      value: Object.getOwnPropertyDescriptor(keepHeaders, 'headers'),
    });
    const make = Object.create(null, descriptors) as object;
    const request = Object.assign(Object.create(make) as object, {
      [incomingKey]: node,
    }) as unknown as Request;
    expect(await read(request, limits(), undefined)).toBeUndefined();
    expect(node.on).not.toHaveBeenCalled();
    expect(node).not.toHaveProperty('rawBody');
  });

  test('and neither is one without a Buffer', async () => {
    vi.stubGlobal('Buffer', undefined);
    const read = await load();
    const request = Object.assign(Object.create(keepHeaders) as object, { [incomingKey]: incoming() });
    expect(await read(request as unknown as Request, limits(), undefined)).toBeUndefined();
  });
});
