import { describe, expect, test } from 'vitest';
import { MemoryCache } from '../../src/cache/memory-cache.js';
import { createClock, type TestClock } from '../support/clock.js';

describe('the cache of one process', () => {
  const create = (maxEntries = 3, maxBytes = 10_000): [MemoryCache, TestClock] => {
    const clock = createClock();
    return [new MemoryCache({ maxEntries, maxBytes }, clock.now), clock];
  };

  test('is bounded in entries; what was used longest ago goes first', () => {
    const [cache] = create();
    for (const key of ['a', 'b', 'c']) cache.set(key, key, 60);
    cache.get('a');
    cache.set('d', 'd', 60);
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual(['a', undefined, 'c', 'd']);
  });

  test('is bounded in bytes; an entry that is too large is not kept', () => {
    const [cache] = create(1000, 1000);
    cache.set('a', 'x'.repeat(200), 60);
    cache.set('b', 'x'.repeat(200), 60);
    expect([cache.get('a'), cache.get('b')]).toEqual([undefined, 'x'.repeat(200)]);
    cache.set('c', 'x'.repeat(1000), 60);
    expect([cache.get('b'), cache.get('c')]).toEqual(['x'.repeat(200), undefined]);
  });

  test('counts what leaves it', () => {
    const [cache] = create(1000, 1000);
    for (let round = 0; round < 100; round++) {
      cache.set('a', 'x'.repeat(100), 60);
      cache.delete('a');
      cache.delete('a');
    }
    cache.set('a', 'x'.repeat(100), 60);
    cache.set('b', 'x'.repeat(100), 60);
    expect([cache.get('a'), cache.get('b')]).not.toContain(undefined);
  });

  test('lets go of an entry at the end of its lifetime', () => {
    const [cache, clock] = create();
    cache.set('a', 'x', 10);
    clock.advance(9.999);
    expect(cache.get('a')).toBe('x');
    clock.advance(0.001);
    expect(cache.get('a')).toBeUndefined();
  });
});
