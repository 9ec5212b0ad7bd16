import { describe, expect, test } from 'vitest';
import { compileOperationPolicy } from '../../src/operation/operation-rules.js';
import type { OperationPolicy } from '../../src/operation/operation-policy.js';
import { readOperations, type Operation } from '../../src/operation/operation.js';
import { configError } from '../support/config-error.js';
import { place } from '../support/place.js';

/** What the rules say at once about one operation of a caller without a token. */
function need(policy: OperationPolicy, method: string, target?: string, params: object = {}) {
  const operations = readOperations(method, { name: target, uri: target, ...params });
  if (operations === undefined) throw new Error('malformed');
  const verdict = compileOperationPolicy(policy, 'operations', place).judge(operations, { auth: undefined });
  if (verdict instanceof Promise) throw new Error('not decided at once');
  return verdict;
}
const needs = (...requirements: readonly unknown[]) => ({ kind: 'needs', requirements });
const anonymous = { kind: 'anonymous' };
const refused = (reason: string) => ({ kind: 'refuse', reason });

describe('a policy that cannot mean what it says is refused when the server starts', () => {
  test.each<[string, unknown, string, string]>([
    ['tools without a word on the others', { tools: { a: [] } }, 'invalid_option', 'operations.tools'],
    ['all others for everybody', { tools: { '*': 'anonymous' } }, 'invalid_option', 'operations.tools["*"]'],
    ['a pattern of names', { tools: { '*': [], 'wi*': [] } }, 'invalid_option', 'operations.tools["wi*"]'],
    [
      'a pattern of methods',
      { methods: { 'tools/*': [] } },
      'invalid_option',
      'operations.methods["tools/*"]',
    ],
    [
      'a pattern of URIs',
      { resources: { '*': [], 'notes://*': [] } },
      'invalid_option',
      'operations.resources["notes://*"]',
    ],
    [
      'a method whose resources have rules of their own',
      { methods: { 'resources/subscribe': [] } },
      'invalid_option',
      'operations.methods["resources/subscribe"]',
    ],
    [
      'a misspelt anyOf',
      { tools: { '*': { anyof: ['x'] } } },
      'unknown_option',
      'operations.tools["*"].anyof',
    ],
    [
      'a URI that no request can name',
      { resources: { '*': [], 'notes://a%252Fb': [] } },
      'invalid_option',
      'operations.resources["notes://a%252Fb"]',
    ],
    ['a text as rule', { tools: { '*': [], a: 'read' } }, 'invalid_option', 'operations.tools["a"]'],
    ['a number as rule', { tools: { '*': [], a: 5 } }, 'invalid_option', 'operations.tools["a"]'],
    ['nothing as rule', { tools: { '*': [], a: null } }, 'invalid_option', 'operations.tools["a"]'],
    [
      'alternatives that nobody can meet',
      { tools: { '*': [], a: { anyOf: [] } } },
      'invalid_option',
      'operations.tools["a"]',
    ],
    ['a scope with a blank', { tools: { '*': [], a: ['x y'] } }, 'invalid_scope', 'operations.tools["a"]'],
    ['an empty scope', { prompts: { '*': [], a: [''] } }, 'invalid_scope', 'operations.prompts["a"]'],
    [
      'a scope with a quote',
      { tools: { '*': [], a: { anyOf: ['x"'] } } },
      'invalid_scope',
      'operations.tools["a"]',
    ],
    [
      'a scope beside alternatives',
      { tools: { '*': [], a: { allOf: ['\\'], anyOf: ['x'] } } },
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
      { resources: { '*': [], 'notes://{/path}': ['x'] } },
      'invalid_option',
      'operations.resources["notes://{/path}"]',
    ],
    [
      'a URI template with a list',
      { resources: { '*': [], 'notes://{id*}': ['x'] } },
      'invalid_option',
      'operations.resources["notes://{id*}"]',
    ],
    [
      'a URI template with a query',
      { resources: { '*': [], 'notes://a{?q}': ['x'] } },
      'invalid_option',
      'operations.resources["notes://a{?q}"]',
    ],
    [
      'a URI template that does not end',
      { resources: { '*': [], 'notes://{id': ['x'] } },
      'invalid_option',
      'operations.resources["notes://{id"]',
    ],
  ])('%s', (_title, policy, code, path) => {
    expect(
      configError(() => compileOperationPolicy(policy as OperationPolicy, 'operations', place)),
    ).toMatchObject({
      code,
      path,
    });
  });
});

describe('rules by target [MCP-2026-07-28-RS-021]', () => {
  const policy: OperationPolicy = {
    tools: { write: ['w'], help: 'anonymous', '*': ['other'] },
    prompts: { '*': [], plan: { allOf: ['p'], anyOf: ['q', 'r'] } },
    resources: { 'notes://a': ['a'], 'notes://{id}': ['template'], '*': ['any'] },
    methods: { 'tools/list': 'anonymous', 'logging/setLevel': ['l'] },
  };

  test.each<[string, string | undefined, readonly unknown[]]>([
    ['tools/call', 'write', [['w']]],
    ['tools/call', 'unknown', [['other']]],
    ['tools/call', '*', [['other']]],
    ['tools/call', '__proto__', [['other']]],
    ['tools/call', 'Write', [['other']]],
    ['prompts/get', 'plan', [{ allOf: ['p'], anyOf: ['q', 'r'] }]],
    ['prompts/get', 'write', [[]]],
    ['resources/read', 'notes://a', [['a']]],
    ['resources/read', 'notes://b', [['template']]],
    ['resources/read', 'notes://b/c', [['any']]],
    ['resources/subscribe', 'notes://a', [['a']]],
    ['resources/unsubscribe', 'notes://b', [['template']]],
    ['logging/setLevel', undefined, [['l']]],
    ['ping', undefined, []],
  ])('%s %s', (method, target, requirements) => {
    expect(need(policy, method, target)).toEqual(needs(...requirements));
  });

  test('open to all is what is named so, and nothing beside', () => {
    expect(need(policy, 'tools/call', 'help')).toEqual(anonymous);
    expect(need(policy, 'tools/list')).toEqual(anonymous);
    expect(need(policy, 'prompts/list')).toEqual(needs());
  });

  test('all templates that match count, and only together are they open to all', () => {
    const templates: OperationPolicy = {
      resources: { '*': [], 'notes://{id}': 'anonymous', '{scheme}://secret': ['s'] },
    };
    expect(need(templates, 'resources/read', 'notes://secret')).toEqual(needs(['s']));
    expect(need(templates, 'resources/read', 'notes://other')).toEqual(anonymous);
  });

  test('every scope of a fixed rule is known, so that a challenge can repeat it', () => {
    const { scopes, allowsAnonymous } = compileOperationPolicy(policy, 'operations', place);
    expect([...scopes].sort()).toEqual(['a', 'any', 'l', 'other', 'p', 'q', 'r', 'template', 'w']);
    expect(allowsAnonymous).toBe(true);
    expect(
      compileOperationPolicy({ tools: { '*': [], a: ['x'] } }, 'operations', place).allowsAnonymous,
    ).toBe(false);
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
  const needed = (uri: string) => {
    const verdict = need(policy, 'resources/read', uri);
    return verdict.kind === 'needs' ? verdict.requirements.flat() : verdict.kind;
  };

  test.each(['TEST://static-text', ' test://static-text', 'test://static-text '])(
    '%j is the fixed resource',
    (uri) => {
      expect(new URL(uri).href).toBe('test://static-text');
      expect(needed(uri)).toContain('static');
    },
  );

  test.each(['test://static-text\n', 'te\tst://static-text', '\u0000test://static-text'])(
    '%j is nobody’s resource, although a URL parser leaves the control character out',
    (uri) => {
      expect(new URL(uri).href).toBe('test://static-text');
      expect(needed(uri)).toBe('refuse');
    },
  );

  test('"NOTES://private/7" is of the template', () => {
    expect(needed('NOTES://private/7')).toContain('private');
  });

  test.each([
    'notes://private/x/../7',
    'notes://private/./7',
    'notes://private/%2e/7',
    'notes://h/../private/7',
    '../private/7',
    'file:///C:/../private/payroll.txt',
    'file:///c|/../private/payroll.txt',
    'file:///x\\y/../private/payroll.txt',
    'file:///x%3f/.//../private/payroll.txt',
    'file:///private%2F/../payroll.txt',
    'file:///x/..;/private/payroll.txt',
    'file:///x/..?y',
  ])('%j is nobody’s resource: resolvers do not agree on what a dot segment takes away', (uri) => {
    expect(needed(uri)).toBe('refuse');
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
        '*': [],
        'notes://{owner}/{id}': ({ operation }) => {
          seen.push(operation);
          return [`notes:${operation.variables.owner ?? ''}`];
        },
      },
    };
    expect(need(policy, 'resources/read', 'notes://ann/7')).toEqual(needs(['notes:ann']));
    expect(seen[0]).toMatchObject({
      method: 'resources/read',
      target: 'notes://ann/7',
      variables: { owner: 'ann', id: '7' },
    });
  });

  test.each([
    [['x'] as const, needs(['x'])],
    [[] as const, needs([])],
    [{ anyOf: ['x', 'y'] } as const, needs({ anyOf: ['x', 'y'] })],
    ['anonymous' as const, anonymous],
    ['refuse' as const, refused('rule')],
  ])('may answer %j', (answer, expected) => {
    expect(need({ tools: { '*': [], a: () => answer } }, 'tools/call', 'a')).toMatchObject(expected);
  });

  test.each([
    undefined,
    null,
    true,
    false,
    0,
    'read',
    {},
    { scopes: ['read'] },
    { anyof: ['read'] },
    { anyOf: [] },
    { allOf: 'read' },
    ['two words'],
    [undefined],
    [['read']],
    () => [],
    new Set(['read']),
  ])('that answer %o are an error of this server, not a permission', (answer) => {
    const rule = (() => answer) as never;
    const error = { code: 'invalid_rule_result', path: 'operations.tools["a"]' };
    expect(need({ tools: { '*': [], a: rule } }, 'tools/call', 'a')).toMatchObject({ kind: 'error', error });
    expect(need({ tools: { '*': rule } }, 'tools/call', 'b')).toMatchObject({ kind: 'error' });
    expect(need({ methods: { ping: rule } }, 'ping')).toMatchObject({ kind: 'error' });
  });

  test('that throw are one too, and what they threw is there already for the owner', () => {
    const cause = new Error('broken');
    const broken = () => {
      throw cause;
    };
    for (const verdict of [
      need({ tools: { '*': broken } }, 'tools/call', 'a'),
      need({ methods: { ping: broken } }, 'ping'),
    ]) {
      expect(verdict).toMatchObject({ kind: 'error', error: { cause } });
    }
  });
});
