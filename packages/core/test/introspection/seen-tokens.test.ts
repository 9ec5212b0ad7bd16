import { expect, test } from 'vitest';
import { SeenTokens } from '../../src/introspection/seen-tokens.js';

test('50,000 tokens are remembered and no more: what was used longest ago is forgotten first', () => {
  const seen = new SeenTokens();
  for (let index = 0; index < 50_000; index++) seen.add(`token-${index}`);
  seen.add('token-0');
  seen.fail('token-1');
  for (let index = 0; index < 100; index++) seen.add(`newcomer-${index}`);
  expect(['token-0', 'token-101', 'newcomer-99'].map((key) => seen.has(key))).toEqual([true, true, true]);
  expect(['token-1', 'token-2', 'token-100'].map((key) => seen.has(key))).toEqual([false, false, false]);
});

test('a token that gets three errors in a row is forgotten, one that was active in between is not', () => {
  const seen = new SeenTokens();
  for (const key of ['bad', 'good']) seen.add(key);
  for (let round = 0; round < 2; round++) for (const key of ['bad', 'good']) seen.fail(key);
  seen.add('good');
  for (const key of ['bad', 'good', 'unheard-of']) seen.fail(key);
  expect(['bad', 'good', 'unheard-of'].map((key) => seen.has(key))).toEqual([false, true, false]);
});
