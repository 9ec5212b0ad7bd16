import { describe, expect, test } from 'vitest';
import { deepFreeze, freezeJson } from '../../src/token/freeze.js';

describe('what a JSON value is charged with, in bytes', () => {
  test.each<[what: string, value: object, bytes: number]>([
    ['an empty object', {}, 64],
    ['an empty list', [], 64],
    ['a member, with its name and the shape it brings', { abc: true }, 64 + 96 + 6 + 128],
    ['null is no object', { abc: null }, 64 + 96 + 6 + 128],
    ['a number lies beside its slot', { abc: 1 }, 64 + 96 + 6 + 16 + 128],
    ['a text of two bytes a character', { abc: 'four' }, 64 + 96 + 6 + 24 + 8 + 128],
    ['an object inside', { abc: {} }, 64 + 96 + 6 + 128 + 64],
    ['the entries of a list, which has no names', [1, 'a', false, null, []], 64 + 5 * 16 + 16 + 26 + 64],
    ['what is inherited is not of the value', Object.create({ abc: 1 }) as object, 64],
  ])('%s', (_what, value, bytes) => {
    expect(freezeJson(value)).toBe(bytes);
    expect(Object.isFrozen(value)).toBe(true);
  });
});

describe('a value handed to others cannot be changed by them', () => {
  test('objects and lists inside of others', () => {
    const value = { list: [{ deep: { text: 'a' } }], nothing: null, run: () => undefined };
    expect(deepFreeze(value)).toBe(value);
    for (const part of [value, value.list, value.list[0], value.list[0]?.deep])
      expect(Object.isFrozen(part)).toBe(true);
    expect(Object.isFrozen(value.run)).toBe(false);
  });

  test('one that leads back to itself', () => {
    const value: { self?: object } = {};
    value.self = value;
    expect(Object.isFrozen(deepFreeze(value))).toBe(true);
  });

  test('bytes stay as they are, since no engine freezes them', () => {
    const value = { bytes: new Uint8Array([1]) };
    expect(Object.isFrozen(deepFreeze(value))).toBe(true);
    expect(Object.isFrozen(value.bytes)).toBe(false);
  });

  test.each([undefined, null, 'text', 1])('%j has nothing to freeze', (value) => {
    expect(deepFreeze(value)).toBe(value);
  });
});
