import { afterEach, expect, test, vi } from 'vitest';
import { EventSink } from '../../src/events/event-sink.js';

const page = 'https://github.com/mcp-auth/mcp-auth/blob/main/docs/errors.md';

afterEach(() => vi.restoreAllMocks());

function linesOf(events: readonly Parameters<EventSink['emit']>[0][]): string[] {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const sink = new EventSink();
  for (const event of events) sink.emit(event);
  return warn.mock.calls.map(([line]) => line as string);
}

const limit = {
  type: 'limit',
  resource: 'https://api.example.com/mcp',
  failures: 60,
  windowSeconds: 60,
} as const;

test('who has reached a limit is told once, and nobody can fill the console with it', () => {
  const peer = { ...limit, peer: '192.0.2.1' };
  expect(linesOf([peer, peer])).toEqual([
    `[mcp-auth] 192.0.2.1 has failed 60 times in 60 seconds and is told to wait. If it is a proxy of yours, name it in limits.proxies. → ${page}#too_many_attempts`,
  ]);
  vi.restoreAllMocks();
  const many = Array.from({ length: 500 }, (_, index) => ({ ...limit, peer: `10.0.${index}.1` }));
  expect(linesOf(many)).toHaveLength(3);
});

test('the name of a client breaks no line', () => {
  const [line] = linesOf([{ ...limit, issuer: 'https://as.example.com', clientId: 'a\n[mcp-auth] b' }]);
  expect(line).toMatch(
    /^\[mcp-auth\] client "a\\u\{a\}\[mcp-auth\] b" of https:\/\/as\.example\.com has failed.* to wait\. → \S+#too_many_attempts$/,
  );
});

test('a cache that is full is told once, with the option that makes it larger', () => {
  const full = { type: 'cache', cache: 'tokens', maxEntries: 10_000, maxBytes: 33_554_432 } as const;
  const answers = { ...full, cache: 'introspection', issuer: 'https://as.example.com', dropped: 1 } as const;
  expect(linesOf([{ ...full, dropped: 1 }, { ...full, dropped: 2000 }, answers])).toEqual([
    `[mcp-auth] more tokens are in use than cache may keep (maxEntries 10000, maxBytes 33554432): some are verified anew when they come again. Raise the limit that is reached. → ${page}#log-lines`,
    `[mcp-auth] https://as.example.com: more tokens are in use than introspection.keepAnswers may keep (maxEntries 10000, maxBytes 33554432): some are verified anew when they come again. Raise the limit that is reached. → ${page}#log-lines`,
  ]);
});
