import * as sdk1 from '@modelcontextprotocol/sdk/types.js';
import { specTypeSchemas } from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import { findMethod, listMethods, maxTargets, type Target } from '../../src/operation/methods.js';

/** The literal that a schema of zod demands as `method`. */
function methodsOf(schemas: object): readonly string[] {
  const names = Object.values(schemas).flatMap((schema: unknown) => {
    const { _zod: internals } = (schema ?? {}) as {
      readonly _zod?: { readonly def: { readonly shape?: { readonly method?: Literal } } };
    };
    return internals?.def.shape?.method?._zod?.def.values ?? [];
  });
  return [...new Set(names)].sort();
}

interface Literal {
  readonly _zod?: { readonly def: { readonly values?: readonly string[] } };
}

const official = { '@modelcontextprotocol/server': specTypeSchemas, '@modelcontextprotocol/sdk': sdk1 };

/** Methods of the tasks extension of MCP 2026-07-28, which neither of the two packages has. */
const extension = ['notifications/tasks', 'tasks/update'];

describe('the methods of MCP', () => {
  test.each(Object.entries(official))('%s knows no method that the table does not know', (_name, schemas) => {
    const names = methodsOf(schemas);
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => findMethod(name) === undefined)).toEqual([]);
  });

  test('the table knows no method that no official package has', () => {
    const known = new Set([...Object.values(official).flatMap(methodsOf), ...extension]);
    expect(listMethods().filter((name) => !known.has(name))).toEqual([]);
  });

  test('a notification is one by its name', () => {
    for (const name of listMethods()) {
      expect(findMethod(name)?.kind, name).toBe(
        name.startsWith('notifications/') ? 'notification' : 'request',
      );
    }
  });

  test('names are compared as they are', () => {
    for (const name of ['Tools/call', 'tools/call ', 'tools//call', 'constructor', '__proto__', '']) {
      expect(findMethod(name), name).toBeUndefined();
    }
  });
});

/** Targets of a request; nothing where the parameters do not say what they must. */
const targetsOf = (method: string, params: unknown): readonly Target[] | undefined =>
  findMethod(method)?.targets?.(params);

describe('what a request acts on', () => {
  test.each([
    ['tools/call', { name: 'a' }, [{ group: 'tools', name: 'a' }]],
    ['prompts/get', { name: 'a' }, [{ group: 'prompts', name: 'a' }]],
    ['resources/read', { uri: 'notes://1' }, [{ group: 'resources', name: 'notes://1' }]],
    ['resources/subscribe', { uri: 'notes://1' }, [{ group: 'resources', name: 'notes://1' }]],
    ['resources/unsubscribe', { uri: 'notes://1' }, [{ group: 'resources', name: 'notes://1' }]],
    ['completion/complete', { ref: { type: 'ref/prompt', name: 'a' } }, [{ group: 'prompts', name: 'a' }]],
    [
      'completion/complete',
      { ref: { type: 'ref/resource', uri: 'notes://{id}' } },
      [{ group: 'resources', name: 'notes://{id}' }],
    ],
    [
      'subscriptions/listen',
      { notifications: { resourceSubscriptions: ['notes://1', 'notes://2'] } },
      [
        { group: 'resources', name: 'notes://1' },
        { group: 'resources', name: 'notes://2' },
      ],
    ],
    ['subscriptions/listen', { notifications: { toolsListChanged: true } }, []],
    ['subscriptions/listen', {}, []],
  ])('%s %j', (method, params, targets) => {
    expect(targetsOf(method, params)).toEqual(targets);
  });

  test.each([
    ['tools/call', {}],
    ['tools/call', { name: 5 }],
    ['tools/call', { name: ['a'] }],
    ['tools/call', undefined],
    ['tools/call', ['a']],
    ['tools/call', Object.create({ name: 'a' }) as unknown],
    ['resources/read', { url: 'notes://1' }],
    ['completion/complete', {}],
    ['completion/complete', { ref: { type: 'ref/other', name: 'a' } }],
    ['completion/complete', { ref: { type: 'ref/prompt', uri: 'notes://1' } }],
    ['completion/complete', { ref: { type: 'ref/resource', name: 'a' } }],
    ['completion/complete', { ref: 'ref/prompt' }],
    ['subscriptions/listen', { notifications: { resourceSubscriptions: 'notes://1' } }],
    ['subscriptions/listen', { notifications: { resourceSubscriptions: [5] } }],
    ['subscriptions/listen', { notifications: { resourceSubscriptions: { 0: 'notes://1' } } }],
    [
      'subscriptions/listen',
      { notifications: { resourceSubscriptions: Array.from({ length: maxTargets + 1 }, () => 'notes://1') } },
    ],
  ])('a request that does not say it is malformed: %s %j', (method, params) => {
    expect(targetsOf(method, params)).toBeUndefined();
  });
});
