import { describe, expect, test } from 'vitest';
import { readMessages } from '../../src/operation/operation.js';

const call = (name: string) => ({ method: 'tools/call', params: { name } });
const listen = (count: number) => ({
  method: 'subscriptions/listen',
  params: { notifications: { resourceSubscriptions: Array.from({ length: count }, (_, at) => `n://${at}`) } },
});
const kindOf = (body: unknown) => readMessages(body).kind;

describe('[MCP-2026-07-28-RS-030] what is too much to be judged is not let through', () => {
  test('a name of more than 8,192 characters', () => {
    expect(kindOf(call('x'.repeat(8193)))).toBe('malformed');
    expect(kindOf(call('x'.repeat(8192)))).toBe('messages');
  });

  test('more than 100 messages', () => {
    const batch = Array.from({ length: 101 }, () => ({ method: 'ping' }));
    expect(kindOf(batch)).toBe('malformed');
    expect(kindOf(batch.slice(1))).toBe('messages');
  });

  test('more than 200 operations, of which a subscription has one for each resource and one for itself', () => {
    expect(kindOf([listen(100), listen(99)])).toBe('malformed');
    expect(kindOf([listen(99), listen(99)])).toBe('messages');
    expect(kindOf([listen(99), listen(99), { method: 'ping' }])).toBe('malformed');
    expect(kindOf([listen(99), listen(99), { id: 1, result: {} }])).toBe('messages');
  });

  test('more than 65,536 characters of names and URIs together', () => {
    const names = Array.from({ length: 8 }, () => call('x'.repeat(8192)));
    expect(kindOf([...names, call('x')])).toBe('malformed');
    expect(kindOf([...names, { method: 'ping' }, { id: 1, result: {} }])).toBe('messages');
  });

  test('nothing at all', () => {
    expect(kindOf([])).toBe('malformed');
  });
});

describe('[MCP-2026-07-28-RS-030] a request whose answer could not be told from others', () => {
  test.each(['null', '{}', '[1]', 'true', '1e999'])('has an id of %s', (id) => {
    expect(kindOf(JSON.parse(`{"method":"ping","id":${id}}`))).toBe('malformed');
  });

  test.each(['""', '"a"', '0', '-1', '1.5'])('is not one with an id of %s', (id) => {
    expect(readMessages(JSON.parse(`{"method":"ping","id":${id}}`))).toMatchObject({
      messages: [{ kind: 'request', id: JSON.parse(id) as unknown }],
    });
  });

  test('is not a notification, which has no id', () => {
    expect(readMessages({ method: 'notifications/progress' })).toMatchObject({
      messages: [{ kind: 'notification', method: 'notifications/progress' }],
    });
  });
});

describe('what a parser made', () => {
  test('may be an object without a prototype', () => {
    expect(kindOf(Object.assign(Object.create(null) as object, { method: 'ping' }))).toBe('messages');
  });

  test('is an answer when it has a result or an error, and nothing without both', () => {
    expect(kindOf({ id: 1, result: null })).toBe('messages');
    expect(kindOf({ id: 1, error: {} })).toBe('messages');
    expect(kindOf({ id: 1 })).toBe('malformed');
    expect(kindOf(Object.create({ result: {} }))).toBe('malformed');
  });
});
