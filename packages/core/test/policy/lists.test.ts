import { inspect } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  allow,
  createPolicy,
  deny,
  depends,
  type MCPAuthEvent,
  needAuthentication,
  type OperationFunction,
  type OperationPolicy,
  type PolicyAnswer,
  type PolicyRequest,
  PolicyUnavailableError,
} from '../../src/index.js';
import { createAuth, resource } from '../context/callers.js';
import { policyErrors } from './ask-gate.js';

const items = (amount: number) => Array.from({ length: amount }, (_, index) => ({ name: `tool-${index}` }));

function listsWith(operations: OperationPolicy) {
  const events: MCPAuthEvent[] = [];
  const filter = createAuth({ events }).listFilter({ resource, operations });
  return { filter, events };
}

const visible = async (operations: OperationPolicy, amount = 3, scopes: readonly string[] = []) =>
  (await listsWith(operations).filter.visible('tools', items(amount), { scopes })).map(({ name }) => name);

describe('a list that a function is asked about', () => {
  test('is asked without arguments and without a head', async () => {
    const seen: PolicyRequest[] = [];
    await visible({ tools: { '*': (request) => (seen.push(request), allow()) } }, 1);
    expect(seen[0]).toMatchObject({ arguments: undefined, head: undefined, resource });
    expect(seen[0]?.operation).toMatchObject({ method: 'tools/call', target: 'tool-0' });
  });

  test('shows what depends on arguments, and hides what is denied, refused or needs another login', async () => {
    const tools = {
      'tool-0': depends,
      'tool-1': () => deny(),
      'tool-2': () => needAuthentication({ maxAgeSeconds: 1 }),
      'tool-3': () => 'refuse' as const,
      'tool-4': () => ['admin'],
      '*': allow,
    };
    expect(await visible({ tools }, 6)).toEqual(['tool-0', 'tool-5']);
  });

  test('of two rules for one resource both count: what the other demands is demanded', async () => {
    const resources = { 'notes://{id}': depends, '{scheme}://7': ['admin'], '*': 'refuse' } as const;
    const { filter } = listsWith({ resources });
    const list = [{ uri: 'notes://7' }, { uri: 'notes://8' }];
    expect(await filter.visible('resources', list, { scopes: [] })).toEqual([{ uri: 'notes://8' }]);
    expect(await filter.visible('resources', list, { scopes: ['admin'] })).toHaveLength(2);
  });

  test.each<[string, OperationFunction, string]>([
    ['cannot be asked', () => Promise.reject(new PolicyUnavailableError('down')), 'policy_unavailable'],
    ['throws', () => Promise.reject(new Error('x')), 'invalid_rule_result'],
    ['returns nothing', () => undefined as never, 'invalid_rule_result'],
  ])(
    'is not shown where the function %s; the owner hears of it, and clients not of the name they must not see',
    async (_how, rule, code) => {
      const { filter, events } = listsWith({ tools: { 'tool-1': rule, '*': [] } });
      const shown = code === 'policy_unavailable' ? code : 'operation_failed';
      const failure = await filter
        .visible('tools', items(3), { scopes: [] })
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: shown });
      expect(policyErrors(events)).toMatchObject([{ code }]);
      // The official SDKs show clients the message of whatever is thrown
      expect(inspect(failure, { depth: 5 })).not.toContain('tool-1');
    },
  );

  test('is asked a few at a time, within one time limit for all', async () => {
    let now = 0;
    let most = 0;
    const rule = async () => {
      most = Math.max(most, ++now);
      await wait(2);
      now--;
      return allow();
    };
    expect(await visible({ tools: { '*': rule } }, 40)).toHaveLength(40);
    expect(most).toBe(10);
    const slow = { tools: { '*': rule }, ruleTimeoutMs: 3 };
    await expect(visible(slow, 200)).rejects.toMatchObject({ code: 'policy_unavailable' });
  });
});

describe('the batch form of a function', () => {
  const batch = (decideAll: (requests: readonly PolicyRequest[]) => unknown) => {
    const single: PolicyRequest[] = [];
    const policy = createPolicy({
      decide: (request) => (single.push(request), allow()),
      decideAll: decideAll as never,
    });
    return { policy, single };
  };
  const names = (requests: readonly PolicyRequest[]) => requests.map(({ operation }) => operation.target);

  test('answers a whole list in one call, under however many names it stands', async () => {
    const calls: (string | undefined)[][] = [];
    const { policy, single } = batch((requests) => {
      calls.push(names(requests));
      return requests.map(({ operation }) => (operation.target === 'tool-1' ? deny() : allow()));
    });
    expect(await visible({ tools: { 'tool-1': policy, '*': policy } })).toEqual(['tool-0', 'tool-2']);
    expect(calls).toEqual([['tool-0', 'tool-1', 'tool-2']]);
    expect(single).toEqual([]);
  });

  test('is bounded: a longer list takes several calls', async () => {
    const sizes: number[] = [];
    const { policy } = batch((requests) => (sizes.push(requests.length), requests.map(() => allow())));
    expect(await visible({ tools: { '*': policy } }, 1100)).toHaveLength(1100);
    expect(sizes).toEqual([500, 500, 100]);
  });

  test.each<[string, (requests: readonly PolicyRequest[]) => unknown]>([
    ['too short', (requests) => requests.slice(1).map(() => allow())],
    ['too long', (requests) => [...requests, ...requests].map(() => allow())],
    ['full of holes', (requests) => new Array<PolicyAnswer>(requests.length)],
    ['no list', () => allow()],
    ['nothing', () => undefined],
    ['a rejection', () => Promise.reject(new Error('x'))],
  ])('an answer that is %s shows nothing', async (_what, decideAll) => {
    const { policy } = batch(decideAll);
    await expect(visible({ tools: { '*': policy } })).rejects.toMatchObject({ code: 'operation_failed' });
  });

  test('an engine that is down shows nothing', async () => {
    const { policy } = batch(() => {
      throw new PolicyUnavailableError('down');
    });
    await expect(visible({ tools: { '*': policy } })).rejects.toMatchObject({ code: 'policy_unavailable' });
  });

  test('is asked about what is not kept only', async () => {
    const calls: (string | undefined)[][] = [];
    const policy = createPolicy({
      decide: allow,
      decideAll: (requests) => (calls.push(names(requests)), requests.map(() => allow())),
      keepDecisions: { id: 'p', version: '1', maxAgeSeconds: 60 },
    });
    const { filter } = listsWith({ tools: { '*': policy } });
    await filter.visible('tools', items(2), undefined);
    await filter.visible('tools', items(3), undefined);
    expect(calls).toEqual([['tool-0', 'tool-1'], ['tool-2']]);
  });
});
