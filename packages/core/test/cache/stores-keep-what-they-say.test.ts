import { describe, expect, test } from 'vitest';
import { MemoryCache } from '../../src/cache/memory-cache.js';
import { OldestFirst } from '../../src/cache/oldest-first.js';
import { TokenCache } from '../../src/cache/token-cache.js';
import { EventSink } from '../../src/events/event-sink.js';
import { SeenTokens } from '../../src/introspection/seen-tokens.js';
import { FailedAttempts } from '../../src/limits/failed-attempts.js';
import { FailureTable } from '../../src/limits/failure-table.js';
import { KeptEntries } from '../../src/policy/kept-entries.js';
import { createClock } from '../support/clock.js';

/** A store with its bound, as something that is asked, and told where it does not know. */
interface Store {
  readonly find: (key: string) => boolean;
  readonly add: (key: string) => void;
}

const clock = createClock();
const plenty = 1024 * 1024 * 1024;

function createTokens(maxEntries: number, maxBytes: number, bytes: number): Store {
  const section = new TokenCache({ maxAgeMs: 60_000, maxEntries, maxBytes }, clock.now).section('a');
  return {
    find: (token) => section.find(token) !== undefined,
    add: (token) => section.add({ token, bytes, storedAt: clock.now() }),
  };
}

function createAnswers(maxEntries: number, maxBytes: number): Store {
  const cache = new MemoryCache({ maxEntries, maxBytes }, clock.now);
  return {
    find: (key) => cache.get(key) !== undefined,
    add: (key) => cache.set(key, 'x'.repeat(1000), 60),
  };
}

function createDecisions(max: number): Store {
  const entries = new KeptEntries(max);
  const keyOf = (target: string) => ({
    who: 'caller',
    place: target,
    question: {
      operation: { method: 'tools/call', target, params: undefined, variables: {} },
      arguments: undefined,
    },
  });
  const kept = { verdict: { kind: 'allowed' } as const, storedAt: 0, expiresAt: 1 };
  return {
    find: (key) => entries.use(keyOf(key)) !== undefined,
    add: (key) => entries.add(keyOf(key), kept as unknown as Parameters<KeptEntries['add']>[1]),
  };
}

function createGoodTokens(maxEntries: number): Store {
  const settings = { max: 5, windowMs: 60_000, maxEntries };
  const attempts = new FailedAttempts(
    settings as unknown as ConstructorParameters<typeof FailedAttempts>[0],
    clock.now,
    new EventSink({ log: false }),
  );
  return {
    find: (key) => attempts.wasGood(key.padStart(1000, 'x')),
    add: (key) => attempts.remember(key.padStart(1000, 'x')),
  };
}

function createFailures(maxEntries: number): Store {
  const table = new FailureTable({ max: 1, windowMs: 60_000, maxEntries });
  return {
    find: (key) => table.waitOf(key, clock.now()) !== undefined,
    add: (key) => void table.add(key, clock.now()),
  };
}

function createSeen(): Store {
  const seen = new SeenTokens();
  return { find: (key) => seen.has(key), add: (key) => seen.add(key) };
}

/** Each bounded store, and its bound in entries. */
const stores: readonly (readonly [what: string, bound: number, create: () => Store])[] = [
  ['verified tokens, by their number', 10_000, () => createTokens(10_000, plenty, 3000)],
  ['verified tokens, by their bytes', 1000, () => createTokens(10_000, 1_000_000, 1000)],
  ['two verified tokens', 2, () => createTokens(2, 65_536, 1000)],
  ['answers of introspection, by their number', 1000, () => createAnswers(1000, plenty)],
  ['decisions of a policy', 1000, () => createDecisions(1000)],
  ['tokens that were good', 10_000, () => createGoodTokens(10_000)],
  ['failed attempts', 10_000, () => createFailures(10_000)],
  ['opaque tokens that were active', 50_000, createSeen],
];

const namesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => `the-${String(index).padStart(12, '0')}`);

/** How many of the keys were there, asked in turn, each told where it was not. */
function ask({ find, add }: Store, keys: readonly string[]): number {
  let hits = 0;
  for (const key of keys) {
    if (find(key)) hits += 1;
    else add(key);
  }
  return hits;
}

describe('[MCP-2026-07-28-RS-030] so many as a store says it keeps, asked in turn, are all there', () => {
  test.each(stores)('%s: %i', (_what, bound, create) => {
    const store = create();
    const keys = namesOf(bound);
    expect(ask(store, keys)).toBe(0);
    for (let round = 0; round < 3; round++) expect(ask(store, keys)).toBe(bound);
  });

  test('also after others were there', () => {
    const store = createTokens(1000, plenty, 100);
    ask(
      store,
      namesOf(3000).map((name) => `before-${name}`),
    );
    const keys = namesOf(1000);
    for (let round = 0; round < 50; round++) ask(store, keys);
    expect(ask(store, keys)).toBe(1000);
  });
});

describe('[MCP-2026-07-28-RS-030] a few more than fit, asked in turn, are not all forgotten', () => {
  test.each([
    [1.1, 0.5],
    [1.2, 0.35],
    [1.5, 0.1],
    [2, 0.02],
  ])('verified tokens, %d times as many', (times, least) => {
    const store = createTokens(1000, plenty, 100);
    const keys = namesOf(1000 * times);
    for (let round = 0; round < 20; round++) ask(store, keys);
    let hits = 0;
    for (let round = 0; round < 10; round++) hits += ask(store, keys);
    expect(hits / (10 * keys.length)).toBeGreaterThan(least);
  });
});

test('what an order of use gives up is asked next, which is why it is not used for tokens', () => {
  const order = new OldestFirst<string, true>();
  const store = {
    find: (key: string) => order.has(key) && order.add(key, true).value,
    add: (key: string) => {
      order.add(key, true);
      const oldest = order.size > 1000 ? order.oldest() : undefined;
      if (oldest !== undefined) order.delete(oldest.key);
    },
  };
  const keys = namesOf(1001);
  ask(store, keys);
  expect(ask(store, keys)).toBe(0);
});
