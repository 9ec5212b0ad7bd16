import { expect, test } from 'vitest';
import { readMessages, readOperations } from '../../src/operation/operation.js';

const parse = (params: string): unknown =>
  JSON.parse(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`);

test.each([
  ['arguments', parse('{"name":"refund","__proto__":{"arguments":{"amount":1000}}}')],
  ['one argument', parse('{"name":"refund","arguments":{"__proto__":{"amount":1000}}}')],
  ['a method', JSON.parse('{"jsonrpc":"2.0","id":1,"result":{},"__proto__":{"method":"tools/call"}}')],
])('a server that copies members does not run %s that no rule has seen', (_what, body: unknown) => {
  expect(readMessages(body)).toEqual({ kind: 'malformed' });
  expect(readMessages([body])).toEqual({ kind: 'malformed' });
});

test('nor what a handler is asked to do for its caller', () => {
  const params: unknown = JSON.parse('{"name":"refund","__proto__":{"arguments":{"amount":1000}}}');
  expect(readOperations('tools/call', params)).toBeUndefined();
});

test('a name of a tool is a value and may be any', () => {
  expect(readMessages(parse('{"name":"__proto__","arguments":{"constructor":1}}'))).toMatchObject({
    kind: 'messages',
  });
});
