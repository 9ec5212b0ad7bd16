import { describe, expect, test } from 'vitest';
import { CachePressure } from '../../src/cache/cache-pressure.js';
import { TokenCache, type CachedToken } from '../../src/cache/token-cache.js';
import { createClock } from '../support/clock.js';

interface Limits {
  readonly maxAgeMs?: number;
  readonly maxEntries?: number;
  readonly maxBytes?: number;
}

function create({ maxAgeMs = 60_000, maxEntries = 10, maxBytes = 1_000_000 }: Limits = {}) {
  const clock = createClock();
  const cache = new TokenCache<CachedToken>({ maxAgeMs, maxEntries, maxBytes }, clock.now);
  const section = cache.section('a');
  const add = (token: string, bytes = 100, to = section) => to.add({ token, bytes, storedAt: clock.now() });
  return { clock, cache, section, add };
}

/** Those of the tokens that are kept. */
function found(section: ReturnType<typeof create>['section'], tokens: readonly string[]) {
  return tokens.filter((token) => section.find(token) !== undefined);
}

/** Tokens whose last characters, which lead to them, are the same. */
const tail = 'x'.repeat(43);

describe('[MCP-2026-07-28-RS-017] only the very same token is found', () => {
  test('not one that ends alike', () => {
    const { section, add } = create();
    add(`a${tail}`);
    expect(section.find(`b${tail}`)).toBeUndefined();
    expect(section.find(tail)).toBeUndefined();
    expect(section.find(`aa${tail}`)).toBeUndefined();
    expect(section.find(`a${tail}`)?.token).toBe(`a${tail}`);
  });

  test('of two that end alike the later one is found, and never in place of the other', () => {
    const { section, add } = create();
    add(`a${tail}`);
    add(`b${tail}`);
    expect(section.find(`b${tail}`)?.token).toBe(`b${tail}`);
    expect(section.find(`a${tail}`)).toBeUndefined();
  });

  test('forgetting one does not forget another that ends alike', () => {
    const { section, add } = create();
    add(`a${tail}`);
    const former = section.find(`a${tail}`);
    add(`b${tail}`);
    if (former !== undefined) section.drop(former);
    expect(section.find(`b${tail}`)?.token).toBe(`b${tail}`);
  });

  test('tokens shorter than what is compared first are told apart too', () => {
    const { section, add } = create();
    add('short');
    expect(section.find('hort')).toBeUndefined();
    expect(section.find('')).toBeUndefined();
    expect(section.find('short')?.token).toBe('short');
  });

  test('not what another section holds', () => {
    const { cache, add } = create();
    add('token');
    expect(cache.section('b').find('token')).toBeUndefined();
    expect(cache.section('a').find('token')).toBeDefined();
  });
});

describe('[MCP-2026-07-28-RS-030] age', () => {
  test('counts from when a verdict was reached, not from its last use', () => {
    const { clock, section, add } = create({ maxAgeMs: 60_000 });
    add('token');
    clock.advance(59);
    expect(section.find('token')).toBeDefined();
    clock.advance(1);
    expect(section.find('token')).toBeUndefined();
    clock.advance(-30);
    expect(section.find('token')).toBeUndefined();
  });

  test('nothing is found with a clock that was set back or is none', () => {
    const { clock, section, add } = create();
    add('token');
    clock.advance(-1);
    expect(section.find('token')).toBeUndefined();
    add('token');
    clock.advance(NaN);
    expect(section.find('token')).toBeUndefined();
  });
});

describe('[MCP-2026-07-28-RS-030] bounds', () => {
  test('hold for the number of tokens, in all sections together', () => {
    const { cache, add } = create({ maxEntries: 10 });
    const sections = ['a', 'b', 'c'].map((id) => cache.section(id));
    const tokens: string[] = [];
    for (let serial = 0; serial < 100; serial++) {
      tokens.push(`token-${serial}`);
      for (const section of sections) add(`token-${serial}`, 100, section);
      expect(sections.flatMap((section) => found(section, tokens)).length).toBeLessThanOrEqual(10);
    }
  });

  test('hold for bytes', () => {
    const { section, add } = create({ maxEntries: 1000, maxBytes: 1000 });
    const tokens: string[] = [];
    for (let serial = 0; serial < 100; serial++) {
      add(`token-${serial}`, 90);
      tokens.push(`token-${serial}`);
      expect(found(section, tokens).length * 90).toBeLessThanOrEqual(1000);
    }
  });

  test('a token that would take half of it all is not kept, and nothing goes for its sake', () => {
    const { section, add } = create({ maxBytes: 1000 });
    add('small');
    add('large', 501);
    expect(section.find('large')).toBeUndefined();
    expect(section.find('small')).toBeDefined();
  });

  test('a token that was replaced does not count', () => {
    const { section, add } = create({ maxEntries: 10 });
    for (let serial = 0; serial < 100; serial++) add(`same-token-each-time`);
    for (let serial = 0; serial < 9; serial++) add(`token-${serial}`);
    expect(section.find('same-token-each-time')).toBeDefined();
    expect(found(section, ['token-0', 'token-8'])).toHaveLength(2);
  });

  test('tokens in use outlive a flood of others that are used once', () => {
    const { section, add } = create({ maxEntries: 100 });
    const mine = Array.from({ length: 25 }, (_, index) => `mine-${index}`);
    for (const token of mine) add(token);
    expect(found(section, mine)).toHaveLength(25);
    for (let serial = 0; serial < 5000; serial++) {
      add(`token-${serial}`);
      // Each once while 25 others come
      const token = mine[serial % 25];
      if (token !== undefined && serial % 50 < 25) expect(section.find(token)).toBeDefined();
    }
    expect(section.find('token-0')).toBeUndefined();
  });

  test('a new token takes out no more than it brings', () => {
    const { section, add } = create({ maxEntries: 1000, maxBytes: 10_000 });
    const tokens = Array.from({ length: 100 }, (_, index) => `token-${index}`);
    for (const token of tokens) add(token);
    expect(found(section, tokens)).toHaveLength(100);
    add('new');
    expect(found(section, tokens)).toHaveLength(99);
    add('larger', 1000);
    expect(found(section, [...tokens, 'new']).length).toBeGreaterThanOrEqual(90);
  });

  test('what is over-age goes before anything that is good', () => {
    const { clock, section, add } = create({ maxEntries: 100 });
    for (let serial = 0; serial < 60; serial++) add(`old-${serial}`);
    clock.advance(60);
    const tokens = Array.from({ length: 100 }, (_, index) => `token-${index}`);
    for (const token of tokens) add(token);
    expect(found(section, tokens)).toHaveLength(100);
  });

  test('what has expired goes before what was used longest ago', () => {
    const { clock, section, add } = create({ maxEntries: 100 });
    const tokens = Array.from({ length: 50 }, (_, index) => `token-${index}`);
    for (const token of tokens) add(token);
    const expiresAt = clock.now() + 1000;
    for (let serial = 0; serial < 50; serial++)
      section.add({ token: `short-lived-${serial}`, bytes: 100, storedAt: clock.now(), expiresAt });
    clock.advance(1);
    for (let serial = 0; serial < 10; serial++) add(`new-${serial}`);
    // One of 16 samples has expired but once in 2^16
    expect(found(section, tokens).length).toBeGreaterThanOrEqual(40);
  });
});

describe('its owner hears of what it gives up', () => {
  const createWatched = (maxEntries = 4) => {
    const clock = createClock();
    const told: number[] = [];
    const pressure = new CachePressure((dropped) => told.push(dropped), clock.now);
    const limits = { maxAgeMs: 60_000, maxEntries, maxBytes: 1_000_000 };
    const section = new TokenCache<CachedToken>(limits, clock.now, pressure).section('a');
    let count = 0;
    const addMany = (number: number) => {
      for (let n = 0; n < number; n++)
        section.add({ token: `token-number-${count++}`, bytes: 100, storedAt: clock.now() });
    };
    return { clock, told, addMany, section };
  };

  test('nothing while all fits, nothing of what is over-age', () => {
    const { clock, told, addMany } = createWatched();
    addMany(4);
    clock.advance(61);
    addMany(4);
    expect(told).toEqual([]);
  });

  test('at most once a minute, with how many there were', () => {
    const { clock, told, addMany } = createWatched();
    addMany(20);
    expect(told).toEqual([1]);
    clock.advance(59);
    addMany(20);
    expect(told).toEqual([1]);
    clock.advance(1);
    // Those of the first minute are over-age by now, some of the others are not
    addMany(20);
    expect(told).toHaveLength(2);
    clock.advance(-3600);
    addMany(2);
    expect(told).toHaveLength(3);
  });

  test('not of what is in use', () => {
    const { told, addMany, section } = createWatched(100);
    addMany(50);
    for (let n = 0; n < 50; n++) section.find(`token-number-${n}`);
    for (let round = 0; round < 20; round++) for (let n = 0; n < 50; n++) section.find(`token-number-${n}`);
    expect(told).toEqual([]);
  });
});
