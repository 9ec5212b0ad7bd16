import { describe, expect, test } from 'vitest';
import { parseChallenges } from '../../src/challenge/parse-challenges.js';

const wrong: readonly (readonly [what: string, value: string])[] = [
  ['nothing', ''],
  ['commas only', ' , ,'],
  ['an unquoted URL', 'Bearer resource_metadata=https://mcp.example.com/x'],
  ['a quote that is not closed', 'Bearer error="invalid_token'],
  ['a quote inside that is not escaped', 'Bearer error_description="a "quoted" word"'],
  ['an escape at the end', 'Bearer error="a\\'],
  ['a parameter twice', 'Bearer scope="a", SCOPE="b"'],
  ['a parameter without a value', 'Bearer scope="a", error='],
  ['parameters without a comma', 'Bearer error="a" scope="b"'],
  ['a value without a name', 'Bearer ="a"'],
  ['a bare URL behind a comma', 'Bearer error="a", https://mcp.example.com/x'],
  ['a tab between scheme and parameters', 'Bearer\terror="a"'],
  ['a control character', 'Bearer error="a\x07"'],
  ['a separator as scheme', '"Bearer" error="a"'],
];

describe('reading challenges by the letter of RFC 9110', () => {
  test.each(wrong)('refuses %s [RFC9110-11.6.1-01] [RFC6750-3-03]', (_what, value) => {
    expect(() => parseChallenges(value)).toThrow(SyntaxError);
  });

  test('reads one challenge with tokens, quoted strings and escapes', () => {
    expect(parseChallenges('Bearer  error=invalid_token , error_description = "a \\"b\\" \\\\c"')).toEqual([
      {
        scheme: 'Bearer',
        token68: undefined,
        parameters: [
          { name: 'error', value: 'invalid_token', quoted: false },
          { name: 'error_description', value: 'a "b" \\c', quoted: true },
        ],
      },
    ]);
  });

  test('tells several challenges in one field apart', () => {
    const field =
      'Bearer scope="a, b", resource_metadata="https://h/x", Basic realm="r", Negotiate YWI=, DPoP';
    expect(
      parseChallenges(field).map(({ scheme, token68, parameters }) => [scheme, token68, parameters.length]),
    ).toEqual([
      ['Bearer', undefined, 2],
      ['Basic', undefined, 1],
      ['Negotiate', 'YWI=', 0],
      ['DPoP', undefined, 0],
    ]);
  });

  test('reads several fields as one list, empty elements left out', () => {
    expect(parseChallenges([', Bearer error="a",, ', 'Basic realm="r"']).map(({ scheme }) => scheme)).toEqual(
      ['Bearer', 'Basic'],
    );
  });
});
