import { describe, expect, test } from 'vitest';
import type { OperationPolicy } from '../../src/index.js';
import { readOperations } from '../../src/operation/operation.js';
import { compileOperationPolicy } from '../../src/operation/operation-rules.js';
import { place } from '../support/place.js';

/** What the rules say at once about one message of a caller without a token. */
function judge(policy: OperationPolicy, method: string, params: object = {}) {
  const operations = readOperations(method, params);
  if (operations === undefined) return 'malformed';
  const verdict = compileOperationPolicy(policy, 'operations', place).judge(operations, { auth: undefined });
  if (verdict instanceof Promise) throw new Error('not decided at once');
  return verdict.kind === 'needs' ? verdict.requirements.flat() : verdict.kind;
}

const listen = (...resourceSubscriptions: readonly unknown[]) => ({
  notifications: { resourceSubscriptions },
});
const refTo = (name: string) => ({ ref: { type: 'ref/prompt', name } });

describe('[MCP-2026-07-28-RS-030] a request that names several things needs what each of them needs', () => {
  const policy: OperationPolicy = {
    resources: { 'notes://a': ['a'], 'notes://b': ['b'], '*': 'refuse' },
    prompts: { plan: ['plan'], '*': 'refuse' },
    methods: { 'subscriptions/listen': ['listen'], 'completion/complete': ['complete'] },
  };

  test('subscriptions/listen: one resource that is refused refuses it', () => {
    expect(judge(policy, 'subscriptions/listen', listen('notes://a', 'notes://c'))).toBe('refuse');
  });

  test('subscriptions/listen: each resource, and the method', () => {
    expect(judge(policy, 'subscriptions/listen', listen('notes://a', 'notes://b'))).toEqual([
      'listen',
      'a',
      'b',
    ]);
  });

  test('completion/complete: what it completes, and the method', () => {
    expect(judge(policy, 'completion/complete', refTo('plan'))).toEqual(['complete', 'plan']);
  });

  test('subscriptions/listen: more than a hundred resources are not judged', () => {
    const uris = Array.from({ length: 101 }, () => 'notes://a');
    expect(judge(policy, 'subscriptions/listen', listen(...uris))).toBe('malformed');
    expect(judge(policy, 'subscriptions/listen', listen(...uris.slice(1)))).not.toBe('malformed');
  });
});

describe('a rule for all other methods', () => {
  const policy: OperationPolicy = { tools: { a: [], '*': 'refuse' }, methods: { '*': ['other'], ping: [] } };

  test.each<[method: string, params: object, expected: unknown]>([
    ['vendor/act', {}, ['other']],
    ['tools/list', {}, ['other']],
    ['prompts/get', { name: 'of a group without rules' }, ['other']],
    ['tools/call', { name: 'a' }, []],
    ['tools/call', { name: 'b' }, 'refuse'],
    ['ping', {}, []],
    ['notifications/cancelled', {}, []],
    ['notifications/invented', {}, ['other']],
  ])('[MCP-2026-07-28-RS-021] %s %j', (method, params, expected) => {
    expect(judge(policy, method, params)).toEqual(expected);
  });
});

describe('without one', () => {
  test.each<[method: string, expected: unknown]>([
    ['tools/list', []],
    ['tasks/get', []],
    ['notifications/progress', []],
    ['vendor/act', 'refuse'],
    ['sampling/createMessage', 'refuse'],
    ['notifications/tools/list_changed', 'refuse'],
  ])('[MCP-2026-07-28-RS-021] %s', (method, expected) => {
    expect(judge({ methods: {} }, method)).toEqual(expected);
  });
});

describe('of several rules that count, the strictest decides', () => {
  const broken = () => {
    throw new Error('broken');
  };
  const rules = { refuse: 'refuse', error: broken, needs: ['a'], anonymous: 'anonymous' } as const;
  const kinds = ['refuse', 'error', 'needs', 'anonymous'] as const;
  const pairs = kinds.flatMap((strict, index) => kinds.slice(index + 1).map((lax) => [strict, lax] as const));

  test.each(pairs)('[MCP-2026-07-28-RS-030] %s before %s', (strict, lax) => {
    for (const [one, other] of [
      [strict, lax],
      [lax, strict],
    ] as const) {
      const resources = { 'notes://{id}': rules[one], '{scheme}://a': rules[other], '*': [] as const };
      const verdict = judge({ resources }, 'resources/read', { uri: 'notes://a' });
      expect(verdict).toEqual(strict === 'needs' ? ['a'] : strict);
    }
  });
});

test('[MCP-2026-07-28-RS-030] a name in composed characters is the same in decomposed ones', () => {
  const policy: OperationPolicy = { resources: { 'notes://items/caf\u00e9': ['a'], '*': [] } };
  expect(judge(policy, 'resources/read', { uri: 'notes://items/cafe\u0301' })).toEqual(['a']);
});
