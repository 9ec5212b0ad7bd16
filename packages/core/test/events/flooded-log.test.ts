import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { EventSink } from '../../src/events/event-sink.js';
import { MCPAuth } from '../../src/fetch.js';
import { protect, resource } from '../support/protect.js';

const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  for (const method of ['warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((line: unknown) => void lines.push(String(line)));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function failRule(sink: EventSink, path: string, message: string): void {
  const cause = new Error(message);
  const error = new MCPAuthConfigError('invalid_rule_result', path, 'threw.', { cause });
  sink.emit({ type: 'policy', resource, error });
}

describe('clients cannot fill the log, and cannot use it up', () => {
  test('a rule whose error repeats what clients write is told three times a minute, and the next error is told still', () => {
    const sink = new EventSink();
    for (let index = 0; index < 5000; index++) failRule(sink, 'operations.tools["*"]', `no ${index}`);
    expect(lines).toHaveLength(3);
    failRule(sink, 'operations.prompts["*"]', 'the database is down');
    expect(lines).toHaveLength(4);
    vi.advanceTimersByTime(60_000);
    expect(lines.slice(4)).toEqual([
      '[mcp-auth] in the last minute, more of the same: 4997 × errors of operations.tools["*"]. The last: invalid_rule_result: operations.tools["*"]: threw. (no 4999) → https://github.com/mcp-auth/mcp-auth/blob/main/docs/errors.md#invalid_rule_result',
    ]);
    failRule(sink, 'operations.tools["*"]', 'the database is down');
    expect(lines.at(-1)).toContain('the database is down');
  });

  test('addresses that are told to wait: some of them, how many more, and again in the next minute', () => {
    const sink = new EventSink();
    const limit = { type: 'limit', resource, failures: 60, windowSeconds: 60 } as const;
    for (let index = 0; index < 200; index++) sink.emit({ ...limit, peer: `2001:db8:0:${index}::/64` });
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(4);
    expect(lines[3]).toContain('197 × peers told to wait. The last: 2001:db8:0:199::/64 has failed');
    sink.emit({ ...limit, peer: '192.0.2.1' });
    expect(lines).toHaveLength(5);
  });

  test('requests elsewhere, with any header, are told once and leave the advice about other things', async () => {
    const events: unknown[] = [];
    const onEvent = (event: unknown) => void events.push(event);
    const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://as.example.com'], onEvent });
    const handler = mcpAuth.protect({ fetch: () => new Response() });
    const secret = 'sk-live-0123456789abcdef';
    for (let index = 0; index < 200; index++) {
      const headers = { authorization: 'x' };
      await handler.fetch(new Request(`https://api.example.com/a/${index}/${secret}`, { headers }));
    }
    expect(events).toHaveLength(1);
    expect(events).toMatchObject([{ message: expect.stringContaining('"/a/0/…"') }]);
  });

  test('old tokens, whose time differs, are told once between those that are good', async () => {
    const { ask, issuer, events, clock } = await protect();
    for (let round = 0; round < 4; round++) {
      for (let index = 0; index < 3; index++) {
        await ask(await issuer.sign({ exp: clock.seconds() - 60 - round }));
      }
      await ask(await issuer.sign());
    }
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(1);
  });
});

test('a listener that changes scopes in an event grants nothing to the caller', async () => {
  const onEvent = (event: { granted?: string[]; required?: string[] }) => {
    event.granted?.push('admin');
    event.required?.splice(0);
  };
  const options = { operations: { tools: { '*': [] } }, requiredScopes: ['read'] };
  const { gate, issuer, askWith } = await protect({ config: { onEvent: onEvent as never }, options });
  const headers = { authorization: `Bearer ${await issuer.sign({ scope: 'read' })}`, 'content-length': '1' };
  for (let time = 0; time < 2; time++) {
    const first = await askWith({ headers });
    if (first.kind !== 'allow') throw new Error('denied');
    const value = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'a' } };
    const head = { method: 'POST', target: '/mcp', host: undefined, header: () => undefined };
    const second = await gate.authorize(head as never, first.auth, { kind: 'json', value });
    expect(second).toMatchObject({ kind: 'allow', auth: { scopes: ['read'] } });
  }
});
