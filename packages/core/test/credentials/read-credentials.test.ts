import { describe, expect, test } from 'vitest';
import { parseAuthorization, readCredentials } from '../../src/credentials/read-credentials.js';
import { createHead, headWith } from '../support/head.js';

const longToken = 'a'.repeat(100_000);

describe('malformed credentials are told apart from none', () => {
  const cases: readonly (readonly [what: string, value: string])[] = [
    ['a second word', 'Bearer token other'],
    ['a comma after the token', 'Bearer token,'],
    ['an auth-param in place of a token', 'Bearer realm="x"'],
    ['a quoted token', 'Bearer "token"'],
    ['padding in the middle', 'Bearer to=ken'],
    ['padding only', 'Bearer ='],
    ['a tab as separator', 'Bearer\ttoken'],
    ['a colon as separator', 'Bearer: token'],
    ['a tab inside the token', 'Bearer to\tken'],
    ['a line break inside the token', 'Bearer to\r\nken'],
    ['a NUL byte', 'Bearer to\u0000ken'],
    ['a letter outside ASCII', 'Bearer tökén'],
    ['a character that looks like a dot', 'Bearer a\u2024b\u2024c'],
    ['a percent sign', 'Bearer to%6ben'],
    ['an angle bracket', 'Bearer <script>'],
    ['a second credential of another scheme', 'Bearer token, Basic dXNlcjpwYXNz'],
    // RFC 9110 §5.6.2: the neighbours of digits and letters, none of which may stand in the name of a scheme
    ...['/', ':', '@', '[', '{', '}', '\u007f', '\u00e9'].map(
      (character) => [`${character} right after the scheme`, `Bearer${character} token`] as const,
    ),
  ];

  test.each(cases)('[RFC6750-2.1-02][RFC6750-3.1-01] %s', (_what, value) => {
    expect(parseAuthorization(value)).toEqual({ kind: 'malformed' });
  });
});

describe('a header with nothing in it is told apart from none: an operation for everybody is not for it', () => {
  test.each(['', 'Bearer', 'bearer', 'Bearer    '])('[RFC6750-3.1-04] %j', (value) => {
    expect(readCredentials(headWith(value))).toEqual({ kind: 'empty' });
  });
});

describe('a repeated Authorization header is refused however the platform shows it', () => {
  test('[RFC9110-11.6.2-01] two field lines, of which Node shows the first only', () => {
    const head = createHead({
      headers: { authorization: 'Bearer good' },
      rawHeaders: ['Host', 'h', 'Authorization', 'Bearer good', 'AUTHORIZATION', 'Bearer other'],
    });
    expect(readCredentials(head)).toEqual({ kind: 'repeated' });
  });

  test('[RFC9110-11.6.2-01] two identical field lines', () => {
    const head = createHead({
      headers: { authorization: 'Bearer good' },
      rawHeaders: ['authorization', 'Bearer good', 'authorization', 'Bearer good'],
    });
    expect(readCredentials(head)).toEqual({ kind: 'repeated' });
  });

  test('[RFC9110-11.6.2-01] an empty first line does not hide the second', () => {
    const head = createHead({
      headers: { authorization: '' },
      rawHeaders: ['Authorization', '', 'Authorization', 'Bearer good'],
    });
    expect(readCredentials(head)).toEqual({ kind: 'repeated' });
  });

  test.each([
    'Bearer good, Bearer other',
    'Basic dXNlcg==, Bearer good',
    ', Bearer good',
    'Bearer good,bearer other',
  ])('[RFC9110-11.6.2-01] joined by a comma as Fetch does: %s', (value) => {
    expect(parseAuthorization(value)).toEqual({ kind: 'repeated' });
  });

  test('[RFC9110-11.6.2-01] two fields of another name that is as long are no repetition', () => {
    const head = createHead({
      headers: { authorization: 'Bearer good' },
      rawHeaders: ['X-Thirteen-Ch', 'a', 'Authorization', 'Bearer good', 'X-Thirteen-Ch', 'b'],
    });
    expect(readCredentials(head)).toEqual({ kind: 'bearer', token: 'good' });
  });

  test('a value that happens to equal the field name is no second field', () => {
    const head = createHead({
      headers: { authorization: 'Bearer good' },
      rawHeaders: ['Authorization', 'Bearer good', 'X-Field', 'authorization', 'X-Other', 'Authorization'],
    });
    expect(readCredentials(head)).toEqual({ kind: 'bearer', token: 'good' });
  });
});

describe('a request without a bearer token counts as one without credentials', () => {
  test('[RFC6750-3.1-04] no header', () => {
    expect(readCredentials(headWith(undefined))).toEqual({ kind: 'none' });
    expect(readCredentials(createHead({ rawHeaders: ['Host', 'h'] }))).toEqual({ kind: 'none' });
  });

  test.each([
    'Basic dXNlcjpwYXNz',
    'DPoP abc.def.ghi',
    'Bearer2 token',
    'Bearer-x token',
    // RFC 9110 §5.6.2: the first and the last digit and letter
    ...['0', '9', 'A', 'Z', 'a', 'z', '!', '~', '|'].map((character) => `Bearer${character} token`),
    'Basic  Bearer',
    'token',
    'BearerToken',
    'Negotiate',
  ])('[RFC6750-3.1-04] another scheme: %s', (value) => {
    expect(parseAuthorization(value)).toEqual({ kind: 'other-scheme' });
  });

  test('[OAUTH21-5.1-01][MCP-2026-07-28-RS-014] a token in the query is not looked at', () => {
    const head = createHead({ target: '/mcp?access_token=good&Authorization=Bearer%20good' });
    expect(readCredentials(head)).toEqual({ kind: 'none' });
  });

  test('[OAUTH21-5.1-01] a token in the query beside a good field changes nothing', () => {
    const head = createHead({ target: '/mcp?access_token=other', headers: { authorization: 'Bearer good' } });
    expect(readCredentials(head)).toEqual({ kind: 'bearer', token: 'good' });
  });
});

describe('well-formed credentials are read', () => {
  test.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])(
    '[RFC9110-11.1-01][OAUTH21-5.1.1-01] scheme %s',
    (scheme) => {
      expect(parseAuthorization(`${scheme} good`)).toEqual({ kind: 'bearer', token: 'good' });
    },
  );

  test('[RFC6750-2.1-02] any number of spaces', () => {
    expect(parseAuthorization(`Bearer${' '.repeat(50)}good`)).toEqual({ kind: 'bearer', token: 'good' });
  });

  test.each(['a', 'abc.def.ghi', 'A-Z.a-z_0~9+/', 'opaque==', longToken])(
    '[RFC6750-2.1-02] token68',
    (token) => {
      expect(parseAuthorization(`Bearer ${token}`)).toEqual({ kind: 'bearer', token });
    },
  );
});
