import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCanonicalJson } from '../../src/policy/canonical-json.js';
import { sha256 as digest } from '../../src/policy/sha-256.js';
import { propertyRuns, propertyTest } from '../support/property.js';

const options = { numRuns: propertyRuns };
const json = fc.jsonValue({ maxDepth: 4 });

describe('canonical JSON', () => {
  test('is JSON that says the same', propertyTest, () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = toCanonicalJson(value);
        if (text === undefined) throw new Error('nothing');
        expect(JSON.parse(text)).toEqual(value);
      }),
      options,
    );
  });

  test('is one text for one value, in whatever order its members came', propertyTest, () => {
    const shuffle = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffle);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, shuffle(member)]),
      );
    };
    fc.assert(
      fc.property(json, (value) => {
        const own = JSON.parse(JSON.stringify(value)) as unknown;
        expect(toCanonicalJson(shuffle(own))).toBe(toCanonicalJson(own));
      }),
      options,
    );
  });

  test('is another text for another value', propertyTest, () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        const [first, second] = [one, other].map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        const isSame = toCanonicalJson(first) === toCanonicalJson(second);
        expect(isSame).toBe(JSON.stringify(sorted(first)) === JSON.stringify(sorted(second)));
      }),
      options,
    );
  });

  test.each([
    [0, -0],
    ['1', 1],
    [[], {}],
    [null, 'null'],
    ['\ud800', '\ud801'],
    ['\ud800', '\ufffd'],
    [{ a: 1 }, { A: 1 }],
    [[['a'], 'b'], [['a', 'b']]],
    [{ 'a":1,"b': 2 }, { a: 1, b: 2 }],
  ])('tells %j from %j', (one, other) => {
    expect(toCanonicalJson(one)).not.toBe(toCanonicalJson(other));
    expect(digest(toCanonicalJson(one) ?? '')).not.toBe(digest(toCanonicalJson(other) ?? ''));
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a function inside', { a: () => 1 }],
    ['a number that is none', [Number.NaN]],
    ['a BigInt', 1n],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a long string', 'x'.repeat(20_000)],
    ['many members', Array.from({ length: 20_000 }, () => 1)],
    ['a long text in small parts', Array.from({ length: 200 }, () => 'x'.repeat(100))],
    ['deep nesting', JSON.parse('['.repeat(300) + ']'.repeat(300))],
  ])('is not made of %s', (_what, value) => {
    expect(toCanonicalJson(value)).toBeUndefined();
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return { members: members.map(([name, member]) => [name, sorted(member)]) };
}

describe('SHA-256', () => {
  /** As others write it. */
  const sha256 = (text: string) =>
    Array.from({ length: 16 }, (_, at) => digest(text).charCodeAt(at).toString(16).padStart(4, '0')).join('');
  const expected = (text: string) => createHash('sha256').update(text).digest('hex');

  test('is what Node computes, around the edges of its blocks', () => {
    for (let length = 0; length < 200; length++) {
      const text = 'ä'.repeat(length % 7) + 'x'.repeat(length);
      expect(sha256(text)).toBe(expected(text));
    }
  });

  test('is what Node computes of any text', propertyTest, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        expect(sha256(text)).toBe(expected(text));
      }),
      options,
    );
  });
});
