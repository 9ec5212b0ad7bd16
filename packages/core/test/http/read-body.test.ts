import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BodyBudget, type BodyLimits } from '../../src/http/body-collector.js';
import { readNodeBody, type NodeBodyRequest } from '../../src/node/read-node-body.js';
import { readWebBody, withJsonBody } from '../../src/web/read-web-body.js';

const limits: BodyLimits = {
  maxBytes: 100,
  timeoutMs: 1000,
  budget: new BodyBudget(1_000_000),
  anonymous: false,
};
const limit = limits.maxBytes;
const json = { 'content-type': 'application/json' };
const call = '{"method":"tools/call","params":{"name":"a"}}';
const value = JSON.parse(call) as unknown;
const twice = '{"method":"tools/list","method":"tools/call","params":{"name":"a"}}';
const bytesOf = (text: string) => new TextEncoder().encode(text);

interface Incoming {
  readonly chunks: readonly (string | Uint8Array)[];
  readonly headers?: Readonly<Record<string, string>>;
}

function nodeRequest(
  { chunks, headers = {} }: Incoming,
  more: Partial<NodeBodyRequest> = {},
): NodeBodyRequest {
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  return Object.assign(stream, { headers: { ...json, ...headers }, ...more });
}

function webRequest({ chunks, headers = {} }: Incoming): Request {
  const rest = chunks.map((chunk) => (typeof chunk === 'string' ? bytesOf(chunk) : chunk));
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const chunk = rest.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
  return new Request('http://localhost/mcp', {
    method: 'POST',
    headers: { ...json, ...headers },
    body,
    duplex: 'half',
  } as RequestInit);
}

const states: readonly (readonly [title: string, incoming: Incoming, kind: string])[] = [
  ['in one piece', { chunks: [call] }, 'json'],
  ['byte by byte', { chunks: call.split('') }, 'json'],
  ['a character cut in two', { chunks: [bytesOf('"ä"').subarray(0, 2), bytesOf('"ä"').subarray(2)] }, 'json'],
  ['exactly at the limit', { chunks: [`"${'x'.repeat(limit - 2)}"`] }, 'json'],
  ['one byte beyond the limit', { chunks: [`"${'x'.repeat(limit - 1)}"`] }, 'too-large'],
  ['beyond the limit in many pieces', { chunks: Array.from({ length: 50 }, () => 'xxx') }, 'too-large'],
  ['announced to be beyond the limit', { chunks: [call], headers: { 'content-length': '101' } }, 'too-large'],
  ['empty', { chunks: [] }, 'empty'],
  ['not JSON', { chunks: ['{"method":'] }, 'not-json'],
  ['two JSON texts', { chunks: [call, call] }, 'not-json'],
  ['with a byte order mark', { chunks: [Buffer.from([0xef, 0xbb, 0xbf]), call] }, 'not-json'],
  ['no UTF-8', { chunks: [Buffer.from([0x22, 0xff, 0x22])] }, 'not-json'],
  ['UTF-16', { chunks: [Buffer.from(call, 'utf16le')] }, 'not-json'],
  ['compressed', { chunks: [gzipSync(call)], headers: { 'content-encoding': 'gzip' } }, 'encoded'],
  ['compressed twice', { chunks: [call], headers: { 'content-encoding': 'gzip, identity' } }, 'encoded'],
  ['not compressed, and saying so', { chunks: [call], headers: { 'content-encoding': 'Identity' } }, 'json'],
  ['of another type', { chunks: [call], headers: { 'content-type': 'text/plain' } }, 'wrong-type'],
  [
    'in another charset',
    { chunks: [call], headers: { 'content-type': 'application/json; charset=utf-16' } },
    'wrong-type',
  ],
  [
    'with its charset',
    { chunks: [call], headers: { 'content-type': 'application/JSON; charset="UTF-8"' } },
    'json',
  ],
  [
    'of a type with the suffix',
    { chunks: [call], headers: { 'content-type': 'application/x.y+json' } },
    'json',
  ],
  ['compressed in secret', { chunks: [gzipSync(call)] }, 'not-json'],
];

describe('a body on Node', () => {
  test.each(states)('[MCP-2026-07-28-RS-030] %s', async (_title, incoming, kind) => {
    const request = nodeRequest(incoming);
    expect(await readNodeBody(request, limits)).toMatchObject({ kind });
    expect(request.body === undefined).toBe(kind !== 'json');
  });

  test('the value that was judged is the one the next handler finds, and parsers do not run again', async () => {
    const request = nodeRequest({ chunks: [twice] });
    const outcome = await readNodeBody(request, limits);
    expect(outcome).toEqual({ kind: 'json', value });
    expect(outcome.kind === 'json' && outcome.value).toBe(request.body);
    expect(request._body).toBe(true);
  });

  test('what a parser has made is judged, not the bytes again', () => {
    const body = { method: 'tools/list' };
    const request = nodeRequest({ chunks: [call] }, { body, _body: true });
    expect(readNodeBody(request, limits)).toEqual({ kind: 'json', value: body });
    expect(request.body).toBe(body);
  });

  test('a body that was inflated and parsed before is no longer compressed', () => {
    const request = nodeRequest(
      { chunks: [], headers: { 'content-encoding': 'gzip' } },
      { body: value, _body: true },
    );
    expect(readNodeBody(request, limits)).toEqual({ kind: 'json', value });
  });

  test.each([
    ['text', twice],
    ['bytes', Buffer.from(twice)],
  ])('%s from a parser in front are put back in one spelling only', (_title, body) => {
    const request = nodeRequest({ chunks: [] }, { body, _body: true });
    expect(readNodeBody(request, limits)).toEqual({ kind: 'json', value });
    expect(typeof request.body).toBe(typeof body);
    expect(Buffer.isBuffer(request.body)).toBe(Buffer.isBuffer(body));
    expect(String(request.body)).toBe(JSON.stringify(value));
  });

  test('text from a parser in front that is no JSON is not let through', () => {
    const request = nodeRequest({ chunks: [] }, { body: 'tools/call', _body: true });
    expect(readNodeBody(request, limits)).toEqual({ kind: 'not-json' });
  });

  test('platforms that parse by themselves leave an empty stream and a value', async () => {
    const request = nodeRequest({ chunks: [] }, { body: value });
    expect(await readNodeBody(request, limits)).toEqual({ kind: 'json', value });
  });

  test('a value that somebody left there does not stand for the bytes that came', async () => {
    const request = nodeRequest({ chunks: [call] }, { body: {} });
    expect(await readNodeBody(request, limits)).toEqual({ kind: 'json', value });
    expect(request.body).toEqual(value);
  });

  test('a stream that somebody has read and kept nothing of is not let through', async () => {
    const stream = Readable.from([Buffer.from(call)]);
    await text(stream);
    const request: NodeBodyRequest = Object.assign(stream, { headers: json });
    expect(readNodeBody(request, limits)).toEqual({ kind: 'json', value: undefined });
  });

  test('a client that goes away is no error of the application, and its body is none', async () => {
    const stream = new Readable({ read: () => undefined });
    const request: NodeBodyRequest = Object.assign(stream, { headers: json });
    const outcome = Promise.resolve(readNodeBody(request, limits));
    stream.push(call.slice(0, 10));
    stream.destroy(new Error('aborted'));
    expect(await outcome).toEqual({ kind: 'aborted' });
  });
});

describe('a body on the web platform', () => {
  test.each(states)('[MCP-2026-07-28-RS-030] %s', async (_title, incoming, kind) => {
    expect(await readWebBody(webRequest(incoming), limits)).toMatchObject({ kind });
  });

  test('no body at all', async () => {
    expect(await readWebBody(new Request('http://localhost/mcp', { method: 'DELETE' }), limits)).toEqual({
      kind: 'empty',
    });
  });

  test('what is handed on has one spelling, and the length of that one', async () => {
    const request = webRequest({
      chunks: [twice],
      headers: {
        'content-type': 'application/json',
        'content-length': String(twice.length),
        'mcp-name': 'a',
      },
    });
    const outcome = await readWebBody(request, limits);
    if (outcome.kind !== 'json') throw new Error(outcome.kind);
    const next = withJsonBody(request, outcome.value);
    expect(next.method).toBe('POST');
    expect(next.url).toBe(request.url);
    expect(next.headers.get('mcp-name')).toBe('a');
    expect(next.headers.get('content-length')).toBeNull();
    expect(await next.text()).toBe(JSON.stringify(value));
  });

  test('a name under __proto__ survives as data', async () => {
    const named = '{"method":"tools/call","params":{"name":"a","__proto__":{"name":"b"}}}';
    const outcome = await readWebBody(webRequest({ chunks: [named] }), limits);
    if (outcome.kind !== 'json') throw new Error(outcome.kind);
    expect(await withJsonBody(webRequest({ chunks: [] }), outcome.value).text()).toBe(named);
  });

  test('a limit that is passed stops the sender', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytesOf('x'.repeat(60))),
      cancel: () => {
        cancelled = true;
      },
    });
    const request = new Request('http://localhost/mcp', {
      method: 'POST',
      headers: json,
      body,
      duplex: 'half',
    } as RequestInit);
    expect(await readWebBody(request, limits)).toEqual({ kind: 'too-large' });
    expect(cancelled).toBe(true);
  });
});
