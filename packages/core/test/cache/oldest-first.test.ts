import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OldestFirst } from '../../src/cache/oldest-first.js';
import { propertyRuns, propertyTest } from '../support/property.js';

/** Every entry, the oldest first; empties the map. */
function drain<Key, Value>(map: OldestFirst<Key, Value>): readonly (readonly [Key, Value])[] {
  const entries: [Key, Value][] = [];
  for (let oldest = map.oldest(); oldest !== undefined; oldest = map.oldest()) {
    entries.push([oldest.key, oldest.value]);
    expect(map.delete(oldest.key)).toBe(true);
  }
  expect(map.size).toBe(0);
  return entries;
}

describe('the oldest entry goes first', () => {
  test('and one that is added again is the youngest, one that is changed stays where it is', () => {
    const map = new OldestFirst<string, number>();
    for (const [value, key] of ['a', 'b', 'c', 'd'].entries()) map.add(key, value);
    map.add('a', 10);
    map.update('b', 11);
    map.update('e', 12);
    expect(map.delete('c')).toBe(true);
    expect(map.delete('c')).toBe(false);
    expect([map.size, map.has('c'), map.get('c'), map.get('b')]).toEqual([3, false, undefined, 11]);
    expect(drain(map)).toEqual([
      ['b', 11],
      ['d', 3],
      ['a', 10],
    ]);
    expect(map.oldest()).toBeUndefined();
  });

  test('the only entry, added again and again, stays the only one', () => {
    const map = new OldestFirst<string, number>();
    for (let round = 0; round < 3; round++) map.add('a', round);
    expect(drain(map)).toEqual([['a', 2]]);
    map.add('b', 1);
    expect(map.oldest()).toMatchObject({ key: 'b', value: 1 });
  });

  test(
    'whatever is done to it, it is a Map whose entries are deleted before they are set',
    propertyTest,
    () => {
      const key = fc.integer({ min: 0, max: 6 });
      const step = fc.tuple(fc.constantFrom('add', 'update', 'delete', 'evict'), key, fc.integer());
      fc.assert(
        fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
          const map = new OldestFirst<number, number>();
          const model = new Map<number, number>();
          for (const [action, at, value] of steps) {
            const [first] = model;
            switch (action) {
              case 'add':
                map.add(at, value);
                model.delete(at);
                model.set(at, value);
                break;
              case 'update':
                map.update(at, value);
                if (model.has(at)) model.set(at, value);
                break;
              case 'delete':
                expect(map.delete(at)).toBe(model.delete(at));
                break;
              case 'evict':
                expect(map.oldest()?.key).toBe(first?.[0]);
                if (first !== undefined) expect(map.delete(first[0]) && model.delete(first[0])).toBe(true);
            }
            expect([map.size, map.get(at)]).toEqual([model.size, model.get(at)]);
          }
          expect(drain(map)).toEqual([...model]);
        }),
        { numRuns: propertyRuns },
      );
    },
  );
});
