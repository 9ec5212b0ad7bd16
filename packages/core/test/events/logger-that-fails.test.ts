import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Happening } from '../../src/events/events.js';
import { EventSink } from '../../src/events/event-sink.js';
import { protect } from '../support/protect.js';

const page = 'https://github.com/mcp-auth/mcp-auth/blob/main/docs/errors.md';

const denial: Happening = {
  type: 'decision',
  outcome: 'deny',
  status: 401,
  code: 'wrong_audience',
  resource: 'https://api.example.com/mcp',
  route: '/mcp',
  via: 'bearer',
  binding: 'none',
  required: [],
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function fail(): never {
  throw new Error('the disk is full');
}

describe('a logger that fails ends neither a request nor the process', () => {
  test.each([
    ['throws', fail],
    ['rejects', () => Promise.reject(new Error('the disk is full'))],
  ])('where it %s: as it comes, at the end of a minute, and at close()', async (_how, write) => {
    const rejected = vi.fn();
    process.on('unhandledRejection', rejected);
    const sink = new EventSink({ log: { warn: write, error: write } });
    for (let time = 0; time < 2; time++) sink.emit(denial);
    expect(() => vi.advanceTimersByTime(60_000)).not.toThrow();
    for (let time = 0; time < 2; time++) sink.emit(denial);
    expect(() => sink.close()).not.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', rejected);
    expect(rejected).not.toHaveBeenCalled();
  });
});

describe('an environment that may not be read does not keep a server from starting', () => {
  test.each(['env', 'stderr'])('process.%s throws, as in Deno without a permission', (name) => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.stubGlobal('process', Object.defineProperty({}, name, { get: fail }));
    expect(() => new EventSink()).not.toThrow();
    vi.unstubAllGlobals();
  });
});

describe('what is printed', () => {
  test('a warning that repeats what somebody wrote steers no terminal, in the log and in the event', () => {
    const lines = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const heard = vi.fn();
    const sink = new EventSink({ log: true, onEvent: heard });
    sink.warn('a\u{9b}31m\u{202e}b\u{2028}c\nd');
    const message = 'a\\u{9b}31m\\u{202e}b\\u{2028}c\\u{a}d';
    expect(lines.mock.calls).toEqual([[`[mcp-auth] ${message} → ${page}#log-lines`]]);
    expect(heard).toHaveBeenCalledWith(expect.objectContaining({ message }));
  });

  test('is not what a listener has made of the event', () => {
    const lines = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const onEvent = (event: object) => void Object.assign(event, { message: 'nothing to see' });
    new EventSink({ log: true, onEvent }).warn('look at this');
    expect(lines.mock.calls).toEqual([[`[mcp-auth] look at this → ${page}#log-lines`]]);
  });
});

test('what ends with close() is no outage: nobody is woken for a server that shuts down', async () => {
  const { ask, issuer, heard, server } = await protect({
    config: { fetch: () => new Promise(() => undefined) },
  });
  const pending = ask(await issuer.sign());
  await server.close();
  expect(await pending).toMatchObject({ status: 503 });
  expect(heard).toMatchObject([{ type: 'decision', code: 'authorization_server_unavailable' }]);
});
