import { expect, test } from 'vitest';
import type { OperationFunction } from '../../src/index.js';
import { callTool, gateWith } from './ask-gate.js';

/** Something that says one thing when it is read first, and another when it is read again. */
const changing = <Value>(first: Value, then: Value) => {
  let isRead = false;
  return () => {
    if (isRead) return then;
    isRead = true;
    return first;
  };
};

const answers: readonly (readonly [string, () => unknown])[] = [
  [
    'a getter of allOf',
    () => {
      const read = changing(['admin'], []);
      return {
        get allOf() {
          return read();
        },
      };
    },
  ],
  [
    'a getter of anyOf',
    () => {
      const read = changing<readonly string[] | undefined>(['admin'], undefined);
      return {
        allOf: [],
        get anyOf() {
          return read();
        },
      };
    },
  ],
  [
    'a proxy of a list',
    () => {
      const length = changing(1, 0);
      return new Proxy(['admin'], {
        get: (list, name, proxy): unknown => (name === 'length' ? length() : Reflect.get(list, name, proxy)),
      });
    },
  ],
  [
    'a list with an iterator',
    () => Object.assign(['admin'], { [Symbol.iterator]: () => [][Symbol.iterator]() }),
  ],
];

test.each(answers)('scopes that were demanded once are not lost by %s', async (_what, answer) => {
  const { send } = await gateWith({ tools: { x: answer as OperationFunction, '*': 'refuse' } });
  expect(await send(callTool('x'), 'read')).toMatchObject({ kind: 'refuse', status: 403 });
  expect(await send(callTool('x'), 'read admin')).toMatchObject({ kind: 'allow' });
});
