import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { judgeJsonText, judgeJsonValue, maxJsonDepth, maxJsonValues } from '../../src/http/json-bounds.js';
import { parseJsonBody } from '../../src/http/json-body.js';
import { propertyRuns } from '../support/property.js';

/** The deepest level of a text, found out character by character. */
function deepest(text: string): number {
  let [level, most, isString] = [0, 0, false];
  for (let index = 0; index < text.length; index++) {
    const sign = text[index] ?? '';
    if (isString && sign === '\\') index++;
    else if (sign === '"') isString = !isString;
    else if (!isString && '[{'.includes(sign)) most = Math.max(most, ++level);
    else if (!isString && ']}'.includes(sign)) level--;
  }
  return most;
}

describe('JSON beyond the bounds is refused', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const wide = (values: number) => `[${Array.from({ length: values - 1 }, () => '{}').join(',')}]`;

  test.each([
    ['arrays in arrays', nested(maxJsonDepth + 1)],
    ['objects in objects', '{"a":'.repeat(maxJsonDepth + 1) + '1' + '}'.repeat(maxJsonDepth + 1)],
    ['five thousand levels', nested(5000)],
    ['as many levels as are parsed before anybody looks', nested(75_000)],
  ])('%s', (_title, text) => {
    for (const body of [text, new TextEncoder().encode(text)]) {
      expect(parseJsonBody(body)).toEqual({ kind: 'too-complex' });
    }
  });

  test.each([
    ['levels that never end', '['.repeat(200_000)],
    ['levels beyond number', nested(100_000)],
    ['more values than anybody sends', wide(maxJsonValues + 1)],
    ['as many values as a text can hold', wide(maxJsonValues / 2 + 2)],
  ])('%s are not even parsed', (_title, text) => {
    const parse = vi.spyOn(JSON, 'parse');
    try {
      for (const body of [text, new TextEncoder().encode(text)]) {
        expect(parseJsonBody(body)).toEqual({ kind: 'too-complex' });
      }
      expect(parse).not.toHaveBeenCalled();
    } finally {
      parse.mockRestore();
    }
  });

  test('what only looks so, inside of strings, is fine', () => {
    for (const text of [
      JSON.stringify('['.repeat(10_000)),
      JSON.stringify(`\\"${'{'.repeat(10_000)}`),
      JSON.stringify({ a: '"'.repeat(1000), b: ','.repeat(200_000) }),
      nested(maxJsonDepth),
    ]) {
      expect(parseJsonBody(text)).toEqual({ kind: 'json', value: JSON.parse(text) as unknown });
    }
  });

  test('strings end where JSON says, however long they are and whatever is escaped in them', () => {
    const times = (text: string, most: number) => fc.nat(most).map((count) => text.repeat(count));
    const piece = fc.oneof(
      fc.constantFrom('"', '\\', '\\"', '\\\\"', '[', ']', '{', '}', ','),
      times('x', 200),
      times('\\', 200),
      times('[', maxJsonDepth + 4),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        expect(judgeJsonText(text) === 'too-complex').toBe(deepest(text) > maxJsonDepth);
        expect(judgeJsonText(new TextEncoder().encode(text)) === 'too-complex').toBe(
          deepest(text) > maxJsonDepth,
        );
      }),
      { numRuns: propertyRuns },
    );
  });

  test('a value that was parsed by somebody else is measured as its text would be', () => {
    const json = fc.jsonValue({ maxDepth: 6 });
    fc.assert(
      fc.property(json, (value) => {
        expect(judgeJsonValue(value)).toBe(judgeJsonText(JSON.stringify(value)));
      }),
      { numRuns: propertyRuns },
    );
    for (const [depth, verdict] of [
      [maxJsonDepth, 'fits'],
      [maxJsonDepth + 1, 'too-complex'],
    ] as const) {
      const text = `${'['.repeat(depth)}"a long string"${']'.repeat(depth)}`;
      expect(judgeJsonText(text)).toBe(verdict);
      expect(judgeJsonValue(JSON.parse(text))).toBe(verdict);
    }
    expect(judgeJsonValue(JSON.parse(nested(maxJsonDepth)))).toBe('fits');
    expect(judgeJsonValue(JSON.parse(nested(maxJsonDepth + 1)))).toBe('too-complex');
    expect(judgeJsonValue(JSON.parse(wide(maxJsonValues + 10)))).toBe('too-complex');
  });
});

/** Numbers as JSON writes them, and as no encoder in JavaScript does. */
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9]\d{0,30}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,30}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?\d{1,4}$/)),
  )
  .map((parts) => parts.join(''));

describe('a number that is another one once it is parsed is not judged', () => {
  test.each([
    ...['1e999', '-1e999', '1E400', `1${'0'.repeat(400)}`, '123e4567'],
    ...['1e-999', '-0.1E-400', `0.${'0'.repeat(400)}1`],
    ...['9007199254740993', '-9007199254740993', '12345678901234567890', `9${'9'.repeat(300)}`],
  ])('%s', (text) => {
    for (const body of [text, `[${text}]`, `{"a":{"b":[1,${text} ]}}`]) {
      expect(parseJsonBody(body)).toEqual({ kind: 'inexact-number' });
      expect(parseJsonBody(new TextEncoder().encode(body))).toEqual({ kind: 'inexact-number' });
    }
  });

  test.each([
    ...['9007199254740991', '-9007199254740992', '1e22', '1.7976931348623157e308', '5e-324'],
    ...['0e999', '0.0', '0.1000000000000000055511151231257827', '123456789012345680000', '1e2', '-1.5'],
  ])('and %s is', (text) => {
    const outcome = parseJsonBody(`{"a":${text}}`);
    expect(outcome).toEqual({ kind: 'json', value: { a: Number(text) } });
  });

  test('nor is one that a parser in front has left, of which no JSON can be written', () => {
    for (const value of [Infinity, -Infinity, Number.NaN]) {
      expect(judgeJsonValue(value)).toBe('inexact-number');
      expect(judgeJsonValue({ a: [{ b: value }] })).toBe('inexact-number');
    }
  });

  test('digits in strings and names are no numbers', () => {
    const text = '{"1e999":"1e999","a\\"1e999":"-0","b":[true,null,"9007199254740993"]}';
    expect(parseJsonBody(text)).toEqual({ kind: 'json', value: JSON.parse(text) as unknown });
  });

  test('-0 is judged as the 0 that whoever reads the text gets', () => {
    for (const text of ['[-0]', '{"a":-0.0}', '[-0e5,{"__proto__":-0}]']) {
      const outcome = parseJsonBody(text);
      const value = outcome.kind === 'json' ? outcome.value : undefined;
      expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
    }
  });

  test('what is judged is what whoever reads it written again gets', () => {
    const body = fc.array(fc.oneof(numberText, fc.json(), fc.double().map(String)), { maxLength: 5 });
    fc.assert(
      fc.property(body, (parts) => {
        const outcome = parseJsonBody(`[${parts.join(', ')}]`);
        if (outcome.kind !== 'json') return;
        expect(JSON.parse(JSON.stringify(outcome.value))).toStrictEqual(outcome.value);
      }),
      { numRuns: propertyRuns },
    );
  });

  test('integers keep their digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), (integer) => {
        const outcome = parseJsonBody(String(integer));
        if (outcome.kind !== 'json') return;
        const isKept =
          BigInt(outcome.value as number) === integer || JSON.stringify(outcome.value) === String(integer);
        expect(isKept).toBe(true);
      }),
      { numRuns: propertyRuns },
    );
  });

  test('what JavaScript writes passes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseJsonBody(JSON.stringify(value))).toMatchObject({ kind: 'json' });
      }),
      { numRuns: propertyRuns },
    );
  });
});
