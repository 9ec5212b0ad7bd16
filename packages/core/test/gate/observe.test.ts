import { afterEach, describe, expect, test, vi } from 'vitest';
import { MCPAuth } from '../../src/fetch.js';
import type { AllowedDecision, MCPAuthEvent, ObserveOptions, OperationPolicy } from '../../src/index.js';
import type { RouteArguments } from '../../src/config/verification-mode.js';
import { configError } from '../support/config-error.js';
import { createHead } from '../support/head.js';
import { challengeOf, protect, type ProtectOptions, statusOf } from '../support/protect.js';

afterEach(() => void vi.restoreAllMocks());

// The clock of these tests begins on 2026-01-01
const last = '2026-01-31';
const dayMs = 86_400;

const operations: OperationPolicy = {
  tools: { search: ['notes:read'], retired: 'refuse', help: 'anonymous', '*': ['notes:write'] },
};

async function observing(
  observe: ObserveOptions,
  given: ProtectOptions['options'] = {},
  more: ProtectOptions = {},
) {
  const world = await protect({ ...more, options: { ...given, observe } });
  const { gate, issuer, events } = world;
  const call = async (name: string, claims: Record<string, unknown> | null = { scope: '' }) => {
    const authorization =
      claims === null ? undefined : { authorization: `Bearer ${await issuer.sign(claims)}` };
    const head = createHead({ headers: { ...authorization } });
    const first = await gate.authenticate(head);
    if (first.kind !== 'allow' || first.next !== 'authorize') return first;
    const value = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } };
    return gate.authorize(head, first.auth, { kind: 'json', value });
  };
  return { ...world, call, observed: () => observedOf(events), warnings: () => warningsOf(events) };
}

const observedOf = (events: readonly MCPAuthEvent[]) =>
  events
    .filter(
      (event): event is AllowedDecision & MCPAuthEvent =>
        event.type === 'decision' && event.outcome === 'allow',
    )
    .flatMap(({ observed }) => observed ?? []);
const warningsOf = (events: readonly MCPAuthEvent[]) =>
  events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

describe('what cannot be observed is refused when the route is made', () => {
  const route = (observe: unknown, options: object = { requiredScopes: ['a'], operations }) => {
    const mcpAuth = new MCPAuth({
      resource: 'https://api.example.com/mcp',
      authorizationServers: ['https://auth.example.com'],
      now: () => Date.UTC(2026, 0, 1, 23, 59),
      log: false,
    });
    const all = { ...options, observe } as RouteArguments['options'];
    return configError(() => mcpAuth.protect({ fetch: () => new Response() }, 'jwt', all as object));
  };

  test.each<[title: string, observe: unknown, path: string, says: string]>([
    ['audiences', { audience: last }, 'observe.audience', 'is enforced in any case'],
    ['tokens', { tokens: last }, 'observe.tokens', 'is enforced in any case'],
    ['everything', { all: last }, 'observe.all', 'is enforced in any case'],
    ['what nobody knows', { bodies: last }, 'observe.bodies', 'is unknown'],
    ['a switch', true, 'observe', 'must be an object, but is true: write { scopes: "2027-01-31" }'],
    ['scopes without an end', { scopes: true }, 'observe.scopes', 'written as "2027-01-31"'],
    ['scopes until a day that is none', { scopes: '2026-02-30' }, 'observe.scopes', 'written as'],
    ['scopes until a time', { scopes: '2026-01-31T00:00:00Z' }, 'observe.scopes', 'written as'],
    ['scopes until a day in other digits', { scopes: '31.01.2026' }, 'observe.scopes', 'written as'],
    ['scopes until a date', { scopes: new Date() }, 'observe.scopes', 'written as'],
    [
      'scopes for 91 days',
      { scopes: '2026-04-02' },
      'observe.scopes',
      'at most 90 days ahead, 2026-04-01 on 2026-01-01',
    ],
    ['operations for 91 days', { operations: '2026-04-02' }, 'observe.operations', 'at most 90 days ahead'],
    ['scopes for ever', { scopes: '9999-12-31' }, 'observe.scopes', 'at most 90 days ahead'],
  ])('%s', (_title, observe, path, says) => {
    const error = route(observe);
    expect([error.path, error.message]).toEqual([path, expect.stringContaining(says)]);
  });

  test.each([
    ['scopes', { operations }],
    ['operations', { requiredScopes: ['a'] }],
  ] as const)('%s that the route does not demand', (part, options) => {
    const error = route({ [part]: last }, options);
    expect(error).toMatchObject({ code: 'unsupported_option', path: `observe.${part}` });
  });
});

describe('observation does not touch', () => {
  const all = { scopes: last, operations: last };
  const options = { requiredScopes: ['route'], operations };

  test.each<[title: string, claims: Record<string, unknown> | null]>([
    ['a request without a token', null],
    ['a token that has expired', { exp: 1 }],
    ['a token for another resource', { aud: 'https://other.example.com' }],
    ['a token of another issuer', { iss: 'https://other.example.com' }],
  ])('%s', async (_title, claims) => {
    const { call, observed } = await observing(all, options);
    expect(statusOf(await call('search', claims))).toBe(401);
    expect(observed()).toEqual([]);
  });

  test('a request without a token, where no body is read', async () => {
    const { ask } = await observing({ scopes: last }, { requiredScopes: ['route'] });
    expect(statusOf(await ask())).toBe(401);
  });

  test('what a rule refuses', async () => {
    const { call, observed, events } = await observing(all, options);
    const decision = await call('retired');
    expect([decision.kind, observed()]).toEqual(['refuse', []]);
    expect(events.at(-1)).toMatchObject({ code: 'refused_operation' });
  });

  test('a body that cannot be judged', async () => {
    const { gate, issuer } = await observing(all, options);
    const head = createHead({ headers: { authorization: `Bearer ${await issuer.sign({ scope: '' })}` } });
    const first = await gate.authenticate(head);
    if (first.kind !== 'allow') throw new Error('refused before the body');
    const second = await gate.authorize(head, first.auth, { kind: 'json', value: 'no message' });
    expect(statusOf(second)).toBe(400);
  });

  test('a rule that fails', async () => {
    const failing = () => {
      throw new Error('a fault');
    };
    const { call } = await observing(all, {
      requiredScopes: ['route'],
      operations: { tools: { '*': failing } },
    });
    expect(statusOf(await call('search'))).toBe(500);
  });
});

describe('one part does not stand for the other', () => {
  const options = { requiredScopes: ['route'], operations };

  test('missing scopes of the route are denied while rules are observed, and the challenge names everything', async () => {
    const { call, observed } = await observing({ operations: last }, options);
    const decision = await call('search');
    expect(statusOf(decision)).toBe(403);
    expect(challengeOf(decision).scope?.split(' ').sort()).toEqual(['notes:read', 'route']);
    expect(observed()).toEqual([]);
    expect(statusOf(await call('search', { scope: 'route' }))).toBe(200);
    expect(observed()).toMatchObject([{ parts: ['operations'] }]);
  });

  test('missing scopes of rules are denied while those of the route are observed', async () => {
    const { call, observed } = await observing({ scopes: last }, options);
    expect(statusOf(await call('search'))).toBe(403);
    expect(statusOf(await call('search', { scope: 'notes:read' }))).toBe(200);
    expect(observed()).toMatchObject([{ parts: ['scopes'] }]);
  });
});

describe('after the day', () => {
  test('the scopes are enforced, and that is said once', async () => {
    const { ask, issuer, clock, warnings, observed } = await observing(
      { scopes: last },
      { requiredScopes: ['a'] },
    );
    clock.advance(31 * dayMs - 1);
    expect(statusOf(await ask(await issuer.sign({ scope: '' })))).toBe(200);
    clock.advance(1);
    for (let turn = 0; turn < 3; turn++) {
      const decision = await ask(await issuer.sign({ scope: '' }));
      expect([statusOf(decision), challengeOf(decision).scope]).toEqual([403, 'a']);
    }
    expect(observed()).toHaveLength(1);
    expect(warnings().filter((message) => message.includes('is over'))).toHaveLength(1);
  });

  test('a clock that is set back does not begin it again', async () => {
    const { ask, issuer, clock } = await observing({ scopes: last }, { requiredScopes: ['a'] });
    clock.advance(31 * dayMs);
    expect(statusOf(await ask(await issuer.sign({ scope: '' })))).toBe(403);
    clock.advance(-dayMs);
    expect(statusOf(await ask(await issuer.sign({ scope: '' })))).toBe(403);
  });

  test('that was over before the start nothing passes, and the start says so', async () => {
    const { ask, issuer, warnings } = await observing({ scopes: '2025-12-31' }, { requiredScopes: ['a'] });
    expect(warnings()).toEqual([expect.stringContaining('2025-12-31 is over')]);
    expect(statusOf(await ask(await issuer.sign({ scope: '' })))).toBe(403);
    expect(warnings()).toHaveLength(1);
  });
});

describe('while it lasts', () => {
  test('the start says what passes and until when', async () => {
    const { warnings } = await observing({ scopes: '2026-04-01' }, { requiredScopes: ['a'] });
    expect(warnings()).toEqual([
      expect.stringMatching(/^observe\.scopes: until the end of 2026-04-01 \(UTC\)/),
    ]);
  });

  test('a request that would be denied passes, and is told with what is missing and how often', async () => {
    const { call, events } = await observing(
      { scopes: last, operations: '2026-01-15' },
      { requiredScopes: ['route'], operations },
    );
    await call('search');
    expect(statusOf(await call('search'))).toBe(200);
    expect(events.at(-1)).toMatchObject({
      type: 'decision',
      outcome: 'allow',
      level: 'warn',
      required: ['route', 'notes:read'],
      granted: [],
      operations: [{ method: 'tools/call', target: 'search' }],
      observed: {
        code: 'insufficient_scope',
        parts: ['scopes', 'operations'],
        until: '2026-01-15',
        count: 2,
        countedAs: 'client',
      },
    });
  });

  test('a request that lacks nothing is told as ever', async () => {
    const { ask, issuer, events } = await observing({ scopes: last }, { requiredScopes: ['read'] });
    await ask(await issuer.sign());
    expect(events.at(-1)).toMatchObject({ outcome: 'allow', level: 'info' });
    expect(events.at(-1)).not.toHaveProperty('observed');
  });

  test('clients are counted one by one, and all beyond a thousand as others', async () => {
    const { ask, issuer, observed } = await observing({ scopes: last }, { requiredScopes: ['a'] });
    const send = async (client: number) =>
      ask(await issuer.sign({ scope: '', client_id: `client-${client}` }));
    for (let client = 0; client < 1003; client++) await send(client);
    await send(0);
    await send(1002);
    expect(observed().slice(-6)).toMatchObject([
      { count: 1, countedAs: 'client' },
      { count: 1, countedAs: 'others' },
      { count: 2, countedAs: 'others' },
      { count: 3, countedAs: 'others' },
      { count: 2, countedAs: 'client' },
      { count: 4, countedAs: 'others' },
    ]);
  });

  test('the log tells it, also where nobody else listens', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    const lines: string[] = [];
    const logger = { warn: (_event: object, line: string) => lines.push(line), error: () => undefined };
    const { ask, issuer } = await observing(
      { scopes: last },
      { requiredScopes: ['a'] },
      { config: { onEvent: undefined, log: logger } },
    );
    for (let turn = 0; turn < 3; turn++) await ask(await issuer.sign({ scope: '' }));
    vi.unstubAllEnvs();
    expect(lines.filter((line) => line.startsWith('observed'))).toEqual([
      'observed POST /mcp insufficient_scope: needs "a", the token grants no scope (client "client-1"). It passes until the end of 2026-01-31 (UTC) → https://github.com/mcp-auth/mcp-auth/blob/main/docs/errors.md#insufficient_scope',
    ]);
  });
});

describe('what a handler asks of the rules while it runs', () => {
  const inCall = async (observe: ObserveOptions, scope: string) => {
    const world = await observing(observe, { requiredScopes: ['route'], operations });
    const head = createHead({ headers: { authorization: `Bearer ${await world.issuer.sign({ scope })}` } });
    const first = await world.gate.authenticate(head);
    if (first.kind !== 'allow') throw new Error('refused before the body');
    const call = world.gate.openCall(head, first);
    return { ...world, demand: (name: string) => call.requireOperation('tools/call', { name }) };
  };

  test('is demanded where only the scopes of the route are observed', async () => {
    const { demand, observed } = await inCall({ scopes: last }, 'route');
    await expect(demand('search')).rejects.toMatchObject({ scopes: ['route', 'notes:read'] });
    expect(observed()).toEqual([]);
  });

  test('is told and not demanded where rules are observed, as in the gate', async () => {
    const { demand, observed } = await inCall({ operations: last }, 'route');
    await demand('search');
    expect(observed()).toMatchObject([{ parts: ['operations'], count: 1 }]);
  });

  test('is refused by a rule in any case', async () => {
    const { demand } = await inCall({ scopes: last, operations: last }, '');
    await expect(demand('retired')).rejects.toMatchObject({ code: 'refused_operation' });
  });
});
