import { describe, expect, test } from 'vitest';
import { compileOperationPolicy, type OperationPolicy } from '../../src/operation/operation-rules.js';
import type { Operation } from '../../src/operation/operation.js';
import { configError } from '../support/config-error.js';

function need(policy: OperationPolicy, method: string, target?: string) {
  const operation: Operation = { method, target, params: {}, variables: {} };
  return compileOperationPolicy(policy, 'operations').need(operation, undefined);
}

describe('a policy that cannot mean what it says is refused when the server starts', () => {
  test.each<[string, unknown, string, string]>([
    ['a group that does not exist', { tool: {} }, 'invalid_option', 'operations.tool'],
    ['a text as rule', { tools: { a: 'read' } }, 'invalid_option', 'operations.tools["a"]'],
    ['a number as rule', { tools: { a: 5 } }, 'invalid_option', 'operations.tools["a"]'],
    ['nothing as rule', { tools: { a: null } }, 'invalid_option', 'operations.tools["a"]'],
    [
      'alternatives that nobody can meet',
      { tools: { a: { anyOf: [] } } },
      'invalid_option',
      'operations.tools["a"]',
    ],
    ['a scope with a blank', { tools: { a: ['x y'] } }, 'invalid_scope', 'operations.tools["a"]'],
    ['an empty scope', { prompts: { a: [''] } }, 'invalid_scope', 'operations.prompts["a"]'],
    ['a scope with a quote', { tools: { a: { anyOf: ['x"'] } } }, 'invalid_scope', 'operations.tools["a"]'],
    [
      'a scope beside alternatives',
      { tools: { a: { allOf: ['\\'], anyOf: ['x'] } } },
      'invalid_scope',
      'operations.tools["a"]',
    ],
    [
      'a method that has targets',
      { methods: { 'tools/call': ['x'] } },
      'invalid_option',
      'operations.methods["tools/call"]',
    ],
    [
      'a URI template beyond plain names',
      { resources: { 'notes://{/path}': ['x'] } },
      'invalid_option',
      'operations.resources["notes://{/path}"]',
    ],
    [
      'a URI template with a list',
      { resources: { 'notes://{id*}': ['x'] } },
      'invalid_option',
      'operations.resources["notes://{id*}"]',
    ],
    [
      'a URI template with a query',
      { resources: { 'notes://a{?q}': ['x'] } },
      'invalid_option',
      'operations.resources["notes://a{?q}"]',
    ],
    [
      'a URI template that does not end',
      { resources: { 'notes://{id': ['x'] } },
      'invalid_option',
      'operations.resources["notes://{id"]',
    ],
  ])('%s', (_title, policy, code, path) => {
    expect(configError(() => compileOperationPolicy(policy as OperationPolicy, 'operations'))).toMatchObject({
      code,
      path,
    });
  });
});

describe('rules by target [MCP-2026-07-28-RS-021]', () => {
  const policy: OperationPolicy = {
    tools: { write: ['w'], help: 'anonymous', '*': ['other'] },
    prompts: { plan: { allOf: ['p'], anyOf: ['q', 'r'] } },
    resources: { 'notes://a': ['a'], 'notes://{id}': ['template'], '*': ['any'] },
    methods: { 'tools/list': 'anonymous', 'completion/complete': ['c'] },
  };

  test.each<[string, string | undefined, readonly unknown[]]>([
    ['tools/call', 'write', [['w']]],
    ['tools/call', 'unknown', [['other']]],
    ['tools/call', '*', [['other']]],
    ['tools/call', '__proto__', [['other']]],
    ['tools/call', 'Write', [['other']]],
    ['prompts/get', 'plan', [{ allOf: ['p'], anyOf: ['q', 'r'] }]],
    ['prompts/get', 'write', []],
    ['resources/read', 'notes://a', [['a']]],
    ['resources/read', 'notes://b', [['template']]],
    ['resources/read', 'notes://b/c', [['any']]],
    ['resources/subscribe', 'notes://a', [['a']]],
    ['resources/unsubscribe', 'notes://b', [['template']]],
    ['completion/complete', undefined, [['c']]],
    ['ping', undefined, []],
    ['constructor', undefined, []],
  ])('%s %s', (method, target, requirements) => {
    expect(need(policy, method, target)).toEqual({ anonymous: false, requirements });
  });

  test('open to all is what is named so, and nothing beside', () => {
    expect(need(policy, 'tools/call', 'help')).toEqual({ anonymous: true, requirements: [] });
    expect(need(policy, 'tools/list')).toEqual({ anonymous: true, requirements: [] });
    expect(need({ tools: { '*': 'anonymous', admin: [] } }, 'tools/call', 'admin').anonymous).toBe(false);
  });

  test('all templates that match count, and only together are they open to all', () => {
    const templates: OperationPolicy = {
      resources: { 'notes://{id}': 'anonymous', '{scheme}://secret': ['s'] },
    };
    expect(need(templates, 'resources/read', 'notes://secret')).toEqual({
      anonymous: false,
      requirements: [['s']],
    });
    expect(need(templates, 'resources/read', 'notes://other').anonymous).toBe(true);
  });

  test('every scope of a fixed rule is known, so that a challenge can repeat it', () => {
    const { scopes, allowsAnonymous } = compileOperationPolicy(policy, 'operations');
    expect([...scopes].sort()).toEqual(['a', 'any', 'c', 'other', 'p', 'q', 'r', 'template', 'w']);
    expect(allowsAnonymous).toBe(true);
    expect(compileOperationPolicy({ tools: { a: ['x'] } }, 'operations').allowsAnonymous).toBe(false);
  });
});

describe('one resource has many spellings, and servers look it up by its normal form [MCP-2026-07-28-RS-030]', () => {
  const policy: OperationPolicy = {
    resources: {
      'test://static-text': ['static'],
      'notes://private/{id}': ['private'],
      'https://example.com': ['site'],
      '*': ['any'],
    },
  };
  const needed = (uri: string) => need(policy, 'resources/read', uri).requirements.flat();

  test.each([
    'TEST://static-text',
    ' test://static-text',
    'test://static-text\n',
    'te\tst://static-text',
    '\u0000test://static-text',
  ])('%j is the fixed resource', (uri) => {
    expect(new URL(uri).href).toBe('test://static-text');
    expect(needed(uri)).toContain('static');
  });

  test.each(['NOTES://private/7', 'notes://private/x/../7', 'notes://private/./7', 'notes://private/%2e/7'])(
    '%j is of the template',
    (uri) => {
      expect(needed(uri)).toContain('private');
    },
  );

  test('a spelling that leaves an open place is not open', () => {
    const open: OperationPolicy = {
      resources: { 'notes://h/{folder}/{id}': 'anonymous', 'notes://h/secret': ['s'] },
    };
    expect(need(open, 'resources/read', 'notes://h/public/7')).toEqual({ anonymous: true, requirements: [] });
    expect(new URL('notes://h/../secret').href).toBe('notes://h/secret');
    expect(need(open, 'resources/read', 'notes://h/../secret')).toMatchObject({
      anonymous: false,
      requirements: [['s']],
    });
  });

  test('rules may be written in any spelling too', () => {
    expect(needed('https://example.com')).toContain('site');
    expect(needed('https://example.com/')).toContain('site');
    expect(needed('HTTPS://EXAMPLE.com')).toContain('site');
  });

  test('what is no URI at all falls to the rule for all others', () => {
    expect(needed('no uri')).toEqual(['any']);
  });
});

describe('rules that are computed', () => {
  test('see the request and what the template stands for', () => {
    const seen: Operation[] = [];
    const policy: OperationPolicy = {
      resources: {
        'notes://{owner}/{id}': (operation) => {
          seen.push(operation);
          return [`notes:${operation.variables.owner ?? ''}`];
        },
      },
    };
    expect(need(policy, 'resources/read', 'notes://ann/7').requirements).toContainEqual(['notes:ann']);
    expect(seen[0]).toMatchObject({
      method: 'resources/read',
      target: 'notes://ann/7',
      variables: { owner: 'ann', id: '7' },
    });
  });

  test.each([
    [['x'] as const, { anonymous: false, requirements: [['x']] }],
    [{ anyOf: ['x', 'y'] } as const, { anonymous: false, requirements: [{ anyOf: ['x', 'y'] }] }],
    ['anonymous' as const, { anonymous: true, requirements: [] }],
    [undefined, { anonymous: false, requirements: [] }],
  ])('may answer %j', (answer, expected) => {
    expect(need({ tools: { a: () => answer } }, 'tools/call', 'a')).toEqual(expected);
  });

  test('what one throws is not swallowed: it must never look like a permission', () => {
    const broken = () => {
      throw new Error('broken');
    };
    expect(() => need({ tools: { '*': broken } }, 'tools/call', 'a')).toThrow('broken');
    expect(() => need({ methods: { ping: broken } }, 'ping')).toThrow('broken');
  });
});
