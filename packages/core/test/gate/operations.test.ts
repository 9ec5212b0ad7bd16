import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/gate/decision.js';
import type { PolicyRequest } from '../../src/policy/policy-function.js';
import type { BearerAuthOptions } from '../../src/config/bearer-auth-options.js';
import { createHead, type HeadOptions } from '../support/head.js';
import {
  challengeOf,
  fieldsOf,
  lastCode,
  metadataUrl,
  protect,
  refused,
  statusOf,
} from '../support/protect.js';

const newest = { 'mcp-protocol-version': '2026-07-28' };

function callTool(name: string, id = 1) {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name } };
}

async function open(options: Partial<BearerAuthOptions>) {
  const { gate, issuer, events } = await protect({ options });
  /** Both questions, as an adapter asks them. */
  const ask = async (
    value: unknown,
    scope: string | undefined,
    head: HeadOptions = {},
  ): Promise<Decision> => {
    const authorization =
      scope === undefined ? undefined : { authorization: `Bearer ${await issuer.sign({ scope })}` };
    const view = createHead({ ...head, headers: { ...newest, ...authorization, ...head.headers } });
    const first = await gate.authenticate(view);
    if (first.kind === 'refuse' || first.next === 'proceed') return first;
    return gate.authorize(
      view,
      first.auth,
      value === undefined ? { kind: 'empty' } : { kind: 'json', value },
    );
  };
  const scopesFor = async (...request: Parameters<typeof ask>) => challengeOf(await ask(...request)).scope;
  return { gate, issuer, events, ask, scopesFor };
}

const operations = {
  tools: {
    '*': [],
    write: ['write'],
    purge: { allOf: ['write'], anyOf: ['purge', 'admin'] },
    help: 'anonymous',
  },
  methods: { 'tools/list': 'anonymous' },
} as const;

describe('one challenge names everything', () => {
  test('[MCP-2026-07-28-RS-024] route and operation together, also where only the route is not met', async () => {
    const { scopesFor } = await open({ requiredScopes: ['read'], operations });
    expect(await scopesFor(callTool('write'), 'other')).toBe('read write');
    expect(await scopesFor(callTool('write'), 'write')).toBe('read write');
    expect(await scopesFor(callTool('write'), 'read')).toBe('read write');
    expect(await scopesFor(callTool('purge'), 'read admin')).toBe('read write admin');
  });

  test('[RFC6750-3.1-03] it is a 403 with the registered code and the metadata', async () => {
    const { ask, events } = await open({ operations });
    const decision = refused(await ask(callTool('write'), 'other'));
    expect(decision.status).toBe(403);
    expect(challengeOf(decision)).toMatchObject({
      error: 'insufficient_scope',
      scope: 'write',
      resource_metadata: metadataUrl,
    });
    expect(lastCode(events)).toBe('insufficient_scope');
  });

  test('[MCP-2026-07-28-RS-010] with exactly these the request passes', async () => {
    const { ask, scopesFor } = await open({ requiredScopes: ['read'], operations });
    const scope = await scopesFor(callTool('purge'), 'none');
    expect(statusOf(await ask(callTool('purge'), scope))).toBe(200);
  });
});

describe('batches', () => {
  test('[MCP-2026-07-28-RS-024] need the union', async () => {
    const { ask, scopesFor } = await open({ requiredScopes: ['read'], operations });
    const batch = [callTool('write'), callTool('purge', 2), { jsonrpc: '2.0', id: 3, result: {} }];
    expect(await scopesFor(batch, 'read')).toBe('read write purge');
    expect(statusOf(await ask(batch, 'read write admin'))).toBe(200);
  });

  test('[MCP-2026-07-28-RS-030] one open request does not open its neighbours, in any order', async () => {
    const { ask } = await open({ operations });
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    for (const batch of [
      [list, callTool('write')],
      [callTool('write'), list],
      [list, { jsonrpc: '2.0', method: 'notifications/roots/list_changed' }],
      [list, { jsonrpc: '2.0', id: 7, result: { roots: [] } }],
      [{ jsonrpc: '2.0', method: 'notifications/initialized' }],
      [],
      [{ jsonrpc: '2.0', id: 1, result: {} }],
    ]) {
      expect(statusOf(await ask(batch, undefined))).toBe(401);
    }
    expect(statusOf(await ask([list, callTool('help')], undefined))).toBe(200);
    const courtesies = ['initialized', 'cancelled', 'progress'].map((name) => ({
      jsonrpc: '2.0',
      method: `notifications/${name}`,
    }));
    expect(statusOf(await ask([list, ...courtesies], undefined))).toBe(200);
  });
});

describe('batches with something that does not exist', () => {
  const closed = { tools: { '*': 'refuse', write: ['write'] } } as const;

  test('[MCP-2026-07-28-RS-030] one refusal refuses the batch, with one error for each request', async () => {
    const { ask, events } = await open({ operations: closed });
    const batch = [
      callTool('write', 1),
      callTool('wirte', 2),
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 9 } },
      { jsonrpc: '2.0', id: 'x', method: 'future/thing' },
      { jsonrpc: '2.0', id: 7, result: {} },
    ];
    const decision = refused(
      await ask(batch, 'write', { headers: { 'mcp-protocol-version': '2025-03-26' } }),
    );
    expect(decision.status).toBe(200);
    expect(JSON.parse(decision.body ?? '')).toEqual([
      {
        jsonrpc: '2.0',
        id: 1,
        error: { code: expect.any(Number) as number, message: expect.any(String) as string },
      },
      { jsonrpc: '2.0', id: 2, error: { code: -32602, message: expect.any(String) as string } },
      { jsonrpc: '2.0', id: 'x', error: { code: -32601, message: expect.any(String) as string } },
    ]);
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(2);
  });

  test('[MCP-2026-07-28-RS-030] a batch that is too long is refused before anything is judged', async () => {
    const asked: string[] = [];
    const watch = ({ operation }: PolicyRequest) => {
      asked.push(operation.target ?? '');
      return [];
    };
    const { ask } = await open({ operations: { tools: { '*': watch } } });
    const batch = Array.from({ length: 101 }, (_, index) => callTool(`tool-${index}`, index));
    expect(statusOf(await ask(batch, 'read'))).toBe(400);
    expect(asked).toEqual([]);
    expect(statusOf(await ask(batch.slice(1), 'read'))).toBe(200);
    expect(asked).toHaveLength(100);
  });

  test('a computed rule is asked once for one resource, in however many spellings it counts', async () => {
    const asked: unknown[] = [];
    const read = {
      jsonrpc: '2.0',
      id: 1,
      method: 'resources/read',
      params: { uri: 'notes://A//b/7?x=1#y' },
    };
    const { ask } = await open({
      operations: {
        resources: {
          '*': 'refuse',
          'notes://{+path}': ({ operation }) => {
            asked.push(operation.variables.path);
            return [];
          },
        },
      },
    });
    await ask(read, 'read');
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(1);
  });
});

describe('operations that are open to all', () => {
  test('[RFC6750-3.1-04] whoever brings no token for another is asked for one, without an error code', async () => {
    const { ask, events } = await open({ requiredScopes: ['read'], operations });
    const decision = await ask(callTool('purge'), undefined);
    expect(statusOf(decision)).toBe(401);
    expect(challengeOf(decision)).toEqual({ scope: 'read write purge', resource_metadata: metadataUrl });
    expect(lastCode(events)).toBe('missing_credentials');
  });

  test.each<[string, HeadOptions, number]>([
    ['a token that is none', { headers: { authorization: 'Bearer abc' } }, 401],
    ['another scheme', { headers: { authorization: 'Basic YTpi' } }, 401],
    ['no token after the scheme', { headers: { authorization: 'Bearer' } }, 401],
    ['two tokens', { headers: { authorization: 'Bearer abc, Bearer def' } }, 400],
  ])('[MCP-2026-07-28-RS-017] %s is refused even there', async (_title, head, status) => {
    const { ask } = await open({ operations });
    expect(statusOf(await ask({ method: 'tools/list' }, undefined, head))).toBe(status);
  });

  test.each(['GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT', 'POST', 'QUERY'])(
    '[MCP-2026-07-28-RS-044] %s without body and token is not open',
    async (method) => {
      const { ask } = await open({ operations });
      const decision = await ask(undefined, undefined, { method });
      expect(statusOf(decision)).toBe(401);
    },
  );

  test('[MCP-2026-07-28-RS-030] a GET that announces a body is judged by it', async () => {
    const { ask } = await open({ operations });
    const head = { method: 'GET', headers: { 'content-length': '50' } };
    expect(statusOf(await ask(callTool('write'), 'other', head))).toBe(403);
    expect(statusOf(await ask(callTool('write'), undefined, head))).toBe(401);
    const chunked = { method: 'GET', headers: { 'transfer-encoding': 'chunked' } };
    expect(statusOf(await ask(callTool('write'), 'other', chunked))).toBe(403);
  });

  test('[MCP-2026-07-28-RS-015] without such an operation nobody reads the body of a stranger', async () => {
    const { gate } = await open({ operations: { tools: { '*': [], write: ['write'] } } });
    expect(statusOf(await gate.authenticate(createHead()))).toBe(401);
  });
});

const unreadable = [
  ['empty', 400],
  ['not-json', 400],
  ['too-large', 413],
  ['encoded', 415],
] as const;

describe('a body that cannot be judged', () => {
  test.each(unreadable)(
    '[MCP-2026-07-28-RS-030] %s: %i, no challenge, an answer MCP clients can read',
    async (kind, status) => {
      const { gate, issuer } = await protect({ options: { operations } });
      const head = createHead({ headers: { authorization: `Bearer ${await issuer.sign()}` } });
      const first = await gate.authenticate(head);
      if (first.kind !== 'allow') throw new Error('refused');
      const decision = refused(await gate.authorize(head, first.auth, { kind }));
      expect(decision.status).toBe(status);
      expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
      expect(fieldsOf(decision, 'cache-control')).toEqual(['no-store']);
      expect(JSON.parse(decision.body ?? '')).toMatchObject({
        jsonrpc: '2.0',
        id: null,
        error: { code: expect.any(Number) as number },
      });
    },
  );

  test.each(unreadable)(
    '[RFC6750-3.1-04] %s, of a stranger: that no token came is said first',
    async (kind) => {
      const { gate } = await open({ operations });
      const decision = refused(await gate.authorize(createHead(), undefined, { kind }));
      expect(decision.status).toBe(401);
      expect(challengeOf(decision)).toEqual({ resource_metadata: metadataUrl });
    },
  );
});

describe('computed rules', () => {
  test('[MCP-2026-07-28-RS-021] see who calls and what is asked for', async () => {
    const { ask, scopesFor } = await open({
      operations: {
        tools: {
          '*': [],
          transfer: ({ arguments: given, caller }) => {
            const amount = Number(given?.amount);
            if (caller?.subject === 'user-1' && amount < 10) return [];
            return amount < 1000 ? ['pay'] : ['pay', 'pay:large'];
          },
        },
      },
    });
    const transfer = (amount: number) => ({
      method: 'tools/call',
      params: { name: 'transfer', arguments: { amount } },
    });
    expect(statusOf(await ask(transfer(5), 'none'))).toBe(200);
    expect(await scopesFor(transfer(50), 'none')).toBe('pay');
    expect(await scopesFor(transfer(5000), 'pay')).toBe('pay pay:large');
  });

  test('[MCP-2026-07-28-RS-030] an error in one is an error of this server, never a pass, and the owner hears of it', async () => {
    const { ask, events } = await open({
      operations: {
        tools: {
          '*': ({ operation }) => [(operation.params as { arguments: { scope: string } }).arguments.scope],
        },
      },
    });
    for (const scope of ['none', undefined]) {
      const decision = refused(await ask(callTool('x', 9), scope));
      expect(decision.status).toBe(500);
      expect(JSON.parse(decision.body ?? '')).toEqual({
        jsonrpc: '2.0',
        id: 9,
        error: { code: -32_603, message: 'Internal error' },
      });
      expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
    }
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'policy',
        resource: 'https://api.example.com/mcp',
        error: expect.objectContaining({
          code: 'invalid_rule_result',
          path: 'operations.tools["*"]',
          cause: expect.any(TypeError) as unknown,
        }) as unknown,
      }),
    );
  });

  test('whoever has no token gets an answer that is computed for nobody', async () => {
    const { ask } = await open({
      operations: { tools: { '*': ({ caller }) => (caller === undefined ? 'anonymous' : ['member']) } },
    });
    expect(statusOf(await ask(callTool('x'), undefined))).toBe(200);
    expect(statusOf(await ask(callTool('x'), 'none'))).toBe(403);
  });
});

describe('a hierarchy counts for operations too', () => {
  test.each([
    [{ scopes: { admin: ['write', 'purge'] } }, 'admin'],
    [{ satisfies: (granted: string) => granted === 'root' }, 'root'],
  ] as const)('[MCP-2026-07-28-RS-026] %#', async (scopeHierarchy, granted) => {
    const { gate, issuer } = await protect({ options: { operations }, resource: { scopeHierarchy } });
    const head = async (scope: string) =>
      createHead({ headers: { authorization: `Bearer ${await issuer.sign({ scope })}` } });
    for (const [scope, expected] of [
      ['other', 403],
      [granted, 200],
    ] as const) {
      const view = await head(scope);
      const first = await gate.authenticate(view);
      if (first.kind !== 'allow') throw new Error('refused');
      const body = { kind: 'json', value: [callTool('write'), callTool('purge')] } as const;
      expect(statusOf(await gate.authorize(view, first.auth, body))).toBe(expected);
    }
  });
});
