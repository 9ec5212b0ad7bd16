import { describe, expect, test } from 'vitest';
import type { BearerAuthOptions } from '../../src/config/bearer-auth-options.js';
import type { DecisionEvent } from '../../src/events/decision-event.js';
import type { DependencyEvent } from '../../src/events/dependency-event.js';
import { EventSink } from '../../src/events/event-sink.js';
import type { MCPAuthEvent } from '../../src/index.js';
import { createHead } from '../support/head.js';
import { protect, type ProtectOptions } from '../support/protect.js';

const timing = { startedAt: expect.any(Number), durationMs: expect.any(Number) };

/** With all events, those about authorization servers included. */
async function open(options: ProtectOptions = {}) {
  const events: MCPAuthEvent[] = [];
  const found = await protect({
    ...options,
    config: { onEvent: (event) => events.push(event), ...options.config },
  });
  const decisions = () =>
    events.filter((event): event is DecisionEvent & MCPAuthEvent => event.type === 'decision');
  const exchanges = () =>
    events
      .filter((event): event is DependencyEvent & MCPAuthEvent => event.type === 'dependency')
      .map(({ purpose, code }) => (code === undefined ? purpose : `${purpose}: ${code}`));
  return { ...found, events, decisions, exchanges };
}

describe('whoever listens learns how long things take', () => {
  test('a token that is not remembered, once; one that is takes none', async () => {
    const { ask, issuer, decisions } = await open();
    const token = await issuer.sign();
    await ask(token);
    await ask(token);
    await ask(await issuer.sign({ aud: 'elsewhere' }));
    expect(decisions()).toMatchObject([
      { outcome: 'allow', verification: timing },
      { outcome: 'allow', memory: 'remembered' },
      { code: 'wrong_audience', verification: timing },
    ]);
    expect(decisions()[1]).not.toHaveProperty('verification');
  });

  test('computed rules, with the time for the token that came before them; fixed ones take none', async () => {
    const ask = async (operations: BearerAuthOptions['operations']) => {
      const { gate, issuer, decisions } = await open({ options: { operations } });
      const head = createHead({ headers: { authorization: `Bearer ${await issuer.sign()}` } });
      const first = await gate.authenticate(head);
      if (first.kind === 'refuse') throw new Error('denied');
      const value = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'whoami' } };
      await gate.authorize(head, first.auth, { kind: 'json', value });
      return decisions();
    };
    expect(await ask({ tools: { '*': async () => [] } })).toMatchObject([
      { verification: timing, rules: timing },
    ]);
    const [fixed] = await ask({ tools: { '*': [] } });
    expect(fixed).toMatchObject({ verification: timing, memory: 'first-sight' });
    expect(fixed).not.toHaveProperty('rules');
  });

  test('metadata and keys, once for all that wait; each attempt that fails, with why', async () => {
    const { ask, issuer, exchanges, events, clock } = await open();
    issuer.down = true;
    const token = await issuer.sign();
    await Promise.all([ask(token), ask(token)]);
    expect(exchanges()).toEqual(['metadata: request_failed']);
    issuer.down = false;
    clock.advance(60);
    await Promise.all([ask(token), ask(token)]);
    expect(exchanges().slice(1)).toEqual(['metadata', 'keys']);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'dependency', level: 'info', issuer: issuer.issuer, ...timing }),
    );
  });

  test('nobody listens: no clock is read', () => {
    expect(new EventSink({ log: false }).startTiming()).toBeUndefined();
    expect(new EventSink().startTiming()).toBeUndefined();
  });
});

describe('what a client can make up is told from what the configuration says', () => {
  const operations = {
    tools: { '*': [], 'delete-note': [] },
    methods: { 'acme/sync': [], '*': [] },
  } as const;

  test('names of operations: those that rules or MCP have', async () => {
    const { gate, issuer, decisions } = await open({ options: { operations } });
    const ask = async (method: string, name?: string) => {
      const head = createHead({ headers: { authorization: `Bearer ${await issuer.sign()}` } });
      const first = await gate.authenticate(head);
      if (first.kind === 'refuse') throw new Error('denied');
      await gate.authorize(head, first.auth, {
        kind: 'json',
        value: { jsonrpc: '2.0', id: 1, method, params: { name } },
      });
    };
    await ask('tools/call', 'delete-note');
    await ask('tools/call', 'delete-note2');
    await ask('tools/call', '*');
    await ask('tools/list');
    await ask('acme/sync');
    await ask('acme/made-up');
    expect(decisions().map(({ operations: [operation] = [] }) => operation?.isNamed ?? false)).toEqual([
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  test('issuers: the configured one, where a token names it', async () => {
    const { ask, issuer, decisions } = await open();
    await ask(await issuer.sign());
    await ask(await issuer.sign({ aud: 'elsewhere' }));
    await ask(await issuer.sign({ iss: 'https://evil.example' }));
    await ask('opaque');
    expect(decisions().map(({ configuredIssuer }) => configuredIssuer)).toEqual([
      issuer.issuer,
      issuer.issuer,
      undefined,
      undefined,
    ]);
  });
});
