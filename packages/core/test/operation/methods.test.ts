import * as sdk1 from '@modelcontextprotocol/sdk/types.js';
import { specTypeSchemas } from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import {
  describeMethods,
  methodsByRevision,
  methodTable,
  type MethodName,
} from '../../src/operation/method-table.js';
import { findMethod, listMethods, maxTargets, type Target } from '../../src/operation/methods.js';

/** What is read of a schema of zod. */
interface Schema {
  readonly _zod?: {
    readonly def: {
      readonly shape?: Readonly<Record<string, Schema>>;
      readonly values?: readonly string[];
      readonly options?: readonly Schema[];
      readonly innerType?: Schema;
    };
  };
}

/** The literal that a schema of a message demands as `method`. */
function methodOf(schema: unknown): string | undefined {
  return membersOf(schema as Schema | undefined).method?._zod?.def.values?.[0];
}

function membersOf(schema: Schema | null | undefined): Readonly<Record<string, Schema>> {
  const { shape, innerType } = schema?._zod?.def ?? {};
  return shape ?? (innerType === undefined ? {} : membersOf(innerType));
}

function methodsOf(schemas: object): readonly string[] {
  return [...new Set(Object.values(schemas).flatMap((schema: unknown) => methodOf(schema) ?? []))].sort();
}

/** The methods of the messages that a union of schemas allows. */
const methodsIn = (union: unknown): readonly string[] =>
  ((union as Schema)._zod?.def.options ?? []).flatMap((schema) => methodOf(schema) ?? []);

const official = { '@modelcontextprotocol/server': specTypeSchemas, '@modelcontextprotocol/sdk': sdk1 };

/** Methods of the tasks extension of MCP 2026-07-28, which neither of the two packages has. */
const extension: readonly string[] = methodsByRevision.tasks;

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

  test('the table has the methods of all revisions, each once', () => {
    const all: readonly string[] = Object.values(methodsByRevision).flat();
    expect([...all].sort()).toEqual([...listMethods()].sort());
  });

  test('what the revision with tasks has is what version 1 of the official SDK has', () => {
    const later: readonly string[] = methodsByRevision['2026-07-28'];
    const until2025 = listMethods().filter((name) => ![...later, ...extension].includes(name));
    expect(methodsOf(sdk1)).toEqual([...until2025].sort());
  });

  test('who sends a message is what the official unions of messages say', () => {
    const client = [...methodsIn(sdk1.ClientRequestSchema), ...methodsIn(sdk1.ClientNotificationSchema)];
    const server = [...methodsIn(sdk1.ServerRequestSchema), ...methodsIn(sdk1.ServerNotificationSchema)];
    expect(client.length).toBeGreaterThan(15);
    for (const name of new Set([...client, ...server])) {
      const from = client.includes(name) ? (server.includes(name) ? 'both' : 'client') : 'server';
      expect(findMethod(name)?.from, name).toBe(from);
    }
  });

  const described = Object.entries(official).flatMap(([of, schemas]) =>
    Object.values(schemas).flatMap((schema: unknown) => {
      const method = methodOf(schema);
      return method === undefined
        ? []
        : [{ of, method, params: Object.keys(membersOf(membersOf(schema as Schema).params)) }];
    }),
  );

  test.each(described)('what $method names in its parameters is classified ($of)', ({ method, params }) => {
    const targets: Readonly<Record<string, readonly string[]>> = {
      tool: ['name'],
      prompt: ['name'],
      resource: ['uri'],
      reference: ['ref'],
      subscriptions: ['notifications'],
      none: [],
    };
    const known = findMethod(method);
    // What a server tells of itself is nobody's target
    const named = params.filter((name) => ['name', 'uri', 'ref', 'notifications'].includes(name));
    if (known?.fromClient === true) expect(named).toEqual(targets[known.target]);
    expect(known?.handle === 'task').toBe(params.includes('taskId'));
  });

  test('a state of several rounds comes with what can ask for input, and with nothing else', () => {
    // MCP 2026-07-28, Multi Round-Trip Requests: tools/call, prompts/get, resources/read
    expect(listMethods().filter((name) => findMethod(name)?.handle === 'state')).toEqual([
      'prompts/get',
      'resources/read',
      'tools/call',
    ]);
  });

  test('every method says all of itself, and tools get it as it is', () => {
    for (const { name, groups, ...facts } of describeMethods()) {
      expect(facts, name).toEqual(methodTable[name as MethodName]);
      expect(Object.keys(facts).sort(), name).toEqual(['from', 'handle', 'kind', 'stream', 'target']);
      expect(groups.includes('methods'), name).toBe(findMethod(name)?.onlyTargets === false);
    }
    expect(describeMethods().map(({ name }) => name)).toEqual(listMethods());
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
