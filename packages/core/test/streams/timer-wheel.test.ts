import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TimerWheel } from '../../src/streams/timer-wheel.js';
import { createClock } from '../support/clock.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(now?: () => number) {
  const clock = createClock();
  const due: string[] = [];
  const wheel = new TimerWheel<string>(now ?? clock.now, (entries) => due.push(...entries));
  const pass = (seconds: number) => {
    clock.advance(seconds);
    vi.advanceTimersByTime(250);
  };
  return { clock, wheel, due, pass };
}

test('nothing runs while there is nothing to wait for', () => {
  const { wheel, clock, pass } = setUp();
  expect(vi.getTimerCount()).toBe(0);
  const slot = wheel.add('a', clock.now() + 1000);
  wheel.add('b', clock.now() + 1000);
  expect(vi.getTimerCount()).toBe(1);
  expect(wheel.remove('a', slot)).toBe(true);
  expect(wheel.remove('a', slot)).toBe(false);
  expect(vi.getTimerCount()).toBe(1);
  pass(2);
  expect(vi.getTimerCount()).toBe(0);
  expect(wheel.size).toBe(0);
});

test('an entry is due at its time and not before, and once', () => {
  const { wheel, clock, due, pass } = setUp();
  wheel.add('a', clock.now() + 10_000);
  pass(9);
  expect(due).toEqual([]);
  pass(1);
  pass(1);
  expect(due).toEqual(['a']);
});

test('all that was due while a clock jumped, in either way of looking', () => {
  const { wheel, clock, due, pass } = setUp();
  for (let index = 0; index < 100; index++) wheel.add(`near ${index}`, clock.now() + index * 250);
  wheel.add('far', clock.now() + 86_400_000);
  pass(0.25);
  pass(30);
  expect(due).toHaveLength(100);
  pass(90_000);
  expect(due.at(-1)).toBe('far');
});

test('an entry whose time has passed is due at the next turn', () => {
  const { wheel, clock, due, pass } = setUp();
  wheel.add('first', clock.now() + 60_000);
  pass(10);
  wheel.add('late', clock.now() - 5000);
  pass(0.25);
  expect(due).toEqual(['late']);
});

test('a clock that is set back loses nothing, and ends nothing early', () => {
  const { wheel, clock, due, pass } = setUp();
  wheel.add('a', clock.now() + 3_600_000);
  pass(60);
  clock.advance(-600);
  wheel.add('b', clock.now() + 5000);
  pass(1);
  expect(due).toEqual([]);
  pass(5);
  expect(due).toEqual(['b']);
});

test('where the clock does not tell the time, nothing lasts', () => {
  let isBroken = false;
  const { wheel, due } = setUp(() => {
    if (isBroken) throw new Error('no time');
    return 0;
  });
  wheel.add('a', 1e12);
  vi.advanceTimersByTime(250);
  isBroken = true;
  vi.advanceTimersByTime(250);
  expect(due).toEqual(['a']);
});
