import { describe, expect, test } from 'vitest';
import type { OperationPolicy, PolicyRequest } from '../../src/index.js';
import { readOperations } from '../../src/operation/operation.js';
import { compileOperationPolicy, compileOperationRule } from '../../src/operation/operation-rules.js';
import { compileUriTemplate } from '../../src/operation/uri-template.js';
import { atOnce } from '../support/at-once.js';
import { configError } from '../support/config-error.js';
import { place } from '../support/place.js';

function judge(policy: OperationPolicy, method: string, params: object) {
  const operations = readOperations(method, params) ?? expect.fail('malformed');
  return atOnce(compileOperationPolicy(policy, 'operations', place).judge(operations, { auth: undefined }));
}
const read = (resources: OperationPolicy['resources'], uri: string) => {
  const verdict = judge({ resources }, 'resources/read', { uri });
  return verdict.kind === 'needs' ? verdict.requirements.flat() : verdict;
};

describe('[MCP-2026-07-28-RS-030] a rule for a resource', () => {
  test.each([
    ['file:///Private/payroll.txt', 'FILE:///private/PAYROLL.txt'],
    ['file:///private/payroll.txt', 'file:///Private/payroll.txt'],
    ['file:///with%20space', 'file:///with space'],
    ['notes://a/b', 'notes://a//b'],
    ['https://api.example.com:443/a', 'https://api.example.com/a'],
    ['https://api.example.com/a', 'https://api.example.com:443/a'],
    ['notes://a/b', 'notes://user@a./b?x'],
  ])('for %s holds for %s', (named, uri) => {
    expect(read({ [named]: ['secret'], '*': [] }, uri)).toContain('secret');
  });

  test.each([
    ['file:///private/{name}', 'FILE:///PRIVATE/payroll'],
    ['file:///Private/{name}', 'file:///private/payroll'],
    ['{scheme}://private/{+path}', 'NOTES://private/'],
    ['notes://a b/{id}', 'notes://a%20b/7'],
  ])('for %s holds for %s', (named, uri) => {
    expect(read({ [named]: ['secret'], '*': [] }, uri)).toContain('secret');
  });

  test('that is named in two cases holds in each as it is written, and for other cases both do', () => {
    const resources = { 'notes://a': ['small'], 'NOTES://A': ['large'], '*': ['rest'] } as const;
    expect(read(resources, 'notes://a')).toContain('small');
    expect(read(resources, 'Notes://a')).toContain('small');
    expect(new Set(read(resources, 'NOTES://A') as string[])).toContain('large');
  });

  test('decides alone: the rule for all others is not asked beside it', () => {
    expect(read({ 'notes://a': ['a'], 'notes://{id}': ['b'], '*': 'refuse' }, 'notes://a')).toEqual(['a']);
    expect(read({ 'notes://{id}': ['b'], '*': 'refuse' }, 'notes://a')).toEqual(['b']);
    expect(read({ 'notes://{id}': ['b'], '*': 'refuse' }, 'files://a')).toMatchObject({
      kind: 'refuse',
      reason: 'target',
      path: 'operations.resources["*"]',
    });
  });

  test('counts once, however many spellings lead to it', () => {
    expect(read({ 'notes://{id}': ['b'], '*': 'refuse' }, 'notes://a?x')).toEqual(['b']);
  });

  test('refuses by itself, and the owner sees that one does', () => {
    expect(read({ 'notes://a': 'refuse', '*': [] }, 'notes://a')).toMatchObject({
      reason: 'rule',
      path: 'operations.resources["notes://a"]',
    });
    expect(read({ 'notes://{id}': 'refuse', '*': [] }, 'notes://a')).toMatchObject({ reason: 'rule' });
  });

  test('that cannot be decoded is refused as such', () => {
    expect(read({ '*': [] }, 'notes://a%252Fb')).toMatchObject({ kind: 'refuse', reason: 'unreadable' });
  });
});

describe('a computed rule', () => {
  test('is asked once for each thing that a template finds, and not for each spelling', () => {
    const asked: unknown[] = [];
    const rule = ({ operation }: PolicyRequest) => {
      asked.push(operation.variables);
      return [];
    };
    read({ 'notes://{id}': rule, '*': 'refuse' }, 'NOTES://a');
    expect(asked).toEqual([{ id: 'a' }]);
    read({ 'notes://{id}': rule, '*': 'refuse' }, 'notes://a?b');
    expect(asked.slice(1)).toEqual([{ id: 'a?b' }, { id: 'a' }]);
  });

  test('that is no rule of a template is asked once, whatever the spelling', () => {
    let asked = 0;
    const rule = () => {
      asked += 1;
      return [];
    };
    judge({ resources: { 'notes://a': rule, '*': rule } }, 'resources/read', { uri: 'NOTES://a' });
    expect(asked).toBe(2);
  });

  test.each<[what: string, rule: () => unknown, expected: string]>([
    ['returns nothing', () => undefined, 'returned undefined for tools/call.'],
    ['returns null', () => null, 'returned null for tools/call.'],
    ['returns a function', () => () => [], 'returned a function for tools/call.'],
    [
      'throws',
      () => {
        throw new Error('x');
      },
      'threw or rejected for tools/call.',
    ],
  ])('that %s is reported with what it did and what it must return', (_what, rule, expected) => {
    const verdict = judge({ tools: { '*': rule as never } }, 'tools/call', { name: 'a' });
    if (verdict.kind !== 'error') throw new Error(verdict.kind);
    expect(verdict.error.message).toContain(
      `operations.tools["*"]: ${expected} A computed rule must return scopes, { allOf }, { anyOf }, { authentication }, "anonymous", "refuse", a decision such as allow() or deny(), or a promise of one.`,
    );
  });

  test('may say with a promise what it says without one', async () => {
    for (const [answer, kind] of [
      ['anonymous', 'anonymous'],
      ['refuse', 'refuse'],
      [['a'], 'needs'],
      [5, 'error'],
    ] as const) {
      const rule = (() => Promise.resolve(answer)) as never;
      const operations = readOperations('tools/call', { name: 'a' }) ?? [];
      const verdict = compileOperationPolicy({ tools: { '*': [], a: rule } }, 'operations', place).judge(
        operations,
        { auth: undefined },
      );
      expect(await verdict).toMatchObject({ kind });
    }
  });
});

describe('rules of methods', () => {
  test('a method without a rule, or with undefined in its place, needs nothing more', () => {
    expect(judge({ methods: { ping: undefined } }, 'ping', {})).toEqual({ kind: 'needs', requirements: [] });
  });

  test('a client that calls a method "*" gets what holds for all others', () => {
    expect(judge({ methods: { '*': 'refuse' } }, '*', {})).toMatchObject({ reason: 'target' });
    expect(judge({ methods: { ping: [] } }, '*', {})).toMatchObject({ reason: 'method' });
  });

  test('a target without a group of rules does not ask for the scopes of its method twice', () => {
    const policy = { methods: { 'completion/complete': ['complete'], '*': ['rest'] } } as const;
    const params = { ref: { type: 'ref/prompt', name: 'plan' } };
    expect(judge(policy, 'completion/complete', params)).toMatchObject({
      requirements: [['complete'], ['rest']],
    });
  });

  test('a rule that a function computes may open its operation to everybody, so bodies are read without a token', () => {
    const rules = (policy: OperationPolicy) => compileOperationPolicy(policy, 'operations', place);
    expect(rules({ methods: { ping: () => [] } }).allowsAnonymous).toBe(true);
    expect(rules({ prompts: { '*': [], a: 'anonymous' } }).allowsAnonymous).toBe(true);
    expect(rules({ resources: { '*': 'refuse' }, methods: { ping: ['a'] } }).allowsAnonymous).toBe(false);
    expect(rules({}).allowsAnonymous).toBe(false);
  });
});

describe('one rule for all operations', () => {
  const operations = readOperations('tools/call', { name: 'a' }) ?? [];

  test('is refused when it is none, under its own path', () => {
    expect(configError(() => compileOperationRule('read' as never, 'needs', place))).toMatchObject({
      code: 'invalid_option',
      path: 'needs',
    });
  });

  test('is asked about each, holds as it was written, and names its scopes', () => {
    const needed = ['a'];
    const { judge: ask, scopes } = compileOperationRule(needed, 'needs', place);
    needed.length = 0;
    expect(ask([...operations, ...operations], { auth: undefined })).toEqual({
      kind: 'needs',
      requirements: [['a'], ['a']],
    });
    expect([...scopes]).toEqual(['a']);
    expect([...compileOperationRule(() => ['b'], 'needs', place).scopes]).toEqual([]);
  });

  test('may be open to everybody, and may refuse', () => {
    expect(compileOperationRule('anonymous', 'needs', place).judge(operations, { auth: undefined })).toEqual({
      kind: 'anonymous',
    });
    expect(
      compileOperationRule('refuse', 'needs', place).judge(operations, { auth: undefined }),
    ).toMatchObject({
      kind: 'refuse',
      reason: 'rule',
      path: 'needs',
    });
    expect(compileOperationRule('refuse', 'needs', place).judge([], { auth: undefined })).toEqual({
      kind: 'needs',
      requirements: [],
    });
  });
});

describe('a policy that cannot mean what it says is answered with what to write instead', () => {
  test.each<[what: string, policy: unknown, message: string]>([
    [
      'a group without "*"',
      { prompts: { a: [] } },
      "operations.prompts: must say under '*' what holds for the prompts that it does not name: scopes ([] for those of the route), or 'refuse'.",
    ],
    [
      'a pattern of URIs',
      { resources: { '*': [], 'notes://*': [] } },
      `operations.resources["notes://*"]: matches nothing: '*' stands alone, for all others. Use a URI template such as "files:///{+path}".`,
    ],
    [
      'a pattern of names',
      { tools: { '*': [], 'a*': [] } },
      `operations.tools["a*"]: matches nothing: '*' stands alone, for all others. Name each.`,
    ],
    [
      'a pattern of methods',
      { methods: { 'a*': [] } },
      `operations.methods["a*"]: matches nothing: '*' stands alone, for all others. Name each.`,
    ],
    [
      'a method with targets',
      { methods: { 'tools/call': [] } },
      'operations.methods["tools/call"]: has targets: use tools, resources or prompts with "*" for all of them.',
    ],
    [
      'all others for everybody',
      { methods: { '*': 'anonymous' } },
      `operations.methods["*"]: cannot be 'anonymous': what is open to everybody has to be named. Use scopes ([] for those of the route) or 'refuse'.`,
    ],
    [
      'a misspelt method',
      { methods: { 'tools/lsit': [] } },
      'operations.methods["tools/lsit"]: is not a method of any MCP revision. Did you mean "tools/list"?',
    ],
    [
      'a URI that no request can name',
      { resources: { '*': [], 'notes://a/../b': [] } },
      'operations.resources["notes://a/../b"]: matches nothing: a URI with dot segments or encoded delimiters, or one that cannot be decoded, is an unknown resource. Write it decoded.',
    ],
    [
      'a template that no request can fill',
      { resources: { '*': [], 'notes://../{id}': [] } },
      'operations.resources["notes://../{id}"]: matches nothing: a URI with dot segments or encoded delimiters, or one that cannot be decoded, is an unknown resource. Write it decoded.',
    ],
  ])('%s', (_what, policy, message) => {
    expect(
      configError(() => compileOperationPolicy(policy as OperationPolicy, 'operations', place)).message,
    ).toContain(message);
  });
});

describe('a URI template', () => {
  test.each([
    ['{a*}', 'uses an expression that is not supported: only {name}, and {+name} at the end, are.'],
    ['{id}/{a*}', 'uses an expression that is not supported: only {name}, and {+name} at the end, are.'],
    ['a}', 'uses an expression that is not supported: only {name}, and {+name} at the end, are.'],
    ['{a}{b}', 'has two placeholders with nothing between them.'],
    ['{+a}/{b}', 'has {+name} before another placeholder.'],
  ])('says what is wrong with %s', (template, problem) => {
    expect(compileUriTemplate(`notes://${template}`)).toEqual({ problem });
  });

  const compile = (template: string) => {
    const compiled = compileUriTemplate(template);
    return 'match' in compiled ? compiled : expect.fail(compiled.problem);
  };

  test.each<[template: string, uri: string, found: object | undefined]>([
    ['{a}', 'x', { a: 'x' }],
    ['{a}', '', undefined],
    ['{+a}', '', { a: '' }],
    ['{a}.{b}', 'x.y', { a: 'x', b: 'y' }],
    ['{a}.{b}', '.y', undefined],
    ['{a}.{b}', 'x.', undefined],
    ['{a}.{b}', '..y', { a: '.', b: 'y' }],
    ['{a}.{b}', 'x/y.z', undefined],
    ['{a}/{b}', 'x/y', { a: 'x', b: 'y' }],
    ['{a}/x/{b}', 'a/x/b', { a: 'a', b: 'b' }],
    ['{a}/x/{b}', 'a/y/x/b', undefined],
    ['{a}end', 'xend', { a: 'x' }],
    ['{a}end', 'end', undefined],
    ['{a}/end', 'x/end', { a: 'x' }],
    ['{+a}end', 'x/yend', { a: 'x/y' }],
    ['{+a}end', 'end', { a: '' }],
    ['{+a}end', 'en', undefined],
    ['{A_1.b}', 'x', { 'A_1.b': 'x' }],
  ])('%s and %j', (template, uri, found) => {
    expect(compile(template).match(uri)).toEqual(found);
  });

  test('compares without regard to case, and hands out values as they were written', () => {
    const { match, matchLoosely } = compile('Notes://{id}/Data');
    expect(match('notes://A/data')).toBeUndefined();
    expect(matchLoosely('NOTES://A/DATA', 'notes://a/data')).toEqual({ id: 'A' });
    expect(matchLoosely('NOTES://A/OTHER', 'notes://a/other')).toBeUndefined();
  });
});
