import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMessages } from '../../src/operation/operation.js';
import { propertyRuns } from '../support/property.js';

const admin = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'admin' } };
const targetMethods = [
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
  ['resources/subscribe', 'uri'],
  ['resources/unsubscribe', 'uri'],
] as const;

describe('a body whose operation cannot be told is not let through [MCP-2026-07-28-RS-030]', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'tools/call'],
    ['a number', 5],
    ['a batch in a batch', [[admin]]],
    ['a batch with null in it', [admin, null]],
    ['a batch with a text in it', ['tools/call']],
    ['a method that is a number', { method: 1 }],
    ['a method that is a list', { method: ['tools/call'] }],
    ['a method that is null', { method: null }],
    ['a method that is an object', { method: { toString: 'tools/call' } }],
    ['one malformed request in a batch', [admin, { method: 'tools/call', params: {} }]],
    ['more requests than anybody sends in a batch', Array.from({ length: 101 }, () => admin)],
  ])('%s', (_title, body) => {
    expect(readMessages(body)).toEqual({ kind: 'malformed' });
  });

  test.each([
    ['no params', undefined],
    ['params that are null', null],
    ['params by position', ['admin']],
    ['no name', {}],
    ['a name that is a number', { name: 1, uri: 1 }],
    ['a name that is null', { name: null, uri: null }],
    ['a list in place of a name', { name: ['admin'], uri: ['admin'] }],
    ['an object in place of a name', { name: { name: 'admin' }, uri: {} }],
    ['a name that is only inherited', Object.create({ name: 'admin', uri: 'a:b' }) as object],
  ])('%s, for every method with a target', (_title, params) => {
    for (const [method] of targetMethods) {
      expect(readMessages({ method, params })).toEqual({ kind: 'malformed' });
    }
  });

  test('a value that no JSON parser made: a stream, a class instance, something with accessors', () => {
    class Message {
      get method(): string {
        return 'tools/list';
      }
    }
    // What Fastify hands out as the body when a pass-through parser is registered
    const stream = Object.assign(Object.create({ pipe: () => undefined }) as object, { method: 'POST' });
    for (const body of [new Message(), stream, new Map(), new Date(0), new Uint8Array(3)]) {
      expect(readMessages(body)).toEqual({ kind: 'malformed' });
    }
  });
});

describe('operations are told by the body', () => {
  test.each(targetMethods)('%s names its target by %s', (method, member) => {
    expect(readMessages({ method, params: { [member]: 'x:y' } })).toMatchObject({
      messages: [{ operations: [{ method, target: 'x:y' }] }],
    });
  });

  test('other methods have no target, whatever their params hold', () => {
    const params = { name: 'admin', uri: 'a:b' };
    expect(readMessages({ id: 1, method: 'logging/setLevel', params })).toEqual({
      kind: 'messages',
      isBatch: false,
      messages: [
        {
          kind: 'request',
          id: 1,
          method: 'logging/setLevel',
          operations: [
            { method: 'logging/setLevel', target: undefined, group: undefined, params, variables: {} },
          ],
        },
      ],
    });
  });

  test('names are names: also those that objects are born with', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', ' admin']) {
      expect(readMessages({ method: 'tools/call', params: { name } })).toMatchObject({
        messages: [{ operations: [{ target: name }] }],
      });
      expect(readMessages({ method: name })).toMatchObject({
        messages: [{ operations: [{ method: name, target: undefined }] }],
      });
    }
  });

  test('[MCP-2026-07-28-RS-030] a name under __proto__ is no name', () => {
    const body: unknown = JSON.parse('{"method":"tools/call","params":{"__proto__":{"name":"help"}}}');
    expect(readMessages(body)).toEqual({ kind: 'malformed' });
  });

  test('of a member that is named twice the parser keeps one, and that is the one', () => {
    const body: unknown = JSON.parse(
      '{"method":"tools/list","params":{"name":"help"},"method":"tools/call","params":{"name":"help","name":"admin"}}',
    );
    expect(readMessages(body)).toMatchObject({
      messages: [{ operations: [{ method: 'tools/call', target: 'admin' }] }],
    });
  });

  test('responses ask for nothing', () => {
    const response = { kind: 'response' };
    for (const body of [{ jsonrpc: '2.0', id: 1, result: {} }, [{ jsonrpc: '2.0', id: 1, error: {} }]]) {
      expect(readMessages(body)).toEqual({
        kind: 'messages',
        isBatch: Array.isArray(body),
        messages: Array.isArray(body) ? body.map(() => response) : [response],
      });
    }
  });

  test('[MCP-2026-07-28-RS-030] every request of a batch counts, in its order', () => {
    const batch = [{ method: 'tools/list' }, { id: 1, result: {} }, admin];
    expect(readMessages(batch)).toMatchObject({
      messages: [
        { operations: [{ method: 'tools/list' }] },
        { kind: 'response' },
        { operations: [{ method: 'tools/call', target: 'admin' }] },
      ],
    });
  });
});

test('[MCP-2026-07-28-RS-030] whatever JSON comes, nothing is thrown and no request in it goes unseen', () => {
  const message = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        method: fc.oneof(
          fc.constantFrom('tools/call', 'prompts/get', 'resources/read', 'tools/list'),
          fc.jsonValue(),
        ),
        params: fc.oneof(
          fc.record({ name: fc.jsonValue(), uri: fc.jsonValue() }, { requiredKeys: [] }),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: [] },
    ),
  );
  const bodies = fc.oneof(message, fc.array(message, { maxLength: 5 }));
  fc.assert(
    fc.property(bodies, (body) => {
      const found = readMessages(JSON.parse(JSON.stringify(body)));
      if (found.kind === 'malformed') return;
      const messages = (Array.isArray(body) ? body : [body]) as readonly object[];
      expect(found.messages.filter(({ kind }) => kind !== 'response')).toHaveLength(
        messages.filter((entry) => Object.hasOwn(entry, 'method')).length,
      );
    }),
    { numRuns: propertyRuns },
  );
});
