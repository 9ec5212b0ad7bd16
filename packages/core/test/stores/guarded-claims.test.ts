import { describe, expect, test } from 'vitest';
import { EventSink } from '../../src/events/event-sink.js';
import type { Claim, ClaimOutcome, ClaimStore } from '../../src/index.js';
import { GuardedClaims } from '../../src/stores/guarded-claims.js';
import { StoreGuard, type WhenUnavailable } from '../../src/stores/store-guard.js';

/** As a store that processes share behaves: it may do what it is asked and not say so. */
class Shared implements ClaimStore {
  readonly ids = new Set<string>();
  mode: 'answers' | 'is silent' | 'is down' = 'answers';

  claim({ holder, id }: Claim): Promise<ClaimOutcome> {
    if (this.mode === 'is down') return Promise.reject(new Error('ECONNREFUSED'));
    const known = this.ids.has(holder + id);
    this.ids.add(holder + id);
    if (this.mode === 'is silent') return new Promise(() => undefined);
    return Promise.resolve(known ? 'known' : 'claimed');
  }
}

class Local implements ClaimStore {
  readonly #ids = new Set<string>();

  claim({ holder, id }: Claim): ClaimOutcome {
    const known = this.#ids.has(holder + id);
    this.#ids.add(holder + id);
    return known ? 'known' : 'claimed';
  }
}

const claim = (id: string): Claim => ({ holder: 'key', id, expiresAt: Date.now() + 60_000 });

function process(shared: ClaimStore, whenUnavailable: WhenUnavailable = 'refuse') {
  const events = new EventSink({ onEvent: () => undefined });
  const guard = new StoreGuard({ store: 'claims', whenUnavailable, timeoutMs: 5, now: Date.now, events });
  const store = new GuardedClaims(shared, guard, whenUnavailable === 'local' ? new Local() : undefined);
  return async (id: string) => store.claim(claim(id));
}

describe('claims of processes that share a store', () => {
  test('are one: what one of them has claimed, the other knows', async () => {
    const shared = new Shared();
    const [one, two] = [process(shared), process(shared)];
    expect([await one('a'), await two('a'), await one('a'), await two('b')]).toEqual([
      'claimed',
      'known',
      'known',
      'claimed',
    ]);
  });

  test.each(['yes', 'CLAIMED', true, undefined, null, {}])(
    'an answer that is none claims nothing: %j',
    async (value) => {
      const one = process({ claim: () => value as never });
      expect(await one('a').catch(() => 'refused')).toBe('refused');
    },
  );

  test.each(['holder-full', 'full'] as const)('what is %s is said so', async (outcome) => {
    expect(await process({ claim: () => outcome })('a')).toBe(outcome);
  });
});

describe('while the store is down, by default', () => {
  test.each(['is silent', 'is down'] as const)('nothing is claimed: it %s', async (mode) => {
    const shared = new Shared();
    shared.mode = mode;
    expect(await process(shared)('a').catch(() => 'refused')).toBe('refused');
  });

  test('a claim that timed out and was carried out is known the next time: its holder needs a new one', async () => {
    const shared = new Shared();
    const one = process(shared);
    shared.mode = 'is silent';
    expect(await one('a').catch(() => 'refused')).toBe('refused');
    shared.mode = 'answers';
    expect(await one('a')).toBe('known');
    expect(await one('b')).toBe('claimed');
  });
});

describe('while the store is down, with a store of each process', () => {
  test.each(['is silent', 'is down'] as const)(
    'each process lets an identifier pass once: it %s',
    async (mode) => {
      const shared = new Shared();
      const [one, two] = [process(shared, 'local'), process(shared, 'local')];
      shared.mode = mode;
      expect([await one('a'), await one('a'), await two('a'), await two('a')]).toEqual([
        'claimed',
        'known',
        'claimed',
        'known',
      ]);
    },
  );

  test('what was claimed before does not pass again in this process', async () => {
    const shared = new Shared();
    const one = process(shared, 'local');
    expect(await one('a')).toBe('claimed');
    shared.mode = 'is down';
    expect(await one('a')).toBe('known');
  });

  test('what was claimed meanwhile does not pass in this process afterwards', async () => {
    const shared = new Shared();
    const one = process(shared, 'local');
    shared.mode = 'is down';
    expect(await one('a')).toBe('claimed');
    shared.mode = 'answers';
    expect(await one('a')).toBe('known');
  });
});
