import { describe, expect, test } from 'vitest';
import {
  allow,
  createPolicy,
  deny,
  depends,
  needAuthentication,
  needScopes,
  PolicyUnavailableError,
  type MCPAuthEvent,
  type OperationFunction,
  type OperationPolicy,
  type SecuritySchemes,
} from '../../src/index.js';
import { createAuth, resource } from '../context/callers.js';

const withTools = (
  tools: OperationPolicy['tools'],
  requiredScopes: readonly string[] = ['mcp'],
  events: MCPAuthEvent[] = [],
): SecuritySchemes =>
  createAuth({ events }).securitySchemes({ resource, operations: { tools }, requiredScopes });

const oauth2 = (...scopes: readonly string[]) => ({ type: 'oauth2', scopes });
const noauth = { type: 'noauth' };

describe('what nobody may call is in no list', () => {
  const schemes = withTools({ retired: 'refuse', gone: () => 'refuse', search: 'anonymous', '*': 'refuse' });

  test.each(['retired', 'gone', 'unnamed', '__proto__', ''])('%j', async (tool) => {
    expect(await schemes.of(tool)).toBeUndefined();
  });

  test('the decorated list has the others only, and leaves what is no list of tools alone', async () => {
    const tools = ['retired', 'search', 'unnamed'].map((name) => ({ name }));
    const { tools: left } = await schemes.decorate({ tools });
    expect(left.map(({ name }) => name)).toEqual(['search']);
    for (const other of [{}, { tools: 'search' }, { resources: [] }]) {
      expect(await schemes.decorate(other)).toBe(other);
    }
  });
});

describe('a rule that goes wrong says nothing, and the owner hears of it', () => {
  test.each<[string, OperationFunction, string]>([
    ['returns nothing', () => undefined as never, 'operation_failed'],
    [
      'cannot be asked',
      () => {
        throw new PolicyUnavailableError('down');
      },
      'policy_unavailable',
    ],
  ])('%s', async (_what, rule, code) => {
    const events: MCPAuthEvent[] = [];
    const schemes = withTools({ odd: rule, '*': [] }, [], events);
    await expect(schemes.decorate({ tools: [{ name: 'odd' }] })).rejects.toMatchObject({ code });
    expect(events).toContainEqual(expect.objectContaining({ type: 'policy' }));
  });
});

describe('static rules', () => {
  const schemes = withTools({
    open: 'anonymous',
    read: [],
    write: ['notes:write', 'mcp'],
    share: { allOf: ['notes:read'], anyOf: ['notes:share', 'admin'] },
    '*': ['rest'],
  });

  test.each([
    ['open', [noauth]],
    ['read', [oauth2('mcp')]],
    ['write', [oauth2('mcp', 'notes:write')]],
    ['share', [oauth2('mcp', 'notes:read', 'notes:share'), oauth2('mcp', 'notes:read', 'admin')]],
    ['unnamed', [oauth2('mcp', 'rest')]],
  ])('%s: every scope that is needed, and alternatives as alternatives', async (tool, expected) => {
    expect(await schemes.of(tool)).toEqual(expected);
  });

  test('are told in both places where clients look, in front of what a tool said of itself', async () => {
    const result = {
      tools: [{ name: 'open', securitySchemes: [], _meta: { securitySchemes: [], 'com.example/a': 1 } }],
      nextCursor: '2',
    };
    expect(await schemes.decorate(result)).toEqual({
      tools: [
        {
          name: 'open',
          securitySchemes: [noauth],
          _meta: { securitySchemes: [noauth], 'com.example/a': 1 },
        },
      ],
      nextCursor: '2',
    });
    expect(result.tools[0]?.securitySchemes).toEqual([]);
  });
});

describe('functions are asked as for a list', () => {
  const asked: unknown[] = [];
  const say =
    (answer: ReturnType<OperationFunction>): OperationFunction =>
    ({ arguments: given, head, caller }) => {
      asked.push(given, head, caller);
      return answer;
    };

  test.each<[string, OperationFunction, readonly unknown[]]>([
    ['depends', say(depends()), [oauth2('mcp')]],
    ['denies', say(deny()), [oauth2('mcp')]],
    ['wants a login', say(needAuthentication({ maxAgeSeconds: 60 })), [oauth2('mcp')]],
    ['allows', say(allow()), [oauth2('mcp')]],
    ['needs scopes', say(needScopes(['a'])), [oauth2('mcp', 'a')]],
    ['is for everybody', say('anonymous'), [noauth]],
    ['answers later', say(Promise.resolve(['a'])), [oauth2('mcp', 'a')]],
  ])('one that %s', async (_what, rule, expected) => {
    asked.length = 0;
    expect(await withTools({ tool: rule, '*': 'refuse' }).of('tool')).toEqual(expected);
    expect(asked).toEqual([undefined, undefined, undefined]);
  });

  test('of a rule that demands a login, the scopes are told', async () => {
    const authentication = { acrValues: ['gold'] };
    const schemes = withTools({
      tool: { allOf: ['a'], authentication },
      weak: { authentication },
      '*': 'refuse',
    });
    expect(await schemes.of('tool')).toEqual([oauth2('mcp', 'a')]);
    expect(await schemes.of('weak')).toEqual([oauth2('mcp')]);
  });

  test('so their list is private, and one that no function was asked about is left as it is', async () => {
    const schemes = withTools({ asked: say([]), open: 'anonymous', '*': 'refuse' });
    const decorate = (name: string) => schemes.decorate({ tools: [{ name }], cacheScope: 'public' });
    expect((await decorate('asked')).cacheScope).toBe('private');
    expect((await decorate('open')).cacheScope).toBe('public');
  });

  test.each([
    [{ scopes: ['a'] }, [oauth2('mcp', 'a')]],
    [{ anonymous: true }, [noauth]],
    [{ anonymous: true, scopes: ['a'] }, [noauth, oauth2('mcp', 'a')]],
    [{ scopes: { anyOf: ['a', 'b'] } }, [oauth2('mcp', 'a'), oauth2('mcp', 'b')]],
    [{}, [oauth2('mcp')]],
  ])('one that declares %j is not asked', async (declares, expected) => {
    asked.length = 0;
    const rule = createPolicy({ decide: say('refuse'), declares });
    const schemes = withTools({ tool: rule, '*': 'refuse' });
    expect(await schemes.of('tool')).toEqual(expected);
    expect(await schemes.decorate({ tools: [{ name: 'tool' }] })).not.toHaveProperty('cacheScope');
    expect(asked).toEqual([]);
  });

  test.each([
    [{ scopes: 'a' }, 'declares.scopes'],
    [{ scopes: ['a b'] }, 'declares.scopes'],
    [{ scope: ['a'] }, 'declares'],
    [{ anonymous: 'yes' }, 'declares.anonymous'],
  ])('a declaration that is none is refused when it is written: %j', (declares, path) => {
    expect(() => createPolicy({ decide: () => [], declares: declares as never })).toThrow(path);
  });
});
