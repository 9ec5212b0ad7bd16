import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import type { ListFilterOptions, OperationPolicy } from '../../src/index.js';
import { createAuth, resource } from '../context/callers.js';

const operations: OperationPolicy = {
  tools: {
    '*': [],
    read: ['notes:read'],
    purge: ['notes:write', 'admin'],
    either: { anyOf: ['admin', 'notes:write'] },
    help: 'anonymous',
    mine: ({ caller }) => (caller === undefined ? ['nobody'] : []),
  },
  resources: {
    '*': [],
    'notes://all': ['notes:read'],
    'notes://{id}': ['notes:write'],
    'help://{page}': 'anonymous',
  },
  prompts: { '*': ['notes:read'] },
};
const tools = ['read', 'purge', 'either', 'help', 'mine', 'free'].map((name) => ({ name, title: name }));
const filterOf = (options: Partial<ListFilterOptions> = {}) =>
  createAuth({ protectedResource: { scopeHierarchy: { separator: ':' } } }).listFilter({
    resource,
    operations,
    ...options,
  });
const names = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);

describe('what is left out', () => {
  test('[MCP-2026-07-28-RS-043] every tool whose call would be refused, and no other', async () => {
    const filter = filterOf();
    const visible = async (...scopes: string[]) => names(await filter.visible('tools', tools, { scopes }));
    expect(await visible()).toEqual(['help', 'free']);
    expect(await visible('notes:read')).toEqual(['read', 'help', 'free']);
    expect(await visible('notes:write')).toEqual(['either', 'help', 'free']);
    expect(await visible('notes')).toEqual(['read', 'either', 'help', 'free']);
    expect(await visible('notes', 'admin')).toEqual(['read', 'purge', 'either', 'help', 'free']);
  });

  test('everything but the anonymous operations, for a caller without a token', async () => {
    expect(names(await filterOf().visible('tools', tools, undefined))).toEqual(['help']);
  });

  test.each([null, {}, { scopes: 'notes admin' }, { scopes: null }])(
    'everything but the anonymous operations, for what is not a caller: %j',
    async (caller) => {
      expect(names(await filterOf().visible('tools', tools, caller as never))).toEqual(['help']);
    },
  );

  test('everything but the anonymous operations, for a caller without the scopes of the route', async () => {
    const filter = filterOf({ requiredScopes: ['mcp'] });
    expect(names(await filter.visible('tools', tools, { scopes: ['notes'] }))).toEqual(['help']);
    expect(names(await filter.visible('tools', tools, { scopes: ['mcp'] }))).toEqual(['help', 'free']);
  });

  test('resources by URI, templates by what they stand for, prompts by name', async () => {
    const filter = filterOf();
    const caller = { scopes: ['notes:read'] };
    const resources = ['notes://all', 'notes://7', 'help://start', 'other://1'].map((uri) => ({ uri }));
    expect((await filter.visible('resources', resources, caller)).map(({ uri }) => uri)).toEqual([
      'notes://all',
      'help://start',
      'other://1',
    ]);
    const templates = ['notes://{id}', 'help://{topic}', 'other://{id}'].map((uriTemplate) => ({
      uriTemplate,
    }));
    expect(
      (await filter.visible('resourceTemplates', templates, caller)).map((item) => item.uriTemplate),
    ).toEqual(['help://{topic}', 'other://{id}']);
    expect(await filter.visible('prompts', [{ name: 'any' }], caller)).toHaveLength(1);
    expect(await filter.visible('prompts', [{ name: 'any' }], { scopes: [] })).toHaveLength(0);
  });

  test('a resource without an authority, however its URI is spelled', async () => {
    const rules = { 'urn:secret': ['admin'], 'mailto:a@b': ['admin'], 'notes:x/y': ['admin'], '*': [] };
    const filter = filterOf({ operations: { resources: rules } });
    const spellings = ['urn:secret', 'URN:secret', 'Urn:%73ecret', 'MAILTO:a@b', 'NOTES:x/y', 'NOTES:x%2fy'];
    const items = [...spellings, 'other:1'].map((uri) => ({ uri }));
    expect(await filter.visible('resources', items, { scopes: [] })).toEqual([{ uri: 'other:1' }]);
  });

  test('what a rule refuses, computed or not, is in nobody’s list', async () => {
    const filter = filterOf({
      operations: {
        tools: {
          kept: [],
          late: () => Promise.resolve('refuse'),
          retired: 'refuse',
          shown: () => Promise.resolve(['notes:read']),
          '*': 'refuse',
        },
      },
    });
    const all = ['kept', 'late', 'retired', 'shown', 'other'].map((name) => ({ name }));
    const scopes = ['notes', 'admin'];
    expect(names(await filter.visible('tools', all, { scopes }))).toEqual(['kept', 'shown']);
  });

  test('what has no name that could be judged', async () => {
    const items = [{}, { name: 7 }, { uri: 'help://start' }];
    expect(await filterOf().visible('tools', items, { scopes: ['notes', 'admin'] })).toEqual([]);
  });

  test('nothing, where a rule throws: its fault is not swallowed', async () => {
    const fault = new Error('of the application');
    const throwing: OperationPolicy = {
      tools: {
        '*': [],
        read: () => {
          throw fault;
        },
      },
    };
    await expect(
      filterOf({ operations: throwing }).visible('tools', tools, { scopes: [] }),
    ).rejects.toMatchObject({ code: 'operation_failed' });
  });
});

describe('a whole result', () => {
  test('[MCP-2026-07-28-RS-042] is private on every page, whatever was said before', async () => {
    const filter = filterOf();
    for (const page of [
      { tools, nextCursor: '2', cacheScope: 'public', ttlMs: 60_000, _meta: { own: 1 } },
      { tools: [], ttlMs: 0 },
      { tools: tools.slice(-1) },
    ]) {
      const result = await filter.filter(page, { scopes: [] });
      expect(result.cacheScope).toBe('private');
      expect(result).toEqual({
        ...page,
        tools: page.tools.filter(({ name }) => ['help', 'free'].includes(name)),
        cacheScope: 'private',
      });
    }
  });

  test('is not changed itself', async () => {
    const page = Object.freeze({ tools: Object.freeze([...tools]), cacheScope: 'public' });
    await filterOf().filter(page, undefined);
    expect(page).toEqual({ tools, cacheScope: 'public' });
  });
});

test.each([
  ['unknown_resource', { resource: 'https://api.example.com/other' }],
  ['invalid_scope', { operations: { tools: { '*': [], x: ['two words'] } } }],
  ['invalid_scope', { requiredScopes: ['two words'] }],
])('%s is said at construction', (code, options) => {
  expect(() => filterOf(options)).toThrow(MCPAuthConfigError);
  expect(() => filterOf(options)).toThrow(expect.objectContaining({ code }) as Error);
});
