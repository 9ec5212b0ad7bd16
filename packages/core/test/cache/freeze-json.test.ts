import { describe, expect, test } from 'vitest';
import { freezeJson } from '../../src/cache/freeze-json.js';

test('[MCP-2026-07-28-RS-030] everything in a value is frozen, however deep', () => {
  const depth = 100_000;
  const value = JSON.parse(`{"a":${'['.repeat(depth)}{"b":{}}${']'.repeat(depth)}}`) as { a: unknown };
  freezeJson(value);
  let current: unknown = value.a;
  for (let level = 0; level < depth; level++) {
    expect(Object.isFrozen(current) || level).toBe(true);
    current = (current as unknown[])[0];
  }
  expect(Object.isFrozen(current)).toBe(true);
  expect(Object.isFrozen((current as { b: unknown }).b)).toBe(true);
});

describe('a value is charged with what it takes, not with the length of its text', () => {
  test.each([
    ['empty objects', `{"a":[${'{},'.repeat(3000)}0]}`, 3000 * 64],
    ['empty lists', `{"a":[${'[],'.repeat(3000)}0]}`, 3000 * 64],
    [
      'members',
      JSON.stringify(Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`m${i}`, 1]))),
      900 * 40,
    ],
    ['numbers', `{"a":[${'1,'.repeat(5000)}0]}`, 5000 * 8],
    ['text beyond Latin', `{"a":"${'語'.repeat(3000)}"}`, 6000],
  ])('%s', (_what, text, atLeast) => {
    expect(freezeJson(JSON.parse(text) as object)).toBeGreaterThanOrEqual(atLeast);
  });
});
