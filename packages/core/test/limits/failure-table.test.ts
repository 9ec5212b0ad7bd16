import { describe, expect, test } from 'vitest';
import { FailureTable } from '../../src/limits/failure-table.js';

const create = (bounds: Partial<ConstructorParameters<typeof FailureTable>[0]> = {}) =>
  new FailureTable({ max: 2, windowMs: 10_000, maxEntries: 3, ...bounds });

describe('a window', () => {
  test('begins with the first failure, and what is refused in it does not make it longer', () => {
    const table = create();
    expect(table.add('a', 0)).toEqual({ failures: 1, forgot: false });
    expect(table.waitOf('a', 0)).toBeUndefined();
    table.add('a', 4000);
    expect([table.waitOf('a', 4000), table.waitOf('a', 9999)]).toEqual([6, 1]);
    table.add('a', 9999);
    expect(table.waitOf('a', 10_000)).toBeUndefined();
    expect(table.add('a', 10_000)).toEqual({ failures: 1, forgot: false });
  });

  test('is no longer for a clock that was set back', () => {
    const table = create({ max: 1 });
    table.add('a', 1_000_000);
    expect(table.waitOf('a', 0)).toBeUndefined();
  });

  test('of one says nothing about another', () => {
    const table = create({ max: 1 });
    table.add('a', 0);
    expect(table.waitOf('b', 0)).toBeUndefined();
  });
});

describe('memory', () => {
  test('is bounded: the oldest window is forgotten, and that is known', () => {
    const table = create({ max: 1 });
    for (const [at, key] of ['a', 'b', 'c'].entries()) expect(table.add(key, at).forgot).toBe(false);
    expect(table.add('d', 4)).toEqual({ failures: 1, forgot: true });
    expect([table.size, table.waitOf('a', 4), table.waitOf('b', 4)]).toEqual([3, undefined, 10]);
  });

  test('a window that was over is no loss', () => {
    const table = create();
    for (const key of ['a', 'b', 'c']) table.add(key, 0);
    expect(table.add('d', 10_000).forgot).toBe(false);
  });

  test('one that begins anew is the youngest', () => {
    const table = create({ max: 1 });
    table.add('a', 0);
    table.add('b', 9000);
    table.add('a', 10_000);
    table.add('c', 10_000);
    table.add('d', 10_000);
    expect([table.waitOf('a', 10_000), table.waitOf('b', 10_000)]).toEqual([10, undefined]);
  });
});
