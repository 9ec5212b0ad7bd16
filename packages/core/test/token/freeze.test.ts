import { describe, expect, test } from 'vitest';
import { deepFreeze } from '../../src/token/freeze.js';

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
