import { describe, expect, test } from 'vitest';
import type { OperationPolicy } from '../../src/index.js';
import { readOperations } from '../../src/operation/operation.js';
import { compileOperationPolicy } from '../../src/operation/operation-rules.js';
import { configError } from '../support/config-error.js';
import { place } from '../support/place.js';

const judge = (policy: OperationPolicy, method: string, params: object) => {
  const operations = readOperations(method, params);
  if (operations === undefined) throw new Error('not read');
  return compileOperationPolicy(policy, 'operations', place).judge(operations, { auth: undefined });
};

describe('[MCP-2026-07-28-RS-030] rules hold as they were written', () => {
  test('a list that is emptied later opens nothing', () => {
    const admin = ['admin'];
    const either = { anyOf: ['admin'], allOf: ['read'] };
    const rules = compileOperationPolicy(
      { tools: { '*': 'refuse', erase: admin, drop: either }, methods: { 'logging/setLevel': admin } },
      'operations',
      place,
    );
    admin.length = 0;
    either.anyOf.length = 0;
    either.allOf.length = 0;
    for (const [method, name] of [
      ['tools/call', 'erase'],
      ['tools/call', 'drop'],
      ['logging/setLevel', undefined],
    ] as const) {
      const verdict = rules.judge(readOperations(method, { name }) ?? [], { auth: undefined });
      expect(JSON.stringify(verdict)).toContain('admin');
    }
  });

  test('a list with holes is no list of scopes', async () => {
    expect(
      configError(() => judge({ tools: { '*': new Array<string>(1) } }, 'tools/call', { name: 'x' })),
    ).toMatchObject({
      code: 'invalid_scope',
    });
    const computed: OperationPolicy = { tools: { '*': () => new Array<string>(1) } };
    expect(await judge(computed, 'tools/call', { name: 'x' })).toMatchObject({ kind: 'error' });
  });

  test('a promise with a then of its own is waited for, whatever it gives', async () => {
    const strange = () =>
      Object.assign(Promise.resolve([]), {
        then: (resolve: (value: unknown) => unknown) => ({ then: () => resolve(['admin']) }),
      }) as unknown as Promise<string[]>;
    const pending = judge({ tools: { '*': strange } }, 'tools/call', { name: 'x' });
    expect(pending).toBeInstanceOf(Promise);
  });
});

describe('a method that is nearly one of MCP protects nothing, so it is an error', () => {
  test.each([
    ['tools/lists', 'tools/list'],
    ['tools/List', 'tools/list'],
    ['loging/setLevel', 'logging/setLevel'],
    ['resource/list', 'resources/list'],
    ['initialise', 'initialize'],
  ])('%s', (written, meant) => {
    const error = configError(() =>
      compileOperationPolicy({ methods: { [written]: ['admin'] } }, 'operations', place),
    );
    expect(error).toMatchObject({
      code: 'unknown_option',
      path: `operations.methods[${JSON.stringify(written)}]`,
    });
    expect(error.message).toContain(`Did you mean ${JSON.stringify(meant)}?`);
  });

  test.each(['notes/list', 'com.example/search', 'resources/write', 'tools/search', 'health'])(
    '%s is a method of one’s own',
    (method) => {
      expect(() =>
        compileOperationPolicy({ methods: { [method]: ['admin'] } }, 'operations', place),
      ).not.toThrow();
    },
  );
});

describe('[MCP-2026-07-28-RS-030] bodies that no rule could judge', () => {
  test.each([[{}], [{ METHOD: 'tools/call' }], [[]], [{ id: 1 }]])('%j is no message', async (value) => {
    const { readMessages } = await import('../../src/operation/operation.js');
    const found = readMessages(value);
    expect(found.kind).toBe('malformed');
  });

  test('more operations than anybody asks for at once are not judged one by one', async () => {
    const { readMessages } = await import('../../src/operation/operation.js');
    const listen = (id: number) => ({
      jsonrpc: '2.0',
      id,
      method: 'subscriptions/listen',
      params: {
        notifications: { resourceSubscriptions: Array.from({ length: 100 }, (_, at) => `n://${at}`) },
      },
    });
    expect(readMessages(listen(1)).kind).toBe('messages');
    expect(readMessages([listen(1), listen(2)]).kind).toBe('malformed');
  });
});
