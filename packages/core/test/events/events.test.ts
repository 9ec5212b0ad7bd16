import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DeniedDecision, MCPAuthEvent } from '../../src/index.js';
import { EventSink } from '../../src/events/event-sink.js';
import { DecisionReport } from '../../src/gate/decision-report.js';
import { createHead } from '../support/head.js';
import { createKey } from '../support/keys.js';
import { protect, resource, statusOf } from '../support/protect.js';

afterEach(() => void vi.restoreAllMocks());

const common = {
  version: 1,
  type: 'decision',
  outcome: 'deny',
  resource,
  route: '/mcp',
  httpMethod: 'POST',
  binding: 'none',
  required: ['read'],
};

describe('operators learn why a request was denied', () => {
  test('a request without credentials that could be read: nobody', async () => {
    const { ask, askWith, events, clock } = await protect({ options: { requiredScopes: ['read'] } });
    await ask();
    await askWith({ headers: { authorization: 'Basic x' } });
    await askWith({ headers: { authorization: 'Bearer a b' } });
    await askWith({ headers: { authorization: 'Bearer a, Bearer b' } });
    const nobody = { ...common, via: 'none', time: clock.now() };
    expect(events).toStrictEqual([
      { ...nobody, level: 'info', status: 401, code: 'missing_credentials' },
      { ...nobody, level: 'warn', status: 401, code: 'unsupported_scheme' },
      { ...nobody, level: 'warn', status: 400, code: 'malformed_credentials' },
      { ...nobody, level: 'warn', status: 400, code: 'repeated_credentials' },
    ]);
  });

  test('a token that does not verify: what it says of itself is claimed, and nobody is an actor', async () => {
    const { ask, issuer, events } = await protect();
    const claims = { iss: 'https://evil.example', sub: 'mallory', client_id: 'claude-desktop' };
    await ask(await issuer.sign(claims));
    expect(events).toMatchObject([
      {
        code: 'untrusted_issuer',
        via: 'bearer',
        claim: 'iss',
        expected: [issuer.issuer],
        actual: 'https://evil.example',
        claimed: {
          issuer: 'https://evil.example',
          subject: 'mallory',
          clientId: 'claude-desktop',
          algorithm: 'ES256',
          keyId: issuer.key.kid,
        },
      },
    ]);
    expect(events[0]).not.toHaveProperty('caller');
    expect(events[0]).not.toHaveProperty('granted');
  });

  test('a genuine token of somebody: the caller', async () => {
    const { ask, issuer, clock, events } = await protect({ options: { requiredScopes: ['read'] } });
    const exp = clock.seconds() - 60;
    await ask(await issuer.sign({ sub: 'alice', exp }));
    const scoped = await issuer.sign({ sub: 'alice', client_id: 'app', scope: 'write' });
    await ask(scoped);
    await ask(scoped);
    expect(events.filter(({ type }) => type === 'decision')).toMatchObject([
      { code: 'token_expired', claim: 'exp', actual: exp, caller: { subject: 'alice', expiresAt: exp } },
      {
        code: 'insufficient_scope',
        memory: 'first-sight',
        required: ['read'],
        granted: ['write'],
        caller: { issuer: issuer.issuer, subject: 'alice', clientId: 'app' },
      },
      { code: 'insufficient_scope', memory: 'remembered' },
    ]);
    for (const event of events) expect(event).not.toHaveProperty('claimed');
  });

  test('another audience, an issuer that differs in a slash, a scope that nobody found: both values', async () => {
    const { ask, issuer, events } = await protect({ options: { requiredScopes: ['read'] } });
    await ask(await issuer.sign({ aud: `${resource}/` }));
    await ask(await issuer.sign({ iss: `${issuer.issuer}/` }));
    await ask(await issuer.sign({ scope: undefined, permissions: ['read'] }));
    expect(events).toMatchObject([
      { code: 'wrong_audience', expected: [resource], actual: `${resource}/` },
      { code: 'untrusted_issuer', expected: [issuer.issuer], actual: `${issuer.issuer}/` },
      { required: ['read'], granted: [], hint: expect.stringContaining('scopeClaims') },
    ]);
  });

  test('a failing provider is reported once per attempt, apart from the denials it causes', async () => {
    const { ask, issuer, events } = await protect();
    issuer.down = true;
    const token = await issuer.sign();
    await Promise.all([ask(token), ask(token), ask(token)]);
    const faults = events.filter((event) => event.type === 'fault');
    expect(faults).toMatchObject([
      { level: 'error', issuer: issuer.issuer, error: { code: 'request_failed' } },
    ]);
    const denials = events.filter((event) => event.type === 'decision');
    expect(denials).toMatchObject(
      Array.from({ length: 3 }, () => ({ code: 'authorization_server_unavailable', via: 'bearer' })),
    );
  });
});

describe('operators learn who was allowed', () => {
  test('the caller, what was granted and demanded, and whether the token was known', async () => {
    const { ask, issuer, events } = await protect({ options: { requiredScopes: ['read'] } });
    const token = await issuer.sign({ sub: 'alice', client_id: 'app', scope: 'read write', jti: 'id-1' });
    await ask(token);
    await ask(token);
    expect(events).toMatchObject([
      {
        outcome: 'allow',
        level: 'info',
        via: 'bearer',
        memory: 'first-sight',
        required: ['read'],
        granted: ['read', 'write'],
        caller: {
          issuer: issuer.issuer,
          subject: 'alice',
          clientId: 'app',
          tokenId: expect.stringMatching(/^[\da-f]{32}$/),
        },
      },
      { outcome: 'allow', memory: 'remembered' },
    ]);
    const [first, second] = events as readonly { caller?: { tokenId?: string } }[];
    expect(second?.caller?.tokenId).toBe(first?.caller?.tokenId);
    expect(JSON.stringify(events)).not.toContain('id-1');
  });

  test('the same token by the same name on another route, which recalls what the first has verified', async () => {
    const { ask, issuer, events, server } = await protect();
    const token = await issuer.sign({ jti: 'id-2' });
    await ask(token);
    const other = server.createGate('jwt', { requiredScopes: ['read'], resource });
    await other.authenticate(createHead({ headers: { authorization: `Bearer ${token}` } }));
    const [first, second] = events as readonly { caller?: { tokenId?: string }; memory?: string }[];
    expect(second?.memory).toBe('remembered');
    expect(first?.caller?.tokenId).toMatch(/^[\da-f]{32}$/);
    expect(second?.caller?.tokenId).toBe(first?.caller?.tokenId);
  });

  test('each caller as itself, even where an application makes them up with one object of claims', () => {
    const events: MCPAuthEvent[] = [];
    const sink = new EventSink({ onEvent: (event) => events.push(event) });
    const report = new DecisionReport({ resource, requiredScopes: [], events: sink, audiences: new Map() });
    const caller = {
      token: 't',
      issuer: 'https://as.example.com',
      clientId: '',
      scopes: [],
      expiresAt: 1,
      claims: {},
    };
    for (const subject of ['alice', 'bob', 'alice']) report.allow({ caller: { ...caller, subject } });
    expect(events).toMatchObject(
      ['alice', 'bob', 'alice'].map((subject) => ({ outcome: 'allow', caller: { subject } })),
    );
  });

  test('by the request that a client or proxy has named, where the name is one', async () => {
    const { askWith, issuer, events } = await protect();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const authorization = `Bearer ${await issuer.sign()}`;
    await askWith({ headers: { authorization, traceparent, 'x-request-id': 'req-17' } });
    await askWith({ headers: { authorization, traceparent: 'x', 'x-request-id': 'a\nb' } });
    await askWith({ headers: { authorization, 'x-request-id': authorization.slice(20, 60) } });
    expect(events).toMatchObject([{ traceparent, requestId: 'req-17' }, {}, {}]);
    for (const event of events.slice(1)) expect(event).not.toHaveProperty('requestId');
    expect(events[1]).not.toHaveProperty('traceparent');
  });
});

describe('[MCP-2026-07-28-RS-033] no event holds a token or a part of one', () => {
  test('of tokens that are denied', async () => {
    const { ask, askWith, issuer, events } = await protect();
    const tokens = [
      await issuer.sign({ aud: 'elsewhere' }),
      await issuer.sign({}, {}, await createKey({ kid: issuer.key.kid ?? '' })),
      'c2VjcmV0LW9wYXF1ZS10b2tlbg',
    ];
    for (const token of tokens) await ask(token);
    await askWith({ headers: { authorization: 'Bearer c2VjcmV0LW9wYXF1ZS10b2tlbg extra' } });
    issuer.down = true;
    await ask(await issuer.sign({ email: 'secret@example.com' }, { kid: 'other' }));
    const text = JSON.stringify(events);
    for (const token of tokens) for (const part of token.split('.')) expect(text).not.toContain(part);
    expect(text).not.toContain('secret@');
  });

  test('a claim is repeated in one line, and not at any length', async () => {
    const { ask, issuer, events } = await protect();
    const aud = [
      `a\r\n[mcp-auth] forged \x1b[2J\u202e`,
      'x'.repeat(10_000),
      ...Array.from({ length: 50 }, String),
    ];
    await ask(await issuer.sign({ aud }));
    const { actual } = events[0] as DeniedDecision;
    expect(actual).toHaveLength(11);
    expect((actual as readonly string[]).slice(0, 2)).toEqual([
      'a\\u{d}\\u{a}[mcp-auth] forged \\u{1b}[2J\\u{202e}',
      `${'x'.repeat(200)}…`,
    ]);
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

test('a warning is said once, and a provider cannot fill the memory with ever new ones', () => {
  const messages: string[] = [];
  const sink = new EventSink({
    onEvent: (event) => event.type === 'warning' && messages.push(event.message),
  });
  for (let round = 0; round < 3; round++)
    for (let index = 0; index < 1500; index++) sink.warn(`warning ${index}`);
  expect(messages).toHaveLength(1000);
});
