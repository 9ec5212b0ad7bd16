import { describe, expect, test } from 'vitest';
import type { BearerAuthOptions } from '../../src/config/bearer-auth-options.js';
import type { ProtectedResourceConfig } from '../../src/config/protected-resource.js';
import type { Decision } from '../../src/gate/decision.js';
import type { BodyOutcome } from '../../src/http/json-body.js';
import { createHead, type HeadOptions } from '../support/head.js';
import { challengeOf, fieldsOf, lastCode, protect, refused, statusOf } from '../support/protect.js';

const operations = { tools: { '*': [] }, methods: { 'tools/list': 'anonymous' } } as const;
const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const call = (name: string) => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } });
const notify = (name: string) => ({ jsonrpc: '2.0', method: `notifications/${name}` });
const json = (value: unknown): BodyOutcome => ({ kind: 'json', value });

async function open(options: Partial<BearerAuthOptions>, resource: Partial<ProtectedResourceConfig> = {}) {
  const { gate, issuer, events } = await protect({ options, resource });
  /** Both questions, whatever the answer to the first was. */
  const ask = async (body: BodyOutcome, scope?: string, given: HeadOptions = {}): Promise<Decision> => {
    const token =
      scope === undefined ? undefined : { authorization: `Bearer ${await issuer.sign({ scope })}` };
    const head = createHead({ ...given, headers: { ...token, ...given.headers } });
    const first = await gate.authenticate(head);
    return first.kind === 'refuse' ? first : gate.authorize(head, first.auth, body);
  };
  return { gate, ask, events };
}

describe('a request without a body', () => {
  test('[MCP-2026-07-28-RS-044] that ends a session passes with a token, and not as a POST', async () => {
    const { ask } = await open({ operations });
    expect(statusOf(await ask({ kind: 'empty' }, 'read', { method: 'POST' }))).toBe(400);
    expect(statusOf(await ask({ kind: 'empty' }, 'read', { method: 'DELETE' }))).toBe(200);
  });

  test('[MCP-2026-07-28-RS-030] is not one whose body cannot be read', async () => {
    const { ask } = await open({ operations });
    expect(statusOf(await ask({ kind: 'not-json' }, 'read', { method: 'DELETE' }))).toBe(400);
  });

  test('[MCP-2026-07-28-RS-024] needs the scopes of the route', async () => {
    const { ask } = await open({ operations, requiredScopes: ['read'] });
    const end = { method: 'DELETE' };
    expect(challengeOf(await ask({ kind: 'empty' }, 'other', end)).scope).toBe('read');
    expect(statusOf(await ask({ kind: 'empty' }, 'read', end))).toBe(200);
  });
});

describe('a batch that is open to all', () => {
  const anonymous = 'anonymous';

  test.each<
    [what: string, batch: readonly object[], methods: NonNullable<BearerAuthOptions['operations']>['methods']]
  >([
    [
      'no notification for everybody',
      [notify('roots/list_changed'), notify('cancelled')],
      { 'notifications/roots/list_changed': anonymous },
    ],
    [
      'a request that calls itself by the name of a notification',
      [list, { ...notify('cancelled'), id: 2 }],
      { 'tools/list': anonymous },
    ],
    [
      'a notification that a rule asks scopes for',
      [list, notify('cancelled')],
      { 'tools/list': anonymous, 'notifications/cancelled': ['write'] },
    ],
    [
      'a notification that a rule refuses',
      [list, notify('cancelled')],
      { 'tools/list': anonymous, 'notifications/cancelled': 'refuse' },
    ],
  ])('[MCP-2026-07-28-RS-030] is not opened by, or does not open, %s', async (_what, batch, methods) => {
    const { ask } = await open({ operations: { methods } });
    const decision = await ask(json(batch));
    expect(statusOf(decision)).toBe(401);
    expect(challengeOf(decision).error).toBeUndefined();
  });

  test('asks for nothing that a later challenge would have to name', async () => {
    const { ask } = await open({ operations, requiredScopes: ['read'] });
    expect(await ask(json([list, notify('cancelled')]))).toEqual({
      kind: 'allow',
      auth: undefined,
      headers: [],
      next: 'proceed',
      requirements: [],
    });
  });
});

describe('what a request was found to need, so that a later challenge can name it', () => {
  test('[MCP-2026-07-28-RS-024] is the route’s and the operation’s scopes', async () => {
    const { ask } = await open({ requiredScopes: ['read'], operations: { tools: { '*': ['write'] } } });
    expect(await ask(json(call('a')), 'read write')).toMatchObject({ requirements: [['read'], ['write']] });
  });

  test('[MCP-2026-07-28-RS-024] is the route’s alone for an answer to a request of the server', async () => {
    const { ask } = await open({ requiredScopes: ['read'], operations });
    const answer = json({ jsonrpc: '2.0', id: 7, result: {} });
    expect(await ask(answer, 'read')).toMatchObject({ requirements: [['read']] });
  });
});

describe('a route without rules', () => {
  test('[MCP-2026-07-28-RS-030] that is asked about a body nevertheless asks for the scopes of the route', async () => {
    const { gate, ask } = await open({ requiredScopes: ['read'] });
    expect(statusOf(await ask(json(call('a')), 'read'))).toBe(200);
    const head = createHead();
    expect(statusOf(await gate.authorize(head, undefined, json(call('a'))))).toBe(401);
  });
});

describe('an unauthenticated client', () => {
  test('[MCP-2026-07-28-RS-030] is not let through to the handler before its body is judged', async () => {
    const { gate } = await open({ operations });
    expect(await gate.authenticate(createHead())).toMatchObject({ kind: 'allow', next: 'authorize' });
  });

  test('[MCP-2026-07-28-RS-026] is asked for the preferred scope, since a rule of the owner says nothing of a client without scopes', async () => {
    const { ask } = await open(
      { operations: { tools: { help: 'anonymous', '*': { anyOf: ['purge', 'admin'] } } } },
      { scopeHierarchy: { satisfies: (_granted, required) => required === 'admin' } },
    );
    expect(challengeOf(await ask(json(call('purge')))).scope).toBe('purge');
  });

  test('[RFC6750-3.1-04] whose body cannot be read gets what everybody without a token gets, and the owner hears of it', async () => {
    const { gate, events } = await open({ operations });
    const head = createHead();
    const plain = refused(await gate.authorize(head, undefined, json(call('a'))));
    for (const kind of ['encoded', 'not-json'] as const) {
      const decision = refused(await gate.authorize(head, undefined, { kind }));
      expect(new Map(decision.headers)).toEqual(new Map(plain.headers));
      expect(lastCode(events.slice(-1))).toBe('missing_credentials');
    }
    const cut = refused(await gate.authorize(head, undefined, { kind: 'too-large' }));
    expect(new Map(cut.headers)).toEqual(new Map([...plain.headers, ['Connection', 'close']]));
  });
});

describe('an operation that does not exist', () => {
  test.each([
    ['2026-07-28', 404],
    ['2025-11-25', 200],
  ])('is answered as clients of %s expect it: %i', async (version, status) => {
    const { ask } = await open({ operations });
    const body = json({ jsonrpc: '2.0', id: 1, method: 'notes/erase' });
    const decision = refused(await ask(body, 'read', { headers: { 'mcp-protocol-version': version } }));
    expect(decision.status).toBe(status);
    expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
  });
});

describe('what the owner hears', () => {
  test('of a rule that failed: that it was no fault of the caller', async () => {
    const { ask, events } = await open({
      operations: {
        tools: {
          '*': () => {
            throw new Error('bug');
          },
        },
      },
    });
    expect(statusOf(await ask(json(call('a')), 'read'))).toBe(500);
    expect(events.at(-1)).toMatchObject({
      status: 500,
      code: 'operation_failed',
      operations: [{ target: 'a' }],
    });
  });

  test('of a target: no more than 500 characters, since a client wrote it', async () => {
    const { ask, events } = await open({ operations: { tools: { '*': 'refuse' } } });
    await ask(json(call('x'.repeat(5000))), 'read');
    expect(events.at(-1)).toMatchObject({
      code: 'unknown_operation',
      operations: [{ target: `${'x'.repeat(500)}…` }],
    });
  });
});
