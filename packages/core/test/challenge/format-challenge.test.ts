import { describe, expect, test } from 'vitest';
import { formatChallenge } from '../../src/challenge/format-challenge.js';
import { parseChallenge } from '../support/parse-challenge.js';

const resourceMetadata = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';

describe('a challenge cannot be broken by what is put into it', () => {
  test('[RFC9110-5.5-01] line breaks and NUL never reach the field value', () => {
    const value = formatChallenge({
      error: 'invalid_token',
      errorDescription: 'a\r\nSet-Cookie: x=y\u0000',
      scope: ['a\r\nb'],
      resourceMetadata: `${resourceMetadata}\r\nX: y`,
    });
    expect(value).toMatch(/^[\x20-\x7e]+$/);
    expect(parseChallenge(value).scheme).toBe('Bearer');
  });

  test('[RFC6750-3-05] a description with quotes and backslashes stays inside its quotes, without either', () => {
    const { parameters } = parseChallenge(
      formatChallenge({
        error: 'invalid_token',
        errorDescription: 'bad "kid" \\", scope="admin',
        resourceMetadata,
      }),
    );
    expect(Object.keys(parameters)).toEqual(['error', 'error_description', 'resource_metadata']);
    expect(parameters.error_description).toBe("bad 'kid' '', scope='admin");
  });

  test('[RFC9110-11.6.1-01] quotes in a URL are escaped, not passed on', () => {
    const url = 'https://api.example.com/.well-known/oauth-protected-resource/a"b\\c';
    expect(formatChallenge({ resourceMetadata: url })).toContain('/a\\"b\\\\c"');
    expect(parseChallenge(formatChallenge({ resourceMetadata: url })).parameters.resource_metadata).toBe(url);
  });

  test('[RFC6750-3-05] text outside ASCII is left out', () => {
    const value = formatChallenge({
      error: 'invalid_token',
      errorDescription: 'ungültig – 無効',
      resourceMetadata,
    });
    expect(parseChallenge(value).parameters.error_description).toBe('ungltig  ');
  });
});

describe('a challenge says what it should and nothing twice', () => {
  test('[RFC6750-3-02][RFC9728-5.1-01] scheme Bearer with at least resource_metadata, quoted', () => {
    expect(formatChallenge({ resourceMetadata })).toBe(`Bearer resource_metadata="${resourceMetadata}"`);
  });

  test('[RFC6750-3-04] what is no scope is left out, and the parameter with the last of them', () => {
    expect(formatChallenge({ scope: ['a b', 'read', '"', ''], resourceMetadata })).toBe(
      `Bearer scope="read", resource_metadata="${resourceMetadata}"`,
    );
    expect(formatChallenge({ scope: ['a b'], resourceMetadata })).not.toContain('scope');
  });

  test('[RFC6750-3-03][MCP-2026-07-28-RS-008] scopes are one parameter, separated by one space, each once', () => {
    const value = formatChallenge({ scope: ['read', 'write', 'read'], resourceMetadata });
    expect(value).toBe(`Bearer scope="read write", resource_metadata="${resourceMetadata}"`);
  });

  test('[RFC6750-3-04] no scope parameter where there is no scope', () => {
    expect(formatChallenge({ scope: [], resourceMetadata })).not.toContain('scope');
  });

  test('[RFC6750-3-07] error and description come before the rest', () => {
    const value = formatChallenge({
      error: 'invalid_token',
      errorDescription: 'expired',
      scope: ['a'],
      resourceMetadata,
    });
    expect(value).toBe(
      `Bearer error="invalid_token", error_description="expired", scope="a", resource_metadata="${resourceMetadata}"`,
    );
  });
});

describe('the parser of these tests is strict', () => {
  test.each([
    'Bearer',
    'Bearer ',
    'Bearer  realm="a"',
    'Bearer realm="a" scope="b"',
    'Bearer realm="a",, scope="b"',
    'Bearer realm="a',
    'Bearer realm="a\\',
    'Bearer scope="a", scope="b"',
    'Bearer scope="a", Scope="b"',
    'Bearer realm',
    'Bearer realm=',
    'Bearer realm="ä"',
    'Bearer realm="a"\r\nX: y',
  ])('%j is no challenge', (value) => {
    expect(() => parseChallenge(value)).toThrow(SyntaxError);
  });
});
