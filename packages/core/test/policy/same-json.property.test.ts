import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCanonicalJson } from '../../src/policy/canonical-json.js';
import { hashJson, isSameJson, noJson, tooLarge } from '../../src/policy/same-json.js';
import { propertyRuns, propertyTest } from '../support/property.js';

const options = { numRuns: propertyRuns };
const parsed = fc
  .oneof(
    fc.jsonValue({ maxDepth: 4 }),
    // Few names and values, so that many pairs are nearly the same
    fc.dictionary(
      fc.constantFrom('a', 'b', 'ab', '__proto__', 'toString', ''),
      fc.constantFrom<fc.JsonValue>(0, -0, '', '0', null, [], {}, [0], true, { a: 1 }),
      { maxKeys: 3 },
    ),
  )
  .map((value) => JSON.parse(toCanonicalJson(value) ?? 'null') as unknown);

function shuffle(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffle);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, shuffle(member)]),
  );
}

describe('two JSON values', () => {
  test('are the same where their canonical JSON is, and only there', propertyTest, () => {
    fc.assert(
      fc.property(parsed, parsed, (one, other) => {
        const isOne = toCanonicalJson(one) === toCanonicalJson(other);
        expect(isSameJson(one, other)).toBe(isOne);
        expect(isSameJson(other, one)).toBe(isOne);
      }),
      options,
    );
  });

  test('that are the same have one hash, in whatever order their members came', propertyTest, () => {
    fc.assert(
      fc.property(parsed, (value) => {
        const other = shuffle(value);
        expect(isSameJson(value, other)).toBe(true);
        expect(hashJson(other, 10_000)).toBe(hashJson(value, 10_000));
      }),
      options,
    );
  });

  test.each<[unknown, unknown]>([
    [0, -0],
    ['1', 1],
    [[], {}],
    [{}, []],
    [null, {}],
    [{ a: 1 }, { a: 1, b: 1 }],
    [JSON.parse('{"__proto__":{}}'), { x: {} }],
    [{ x: {} }, JSON.parse('{"__proto__":{}}')],
    [{ toString: 1 }, { x: 1 }],
    ['\ud800', '\ufffd'],
  ])('%j and %j are two', (one, other) => {
    expect(isSameJson(one, other)).toBe(false);
  });
});

describe('no hash is made of', () => {
  test.each<[string, unknown, number]>([
    ['nothing', undefined, noJson],
    ['a function inside', { a: () => 1 }, noJson],
    ['a number that is none', [Number.NaN], noJson],
    ['a BigInt', 1n, noJson],
    ['a date', { at: new Date(0) }, noJson],
    ['a list with a hole', [1, , 2], noJson], // eslint-disable-line no-sparse-arrays -- what is tested
    ['deep nesting', JSON.parse('['.repeat(300) + ']'.repeat(300)), noJson],
    ['a long string', 'x'.repeat(1001), tooLarge],
    ['many members', Array.from({ length: 1001 }, () => 1), tooLarge],
    ['long names', { ['x'.repeat(1001)]: 1 }, tooLarge],
  ])('%s', (_what, value, expected) => {
    expect(hashJson(value, 1000)).toBe(expected);
  });
});
