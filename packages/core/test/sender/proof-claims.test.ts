import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ProofClaims } from '../../src/sender/proof-claims.js';
import { TimeSpans } from '../../src/sender/time-spans.js';
import { createClock } from '../support/clock.js';

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
const longestMs = 600_000;

function create(maxPerHolder = 1000, maxEntries = 1_000_000) {
  const clock = createClock();
  const claims = new ProofClaims({ maxPerHolder, maxEntries, longestMs }, clock.now);
  const claim = (holder: string, id: string, seconds = 600) =>
    claims.claim({ holder: digest(holder), id: digest(id), expiresAt: clock.now() + seconds * 1000 });
  return { claims, clock, claim };
}

describe('what was used once', () => {
  test('is known for as long as it could be used again, and no longer than a stretch more', () => {
    const { clock, claim } = create();
    expect(claim('a', '1')).toBe('claimed');
    for (let second = 0; second <= 600; second += 30) {
      expect(claim('a', '1', 600 - second)).toBe('known');
      clock.advance(second === 600 ? 0 : 30);
    }
    clock.advance(80);
    expect(claim('a', '1')).toBe('claimed');
  });

  test('is known no matter who comes with it', () => {
    const { claim } = create();
    expect(claim('a', '1')).toBe('claimed');
    expect(claim('b', '1')).toBe('known');
  });

  test('a claim that could not be kept for long enough is not kept', () => {
    const { claim, claims } = create();
    expect(claim('a', '1', 3600)).toBe('full');
    expect(claims.size).toBe(0);
  });
});

describe('bounds', () => {
  test('one holder has so many at a time, and others are served', () => {
    const { clock, claim } = create(3);
    expect(['1', '2', '3', '4', '4'].map((id) => claim('a', id))).toEqual([
      ...['claimed', 'claimed', 'claimed'],
      ...['holder-full', 'holder-full'],
    ]);
    expect(claim('a', '1')).toBe('known');
    expect(claim('b', '5')).toBe('claimed');
    clock.advance(700);
    expect(claim('a', '4')).toBe('claimed');
  });

  test('the places of a holder come free as its claims expire, some before others', () => {
    const { clock, claim } = create(2);
    expect(claim('a', '1', 60)).toBe('claimed');
    expect(claim('a', '2', 600)).toBe('claimed');
    expect(claim('a', '3', 600)).toBe('holder-full');
    clock.advance(160);
    expect(claim('a', '3', 440)).toBe('claimed');
    expect(claim('a', '4', 440)).toBe('holder-full');
  });

  test('all of them have so many, and nothing is forgotten for another', () => {
    const { clock, claim, claims } = create(1000, 100);
    for (let index = 0; index < 100; index++) expect(claim(`h${index}`, `${index}`)).toBe('claimed');
    expect(claim('h', 'one more')).toBe('full');
    expect(claim('h0', '0')).toBe('known');
    expect(claims.size).toBe(100);
    clock.advance(700);
    expect(claims.size).toBe(0);
    expect(claim('h', 'one more')).toBe('claimed');
  });

  test('a clock that goes back brings nothing back, and one that is no number lets nothing pass', () => {
    const { clock, claim } = create();
    expect(claim('a', '1')).toBe('claimed');
    clock.advance(-3600);
    expect(claim('a', '1')).toBe('known');
    const broken = new ProofClaims({ maxPerHolder: 1, maxEntries: 1, longestMs }, () => Number.NaN);
    expect(broken.claim({ holder: digest('a'), id: digest('1'), expiresAt: Number.NaN })).toBe('full');
  });
});

describe('a clock of proofs that is set', () => {
  const createTwo = () => {
    const [clock, elapsed] = [createClock(), createClock(0)];
    const told: number[] = [];
    const bounds = { maxPerHolder: 10, maxEntries: 100, longestMs };
    const claims = new ProofClaims(bounds, clock.now, elapsed.now, (ms) => told.push(ms));
    return {
      ...{ clock, claims, told },
      /** Both go on. */
      wait: (seconds: number) => [clock, elapsed].forEach((each) => each.advance(seconds)),
      claim: (id: string, expiresAt = clock.now() + 300_000) =>
        claims.claim({ holder: digest('a'), id: digest(id), expiresAt }),
    };
  };

  test.each([600, 7200, 10 ** 8])(
    'forward by %i s and back lets no used proof pass again, though many came in between',
    (jump) => {
      const { claim, clock, wait, told } = createTwo();
      const proof = ['1', clock.now() + 300_000] as const;
      expect(claim(...proof)).toBe('claimed');
      wait(20);
      clock.advance(jump);
      expect(claim('2')).toBe('claimed');
      wait(20);
      clock.advance(-jump);
      expect(claim(...proof)).toBe('known');
      expect(claim('3')).toBe('claimed');
      wait(200);
      expect(claim(...proof)).toBe('known');
      expect(told).toEqual([]);
    },
  );

  test('forward for long, and back, stops nobody in between', () => {
    const { claim, clock, wait } = createTwo();
    const proof = ['1', clock.now() + 300_000] as const;
    expect(claim(...proof)).toBe('claimed');
    clock.advance(7200);
    const ahead = ['2', clock.now() + 300_000] as const;
    expect(claim(...ahead)).toBe('claimed');
    wait(1500);
    clock.advance(-7200);
    expect(claim('3')).toBe('claimed');
    expect(claim(...ahead)).toBe('full');
  });

  test('back to when proofs were used that are forgotten lets nothing pass that may be one of them, and tells', () => {
    const { claim, clock, wait, told } = createTwo();
    const proof = ['1', clock.now() + 300_000] as const;
    for (let index = 0; index < 100; index++) {
      expect(claim(`${index + 1}`, index === 0 ? proof[1] : undefined)).toBe('claimed');
      wait(60);
    }
    clock.advance(-6000);
    expect(claim(...proof)).toBe('full');
    expect(claim('another')).toBe('full');
    expect(told[0]).toBeGreaterThan(0);
    clock.advance(6000);
    expect(claim('another')).toBe('claimed');
  });

  test('again and again takes a bounded memory', () => {
    const times = new TimeSpans();
    for (let time = 0; time < 100; time++) {
      times.add(time * 1000, 10);
      times.add(time * 1000 + 10, 10);
    }
    for (let time = 0; time < 100; time++) {
      expect(times.endOf(time * 1000 + 5)).toBeGreaterThanOrEqual(time * 1000 + 10);
    }
    const gaps = Array.from({ length: 99 }, (_, time) => time * 1000 + 999);
    expect(gaps.filter((time) => times.endOf(time) === undefined)).toHaveLength(15);
    expect(times.endOf(-1)).toBeUndefined();
    expect(times.endOf(10 ** 6)).toBeUndefined();
  });
});

test('it agrees with a plain set over many claims of many holders, while time goes on', () => {
  const { clock, claim, claims } = create(50, 20_000);
  const live = new Map<string, number>();
  let seed = 7;
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  for (let step = 0; step < 60_000; step++) {
    if (step % 500 === 0) clock.advance(7);
    const id = `${random(30_000)}`;
    const outcome = claim(`h${Number(id) % 700}`, id);
    const until = live.get(id) ?? 0;
    if (until >= clock.now()) expect(outcome).toBe('known');
    if (outcome === 'claimed') live.set(id, clock.now() + 600_000);
  }
  expect(claims.size).toBeLessThanOrEqual(20_000);
});

test('an entry takes less than 150 bytes, each with a holder to itself', () => {
  const { claim, claims } = create();
  for (let index = 0; index < 200_000; index++) claim(`h${index}`, `${index}`);
  expect(claims.size).toBe(200_000);
  expect(claims.bytes / claims.size).toBeLessThan(150);
});
