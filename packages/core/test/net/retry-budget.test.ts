import { describe, expect, test } from 'vitest';
import { Budget, FailureBackoff, Interval } from '../../src/net/retry-budget.js';
import { createClock } from '../support/clock.js';

describe('retries after failures', () => {
  test('[RFC8414-CACHE-01] come after 1 s, then twice as long each time, at most 5 s', () => {
    const clock = createClock();
    const backoff = new FailureBackoff(clock.now, () => 0);
    const waits = Array.from({ length: 8 }, () => {
      backoff.fail();
      expect(backoff.open).toBe(false);
      const seconds = backoff.retryAfterSeconds;
      clock.advance(seconds - 0.001);
      expect(backoff.open).toBe(false);
      clock.advance(0.001);
      expect(backoff.open).toBe(true);
      return seconds;
    });
    expect(waits).toEqual([1, 2, 4, 5, 5, 5, 5, 5]);
  });

  test('are shortened at random by a quarter at most, and Retry-After never promises too early', () => {
    const clock = createClock();
    for (const random of [0, 0.3, 0.999]) {
      const backoff = new FailureBackoff(clock.now, () => random);
      for (let failure = 0; failure < 7; failure++) {
        backoff.fail();
        clock.advance(backoff.retryAfterSeconds);
        expect(backoff.open).toBe(true);
      }
    }
  });

  test('[RFC8414-CACHE-01] start again at 1 s after a success', () => {
    const clock = createClock();
    const backoff = new FailureBackoff(clock.now, () => 0);
    for (let failure = 0; failure < 5; failure++) backoff.fail();
    expect(backoff.failing).toBe(true);
    backoff.succeed();
    expect([backoff.failing, backoff.open]).toEqual([false, true]);
    backoff.fail();
    expect(backoff.retryAfterSeconds).toBe(1);
  });

  test('[RFC8414-CACHE-01] count from when the attempt began that failed', () => {
    const clock = createClock();
    const backoff = new FailureBackoff(clock.now, () => 0);
    for (let failure = 0; failure < 5; failure++) backoff.fail();
    const startedAt = clock.now();
    clock.advance(4);
    backoff.fail(startedAt);
    expect([backoff.open, backoff.retryAfterSeconds]).toEqual([false, 1]);
    clock.advance(1);
    expect(backoff.open).toBe(true);
  });

  test('are never due in less than a second: Retry-After counts whole ones', () => {
    expect(new FailureBackoff(createClock().now).retryAfterSeconds).toBe(1);
  });

  test('processes that fail together do not come back together', () => {
    const clock = createClock();
    const backoffs = Array.from({ length: 50 }, () => new FailureBackoff(clock.now));
    for (const backoff of backoffs) for (let failure = 0; failure < 6; failure++) backoff.fail();
    clock.advance(3.75);
    const open = [3.75, 4.375, 5].map((_seconds, step) => {
      if (step > 0) clock.advance(0.625);
      return backoffs.filter((backoff) => backoff.open).length;
    });
    expect(open[1]).toBeGreaterThan(0);
    expect(open[1]).toBeLessThan(50);
    expect(open[2]).toBe(50);
  });
});

describe('an interval', () => {
  test('[RFC8414-CACHE-01] is open at first, then shut until it is over, counted from the beginning', () => {
    const clock = createClock();
    const interval = new Interval(5000, clock.now);
    expect([interval.open, interval.retryAfterSeconds]).toEqual([true, 1]);
    interval.begin();
    expect([interval.open, interval.retryAfterSeconds]).toEqual([false, 5]);
    clock.advance(3.5);
    expect(interval.retryAfterSeconds).toBe(2);
    clock.advance(1.499);
    expect([interval.open, interval.retryAfterSeconds]).toEqual([false, 1]);
    clock.advance(0.001);
    expect(interval.open).toBe(true);
    clock.advance(100);
    interval.begin();
    expect(interval.retryAfterSeconds).toBe(5);
  });

  test('is not shut for as long as a clock was set back', () => {
    const clock = createClock();
    const interval = new Interval(5000, clock.now);
    interval.begin();
    clock.advance(-3600);
    expect(interval.open).toBe(true);
  });
});

describe('a clock that is set back', () => {
  test('does not keep a backoff shut for as long as the step', () => {
    const clock = createClock();
    const backoff = new FailureBackoff(clock.now, () => 0);
    backoff.fail();
    clock.advance(-3600);
    expect(backoff.open).toBe(true);
  });

  test('nor a budget empty', () => {
    const clock = createClock();
    const budget = new Budget(2, 30_000, clock.now);
    budget.take();
    budget.take();
    clock.advance(-3600);
    expect(budget.take()).toBe(false);
    clock.advance(30);
    expect(budget.take()).toBe(true);
  });
});

describe('a budget', () => {
  test('[RFC8414-CACHE-01] gives its capacity at once, then one per interval', () => {
    const clock = createClock();
    const budget = new Budget(2, 30_000, clock.now);
    expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false]);
    expect(budget.retryAfterSeconds).toBe(30);
    clock.advance(29.999);
    expect(budget.take()).toBe(false);
    clock.advance(0.001);
    expect([budget.take(), budget.take()]).toEqual([true, false]);
  });

  test('[RFC8414-CACHE-01] does not save up more than its capacity', () => {
    const clock = createClock();
    const budget = new Budget(2, 30_000, clock.now);
    clock.advance(100_000);
    expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false]);
    expect(budget.retryAfterSeconds).toBe(30);
  });

  test('refills by the clock, not by when somebody asks', () => {
    const clock = createClock();
    const budget = new Budget(2, 30_000, clock.now);
    budget.take();
    budget.take();
    clock.advance(45);
    expect([budget.take(), budget.take()]).toEqual([true, false]);
    clock.advance(15);
    expect(budget.take()).toBe(true);
  });

  test('says when there is something again', () => {
    const clock = createClock();
    const budget = new Budget(1, 30_000, clock.now);
    expect(budget.retryAfterSeconds).toBe(1);
    budget.take();
    clock.advance(12.5);
    expect(budget.retryAfterSeconds).toBe(18);
    clock.advance(18);
    expect(budget.take()).toBe(true);
  });
});
