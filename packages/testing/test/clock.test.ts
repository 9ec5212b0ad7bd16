import { expect, test } from 'vitest';
import { createTestClock } from '../src/index.js';

test('stands still until it is moved', () => {
  const clock = createTestClock(new Date('2027-01-01T00:00:00Z'));
  expect(clock.now()).toBe(Date.UTC(2027, 0, 1));
  clock.advanceSeconds(1.5);
  expect(clock.now()).toBe(Date.UTC(2027, 0, 1) + 1500);
  clock.advanceSeconds(-1.5);
  clock.setTo(new Date('2028-01-01T00:00:00Z'));
  expect(clock.now()).toBe(Date.UTC(2028, 0, 1));
});

test('what is no time is an error, and moves nothing', () => {
  const clock = createTestClock(new Date(5000));
  expect(() => clock.advanceSeconds(Number.NaN)).toThrow(RangeError);
  expect(() => clock.setTo(new Date('soon'))).toThrow(RangeError);
  expect(() => createTestClock(new Date('soon'))).toThrow(RangeError);
  expect(clock.now()).toBe(5000);
});
