import { formatChallenge } from '@mcp-auth/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseChallenges } from '../../src/challenge/parse-challenges.js';

const hostile = ['"', '\\', '\\"', '", error="invalid_request', 'a\r\nX-Injected: 1', '\u0000', 'é', ','];

test.each(hostile)(
  'a URL with %j stays one value of one challenge [RFC9110-5.5-01] [RFC6750-3-05] [RFC9728-5.1-01]',
  (text) => {
    const resourceMetadata = `https://mcp.example.com/${text}`;
    const challenges = parseChallenges(formatChallenge({ resourceMetadata }));
    expect(challenges).toHaveLength(1);
    expect(challenges[0]?.parameters).toEqual([
      { name: 'resource_metadata', value: resourceMetadata.replaceAll(/[^\x20-\x7e]/g, ''), quoted: true },
    ]);
  },
);

const scopeToken = fc.stringMatching(/^[\x21\x23-\x5b\x5d-\x7e]{1,12}$/);

test('whatever a challenge is made of, it is one challenge, and its URL and scopes come out as they went in [RFC9110-5.5-01] [RFC6750-3-03] [RFC6750-3-05]', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.uniqueArray(scopeToken, { maxLength: 4 }),
      fc.stringMatching(/^[\x21-\x7e]{0,30}$/),
      (errorDescription, scope, path) => {
        const resourceMetadata = `https://mcp.example.com/${path}`;
        const text = formatChallenge({ error: 'invalid_token', errorDescription, scope, resourceMetadata });
        expect(text).toMatch(/^[\x20-\x7e]+$/);
        const [challenge, ...others] = parseChallenges(text);
        expect(others).toEqual([]);
        const values = new Map(challenge?.parameters.map(({ name, value }) => [name, value]));
        expect(values.get('resource_metadata')).toBe(resourceMetadata);
        expect(values.get('scope') ?? '').toBe(scope.join(' '));
        expect(values.get('error_description')).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/);
      },
    ),
  );
});
