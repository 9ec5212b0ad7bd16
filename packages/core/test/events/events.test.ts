import { afterEach, describe, expect, test, vi } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { EventSink } from '../../src/events/events.js';
import { protect, resource, statusOf } from '../support/protect.js';
import { createKey } from '../support/keys.js';

afterEach(() => void vi.restoreAllMocks());

describe('operators learn why a request was refused', () => {
  test('a reason for each, with the claim that decided', async () => {
    const { ask, askWith, issuer, clock, events } = await protect({ options: { requiredScopes: ['read'] } });
    await ask();
    await askWith({ headers: { authorization: 'Basic x' } });
    await askWith({ headers: { authorization: 'Bearer a b' } });
    await askWith({ headers: { authorization: 'Bearer a, Bearer b' } });
    await ask('opaque');
    await ask(await issuer.sign({ iss: 'https://evil.example' }));
    await ask(await issuer.sign({ exp: clock.seconds() - 60 }));
    await ask(await issuer.sign({ aud: 'elsewhere' }));
    await ask(await issuer.sign({ scope: 'write' }));
    expect(events).toStrictEqual([
      { type: 'refusal', resource, status: 401, code: 'missing_credentials' },
      { type: 'refusal', resource, status: 401, code: 'unsupported_scheme' },
      { type: 'refusal', resource, status: 400, code: 'malformed_credentials' },
      { type: 'refusal', resource, status: 400, code: 'repeated_credentials' },
      { type: 'refusal', resource, status: 401, code: 'malformed_token' },
      { type: 'refusal', resource, status: 401, code: 'untrusted_issuer', claim: 'iss' },
      { type: 'refusal', resource, status: 401, code: 'token_expired', claim: 'exp' },
      { type: 'refusal', resource, status: 401, code: 'wrong_audience', claim: 'aud' },
      { type: 'refusal', resource, status: 403, code: 'insufficient_scope' },
    ]);
  });

  test('a failing provider is reported once per attempt, apart from the refusals it causes', async () => {
    const { ask, issuer, events } = await protect();
    issuer.down = true;
    const token = await issuer.sign();
    await Promise.all([ask(token), ask(token), ask(token)]);
    const faults = events.filter((event) => event.type === 'fault');
    expect(faults).toMatchObject([{ issuer: issuer.issuer, error: { code: 'request_failed' } }]);
    expect(
      events.filter((event) => event.type === 'refusal' && event.code === 'authorization_server_unavailable'),
    ).toHaveLength(3);
  });

  test('[MCP-2026-07-28-RS-033] no event holds a token or a part of one', async () => {
    const { ask, askWith, issuer, events } = await protect();
    const tokens = [
      await issuer.sign({ aud: 'elsewhere' }),
      await issuer.sign({}, {}, await createKey({ kid: issuer.key.kid ?? '' })),
      await issuer.sign({ aud: ['secret-audience-value'] }),
      'c2VjcmV0LW9wYXF1ZS10b2tlbg',
    ];
    for (const token of tokens) await ask(token);
    await askWith({ headers: { authorization: 'Bearer c2VjcmV0LW9wYXF1ZS10b2tlbg extra' } });
    issuer.down = true;
    await ask(await issuer.sign({}, { kid: 'secret-kid-value' }));
    const text = JSON.stringify(events);
    for (const token of tokens) for (const part of token.split('.')) expect(text).not.toContain(part);
    expect(text).not.toMatch(/secret-(?:audience|kid)-value/);
  });
});

describe('a listener cannot change a decision', () => {
  test.each([
    [
      'throws',
      () => {
        throw new Error('listener');
      },
    ],
    ['rejects', () => Promise.reject(new Error('listener'))],
    [
      'returns something that only looks like a promise',
      () => ({ then: (_done: unknown, fail: (error: Error) => void) => fail(new Error('x')) }),
    ],
  ])('one that %s', async (_what, onEvent) => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { ask, issuer } = await protect({ config: { onEvent } });
    expect(statusOf(await ask())).toBe(401);
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe('without a listener', () => {
  test('warnings and faults go to the console, refusals nowhere', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const sink = new EventSink();
    sink.warn('look at this');
    sink.emit({
      type: 'fault',
      issuer: 'https://as.example.com',
      error: new MCPAuthAuthServerError('request_failed', 'down'),
    });
    sink.emit({ type: 'refusal', resource, status: 401, code: 'missing_credentials' });
    expect(warn.mock.calls).toEqual([
      ['[mcp-auth] look at this'],
      ['[mcp-auth] https://as.example.com: request_failed: down'],
    ]);
  });

  test('a rule that fails is told once for each way in which it fails, in one line', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const sink = new EventSink();
    const fail = (cause: unknown) => {
      const error = new MCPAuthConfigError('invalid_rule_result', 'operations.tools["a"]', 'threw.', {
        cause,
      });
      sink.emit({ type: 'policy', resource, error });
    };
    for (let round = 0; round < 3; round++) {
      fail(new Error('no\n[mcp-auth] forged line'));
      fail('not shown');
    }
    expect(warn.mock.calls).toEqual([
      ['[mcp-auth] operations.tools["a"]: threw. (no [mcp-auth] forged line)'],
      ['[mcp-auth] operations.tools["a"]: threw.'],
    ]);
    warn.mockRestore();
  });

  test('a warning is said once, and a provider cannot fill the memory with ever new ones', () => {
    const messages: string[] = [];
    const sink = new EventSink((event) => event.type === 'warning' && messages.push(event.message));
    for (let round = 0; round < 3; round++)
      for (let index = 0; index < 1500; index++) sink.warn(`warning ${index}`);
    expect(messages).toHaveLength(1000);
  });
});
