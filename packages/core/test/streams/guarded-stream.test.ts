import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AuthInfo } from '../../src/caller/auth-info.js';
import { EventSink } from '../../src/events/event-sink.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { guardNodeStream } from '../../src/node/guard-node-stream.js';
import { GuardedStream } from '../../src/streams/guarded-stream.js';
import { OpenStreams } from '../../src/streams/open-streams.js';
import { guardWebStream } from '../../src/web/guard-web-stream.js';
import { createClock } from '../support/clock.js';

const auth = new AuthInfo({
  token: 'opaque',
  issuer: 'https://as.example.com',
  clientId: 'client-1',
  subject: 'user-1',
  audience: undefined,
  scopes: [],
  expiresAt: 0,
  claims: {},
  resource: 'https://api.example.com/mcp',
  resourceMetadataUrl: undefined,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function setUp() {
  const clock = createClock();
  const events: MCPAuthEvent[] = [];
  const sink = new EventSink({ onEvent: (event) => events.push(event) }, clock.now);
  let isRevoked = false;
  const open = new OpenStreams(
    { now: clock.now, events: sink },
    () => isRevoked,
    () => 0,
  );
  const stream = (answers: readonly (string | number)[] | 'unknown' = []) =>
    new GuardedStream({ resource: 'r', auth, dueMs: clock.now() + 10_000, answers }, open);
  const pass = (seconds: number, ticks = 1) => {
    clock.advance(seconds);
    vi.advanceTimersByTime(250 * ticks);
  };
  return { clock, events, open, stream, pass, revoke: () => (isRevoked = true) };
}

/** A Node response as far as a guard sees it. */
function createResponse(fields: Readonly<Record<string, string>> = { 'content-type': 'text/event-stream' }) {
  const sent: unknown[] = [];
  const listeners: (() => void)[] = [];
  const response = {
    getHeader: (name: string) => fields[name],
    on: (_event: string, listener: () => void) => void listeners.push(listener),
    writeHead: (...args: unknown[]) => {
      sent.push(['head', ...args]);
      return response;
    },
    write: (...args: unknown[]) => {
      sent.push(args[0]);
      return true;
    },
    end: (...args: unknown[]) => {
      sent.push(...args, 'END');
      return response;
    },
  };
  return { response, sent, leave: () => listeners.forEach((listener) => listener()) };
}

describe('a response of Node', () => {
  test.each([
    ['an object', [200, { 'Content-Type': 'Text/Event-Stream; charset=utf-8' }]],
    ['a list', [200, 'OK', ['content-type', 'text/event-stream']]],
    ['a list of pairs', [200, [['Content-Type', 'text/event-stream']]]],
  ])('is known by headers that writeHead gets as %s', (_form, args) => {
    const { open, stream } = setUp();
    const { response } = createResponse({});
    guardNodeStream(response, stream());
    response.writeHead(...args);
    expect(open.size).toBe(1);
  });

  test.each([['text/plain'], ['text/event-stream-not'], [undefined]])('of type %s is left alone', (type) => {
    const { open, stream } = setUp();
    const { response, sent } = createResponse(type === undefined ? {} : { 'content-type': type });
    guardNodeStream(response, stream());
    response.write('a');
    response.end();
    expect(sent).toEqual(['a', 'END']);
    expect(open.size).toBe(0);
  });

  test('that is compressed ends after a write, through what compresses it', () => {
    const { stream, pass } = setUp();
    const { response, sent } = createResponse({
      'content-type': 'text/event-stream',
      'content-encoding': 'gzip',
    });
    guardNodeStream(response, stream());
    // Put around it later, as compression is
    const { write, end } = response;
    response.write = (chunk: unknown) => write(`<${String(chunk)}>`);
    response.end = (chunk: unknown) => end(`<${String(chunk)}></>`);
    response.write('data: a\n\n');
    pass(11);
    expect(sent).toEqual(['<data: a\n\n>', '<retry: 1000\n\n></>', 'END']);
  });

  test('in the middle of an event that is never completed is cut after a while, which no client takes for an event', () => {
    const { stream, pass, events, open } = setUp();
    const { response, sent } = createResponse();
    guardNodeStream(response, stream());
    response.write('data: never');
    pass(11);
    pass(4);
    expect(sent).toEqual(['data: never']);
    pass(2);
    expect(sent).toEqual(['data: never', 'END']);
    expect(events).toHaveLength(1);
    expect(open.size).toBe(0);
  });

  test('whose callback waits is told that all is well', () => {
    const { stream, pass } = setUp();
    const { response, sent } = createResponse();
    guardNodeStream(response, stream());
    response.write('data: a\n\n');
    pass(11);
    const written = vi.fn();
    expect(response.write('data: b\n\n', written)).toBe(true);
    expect(response.end(written)).toBe(response);
    expect(sent).toHaveLength(3);
    return Promise.resolve().then(() => expect(written).toHaveBeenCalledTimes(2));
  });

  test('under two gates is ended by the first of both', () => {
    const { stream, pass, open } = setUp();
    const { response, sent } = createResponse();
    guardNodeStream(response, stream());
    guardNodeStream(response, stream());
    response.write('data: a\n\n');
    expect(open.size).toBe(2);
    pass(11);
    expect(sent.filter((each) => each === 'END')).toHaveLength(1);
    expect(open.size).toBe(0);
  });

  test('that throws does not keep the others open, and the owner hears of it', () => {
    const { stream, pass, events, open } = setUp();
    const broken = createResponse();
    broken.response.end = () => {
      throw new Error('broken');
    };
    guardNodeStream(broken.response, stream());
    broken.response.write('data: a\n\n');
    const { response, sent } = createResponse();
    guardNodeStream(response, stream());
    response.write('data: a\n\n');
    pass(11);
    expect(sent.at(-1)).toBe('END');
    expect(open.size).toBe(0);
    expect(events.map(({ type }) => type)).toEqual(['warning', 'stream']);
  });

  test('that throws where it is cut neither ends the process nor keeps the others open', () => {
    const { stream, pass, events, open } = setUp();
    const broken = createResponse();
    broken.response.end = () => {
      throw new Error('broken');
    };
    const { response, sent } = createResponse();
    for (const each of [broken.response, response]) {
      guardNodeStream(each, stream());
      each.write('data: never');
    }
    pass(11);
    expect(() => pass(6)).not.toThrow();
    expect(sent.at(-1)).toBe('END');
    expect(open.size).toBe(0);
    expect(events.map(({ type }) => type)).toEqual(['stream', 'warning']);
  });

  test('that throws while the server closes does not keep the others open', () => {
    const { stream, open } = setUp();
    const broken = createResponse();
    broken.response.end = () => {
      throw new Error('broken');
    };
    const { response, sent } = createResponse();
    for (const each of [broken.response, response]) {
      guardNodeStream(each, stream());
      each.write('data: never');
    }
    expect(() => open.close()).not.toThrow();
    expect(sent.at(-1)).toBe('END');
  });

  test.each([
    ['HTTP/1', { destroyed: true }],
    ['HTTP/2', { stream: { destroyed: true } }],
  ])('of %s whose client left before its head is not kept until the token expires', (_version, gone) => {
    const { stream, open } = setUp();
    const { response, sent } = createResponse();
    guardNodeStream(Object.assign(response, gone), stream());
    response.writeHead(200);
    response.write('data: a\n\n');
    expect(open.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(sent).toEqual([['head', 200], 'data: a\n\n']);
  });

  test('whose client leaves is forgotten, and no timer runs', () => {
    const { stream, open } = setUp();
    const { response, leave } = createResponse();
    guardNodeStream(response, stream());
    response.write('data: a\n\n');
    expect(vi.getTimerCount()).toBe(1);
    leave();
    expect(open.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a response of Fetch', () => {
  const sse = { headers: { 'content-type': 'text/event-stream' } };

  test('hands on the very chunks, and reads none before it is asked', async () => {
    const { stream } = setUp();
    const chunk = new TextEncoder().encode('data: a\n\n');
    const pull = vi.fn((controller: ReadableStreamDefaultController) => controller.enqueue(chunk));
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    const guarded = guardWebStream(new Response(body, sse), stream());
    expect(pull).not.toHaveBeenCalled();
    const { value } = (await guarded.body?.getReader().read()) ?? {};
    expect(value).toBe(chunk);
  });

  test('that fails still fails, and is forgotten', async () => {
    const { stream, open } = setUp();
    const body = new ReadableStream({
      pull: () => Promise.reject(new Error('of the handler')),
    });
    const guarded = guardWebStream(new Response(body, sse), stream());
    expect(open.size).toBe(1);
    await expect(guarded.text()).rejects.toThrow('of the handler');
    expect(open.size).toBe(0);
  });

  test('that fails after it was ended has ended well', async () => {
    const { stream, pass } = setUp();
    let fail: (error: Error) => void = () => undefined;
    const body = new ReadableStream({
      pull: () => new Promise((_resolve, reject) => (fail = reject)),
      cancel: () => fail(new Error('torn')),
    });
    const text = guardWebStream(new Response(body, sse), stream([3])).text();
    await Promise.resolve();
    pass(11);
    expect(await text).toMatch(/^retry: 1000\nevent: message\ndata: .*"id":3.*\n\n$/);
  });

  test('that is compressed ends without plain bytes in it', async () => {
    const { stream, pass } = setUp();
    const chunk = Uint8Array.of(31, 139, 8);
    const body = new ReadableStream({ start: (controller) => controller.enqueue(chunk) });
    const headers = { ...sse.headers, 'content-encoding': 'gzip' };
    const reader = guardWebStream(new Response(body, { headers }), stream([3])).body?.getReader();
    expect((await reader?.read())?.value).toEqual(chunk);
    pass(11);
    expect(await reader?.read()).toEqual({ done: true, value: undefined });
  });

  test('without a body, or of another type, is the same response', () => {
    const { stream } = setUp();
    const empty = new Response(null, sse);
    expect(guardWebStream(empty, stream())).toBe(empty);
    const json = Response.json({});
    expect(guardWebStream(json, stream())).toBe(json);
  });
});

test('many end in turns, so that requests pass between them; none of them gets more than the event that is being written', () => {
  const { stream, open, events } = setUp();
  const responses = Array.from({ length: 250 }, () => createResponse());
  const streams = responses.map(({ response }) => {
    const guarded = stream();
    guardNodeStream(response, guarded);
    response.write('data: a\n\n');
    return guarded;
  });
  expect(open.endAll(streams, 'revoked')).toBe(250);
  expect(open.endAll(streams, 'session_ended')).toBe(0);
  expect(open.size).toBe(150);
  const last = responses.at(-1);
  last?.response.write('data: b\n\n');
  expect(last?.sent).toEqual(['data: a\n\n', 'data: b\n\n', 'retry: 1000\n\n', 'END']);
  vi.advanceTimersByTime(10);
  expect(open.size).toBe(0);
  expect(events).toMatchObject([{ type: 'stream', reason: 'revoked', count: 250, open: 0 }]);
});

test('on Workers each stream has a timer of its own request, which hears of a revocation', async () => {
  vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
  const { stream, pass, open, revoke } = setUp();
  const responses = [createResponse(), createResponse()];
  for (const { response } of responses) {
    guardNodeStream(response, stream());
    response.write('data: a\n\n');
  }
  expect(vi.getTimerCount()).toBe(2);
  await Promise.resolve();
  revoke();
  expect(open.endRevoked()).toBe(0);
  pass(1, 4);
  for (const { sent } of responses) expect(sent.at(-1)).toBe('END');
  expect(vi.getTimerCount()).toBe(0);
});
