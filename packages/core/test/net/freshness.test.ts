import { expect, test } from 'vitest';
import { readFreshness } from '../../src/net/freshness.js';

const bounds = { minimumMs: 30_000, maximumMs: 600_000 };

test.each([
  [{}, 600],
  [{ 'cache-control': 'max-age=60' }, 60],
  [{ 'cache-control': 'MAX-AGE=60, PUBLIC' }, 60],
  [{ 'cache-control': 'public,max-age=60,immutable' }, 60],
  [{ 'cache-control': 'max-age=1' }, 30],
  [{ 'cache-control': 'max-age=0, must-revalidate' }, 30],
  [{ 'cache-control': 'max-age="60"' }, 60],
  [{ 'cache-control': 'max-age="60' }, 600],
  [{ 'cache-control': 'private, no-cache, max-age=3600' }, 30],
  [{ 'cache-control': 'max-age=9999999999' }, 600],
  [{ 'cache-control': 'max-age=99999999999999999999' }, 600],
  [{ 'cache-control': 'max-age=-5' }, 600],
  [{ 'cache-control': 'max-age=abc' }, 600],
  [{ 'cache-control': 'x-max-age=60' }, 600],
  [{ 'cache-control': 'no-store' }, 30],
  [{ 'cache-control': 'NO-CACHE' }, 30],
  [{ 'cache-control': 'max-age=60, no-store' }, 30],
  [{ 'cache-control': 'no-transform, max-age=60' }, 60],
  [{ 'cache-control': 'max-age=100', age: '40' }, 60],
  [{ 'cache-control': 'max-age=100', age: '1000' }, 30],
  [{ 'cache-control': 'max-age=100', age: 'old' }, 100],
  [{ 'cache-control': 'max-age=100', age: '-1' }, 100],
  [{ expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, 600],
])('[RFC8414-CACHE-01] %j is fresh for %i s', (headers, seconds) => {
  expect(readFreshness(new Headers(headers), bounds)).toBe(seconds * 1000);
});
