import { afterEach, expect, test, vi } from 'vitest';
import { EventSink } from '../../src/events/event-sink.js';

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
    '[mcp-auth] 192.0.2.1 has failed 60 times in 60 seconds and is told to wait. If it is a proxy of yours, name it in limits.proxies.',
  ]);
  vi.restoreAllMocks();
  const many = Array.from({ length: 500 }, (_, index) => ({ ...limit, peer: `10.0.${index}.1` }));
  expect(linesOf(many)).toHaveLength(100);
});

test('the name of a client breaks no line', () => {
  const [line] = linesOf([{ ...limit, issuer: 'https://as.example.com', clientId: 'a\n[mcp-auth] b' }]);
  expect(line).toMatch(
    /^\[mcp-auth\] client "a\\u\{a\}\[mcp-auth\] b" of https:\/\/as\.example\.com has failed.* to wait\.$/,
  );
});
