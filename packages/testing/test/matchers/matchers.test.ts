import { AssertionError } from 'node:assert';
import type { ChallengeError } from '@mcp-auth/core';
import { describe, expect, test } from 'vitest';
import '../../src/vitest.js';
import { judgeChallenge, type ExpectedChallenge } from '../../src/matchers/challenge-for.js';
import { judgeRefusal } from '../../src/matchers/refused-with.js';
import { assertChallengeFor, assertRefusedWith } from '../../src/node.js';

const metadata = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';
const challenge = `Bearer error="insufficient_scope", scope="b a", resource_metadata="${metadata}"`;
const disagreeing = [
  `Bearer error="invalid_token", scope="a", resource_metadata="${metadata}"`,
  'DPoP error="insufficient_scope", scope="admin", resource_metadata="https://evil.example/metadata"',
] as const;
const fetched = (status: number, ...values: string[]) =>
  new Response('{}', {
    status,
    headers: values.map((value): [string, string] => ['www-authenticate', value]),
  });

const forms: readonly (readonly [string, (status: number, ...values: string[]) => object])[] = [
  ['fetch', fetched],
  [
    'supertest',
    (status, ...values) => ({
      status,
      statusCode: status,
      headers: { 'www-authenticate': values.join(', ') },
    }),
  ],
  ["Fastify's inject", (statusCode, ...values) => ({ statusCode, headers: { 'www-authenticate': values } })],
];

describe.each(forms)('a response of %s', (_form, respond) => {
  test.each<[ExpectedChallenge | readonly string[]]>([
    [{}],
    [['a', 'b']],
    [{ scopes: ['b', 'a'] }],
    [{ error: 'insufficient_scope' }],
    [{ resourceMetadata: metadata }],
    [{ resourceMetadata: new URL(metadata), scopes: ['a', 'b'], error: 'insufficient_scope' }],
  ])('challenges for %j', (expected) => {
    expect(respond(403, challenge)).toChallengeFor(expected);
  });

  test('a challenge of another scheme in front does not hide it', () => {
    expect(
      respond(401, 'Basic realm="x"', `DPoP algs="ES256", ${challenge.slice('Bearer '.length)}`),
    ).toChallengeFor(['a', 'b']);
  });

  test('refuses with a status and an error code', () => {
    expect(respond(403, challenge)).toBeRefusedWith(403, 'insufficient_scope');
    expect(respond(401, 'Bearer')).toBeRefusedWith(401, null);
    expect(respond(503)).toBeRefusedWith(503);
  });

  test.each<[string, object, number, (ChallengeError | null)?]>([
    ['no refusal', respond(200), 503],
    ['another status', respond(403, challenge), 401],
    ['another error code', respond(403, challenge), 403, null],
    ['no challenge, which is not one without an error', respond(401), 401, null],
    ['a malformed challenge, which is not one without an error', respond(401, 'Bearer scope=a b'), 401, null],
    ['another error code in a second challenge', respond(401, ...disagreeing), 401, 'invalid_token'],
  ])('does not refuse as expected: %s', (_what, response, status, errorCode) => {
    expect(judgeRefusal(response, status, errorCode).pass).toBe(false);
  });

  test.each<[string, ExpectedChallenge]>([
    ['scopes', { scopes: ['a'] }],
    ['error codes', { error: 'invalid_token' }],
    ['metadata', { resourceMetadata: metadata }],
  ])('does not challenge as expected where a second challenge names other %s', (_what, expected) => {
    expect(judgeChallenge(respond(401, ...disagreeing), expected).pass).toBe(false);
  });
});

test('behind not, where every other response would do, they throw', () => {
  expect(() => expect(fetched(500)).not.toBeRefusedWith(401)).toThrow(
    '.not.toBeRefusedWith() passes for every other response',
  );
  expect(() => expect(fetched(200)).not.toChallengeFor(['admin'])).toThrow(
    '.not.toChallengeFor() passes for every other response',
  );
});

describe('says in words what was expected and what came', () => {
  const say = (response: object, expected: ExpectedChallenge) => judgeChallenge(response, expected).message;

  test.each([
    [
      fetched(200),
      { scopes: ['a'] },
      'expected a challenge (401 or 403) for the scopes "a", but the response has status 200, not 401 or 403',
    ],
    [
      fetched(401),
      {},
      'expected a challenge (401 or 403), but the response has status 401 and it has no WWW-Authenticate header',
    ],
    [
      fetched(403, challenge),
      { scopes: ['a', 'c', 'd'] },
      'expected a challenge (401 or 403) for the scopes "a", "c" and "d", but it names the scopes "b" and "a"; "c" and "d" are missing; "b" was not expected',
    ],
    [
      fetched(403, challenge),
      { error: 'invalid_token' as const },
      'expected a challenge (401 or 403) with the error "invalid_token", but its error is "insufficient_scope"',
    ],
    [
      fetched(401, 'Bearer'),
      { error: 'invalid_token' as const, resourceMetadata: metadata },
      `expected a challenge (401 or 403) with the error "invalid_token" with the metadata at "${metadata}", but it has no error`,
    ],
    [
      fetched(403, challenge),
      { error: null },
      'expected a challenge (401 or 403) without an error, but its error is "insufficient_scope"',
    ],
    [
      fetched(401, 'Basic realm="x"'),
      {},
      'expected a challenge (401 or 403), but the response has status 401 and its challenge is for "Basic", not for Bearer or DPoP',
    ],
    [
      fetched(401, 'Bearer scope=a b'),
      {},
      'expected a challenge (401 or 403), but the response has status 401 and its WWW-Authenticate header is malformed: expected "," at position 15',
    ],
  ])('%#', (response, expected, message) => {
    expect(say(response, expected)).toBe(message);
  });

  test('about refusals', () => {
    expect(judgeRefusal(fetched(200), 401, 'invalid_token').message).toBe(
      'expected a refusal with status 401 and the error code "invalid_token", but the response has status 200 and no error code',
    );
    expect(judgeRefusal(fetched(403, challenge), 403, null).message).toBe(
      'expected a refusal with status 403 and no error code, but the response has status 403 and the error code "insufficient_scope"',
    );
    expect(judgeRefusal(fetched(401), 401, 'invalid_token').message).toContain(
      ': it has no WWW-Authenticate header',
    );
  });

  test('and never shows a token that a server has put there', () => {
    const leaked = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
    const message = say(fetched(401, `Bearer error="${leaked}", scope="${leaked}"`), {
      error: null,
      scopes: [],
    });
    expect(message).toContain('[token]');
    expect(message).not.toContain('eyJ');
  });
});

describe('what is not a response, or not an expectation, is an error', () => {
  test.each([
    [Promise.resolve(fetched(401)), 'a promise: await it first'],
    [undefined, 'undefined'],
    ['401', 'string'],
    [{ status: 401 }, 'an object without status and headers'],
  ])('%o', (value, what) => {
    expect(() => judgeChallenge(value, {})).toThrow(what);
    expect(() => judgeRefusal(value, 401)).toThrow(TypeError);
  });

  test('a misspelt expectation, and a status that is no refusal', () => {
    expect(() => judgeChallenge(fetched(401, 'Bearer'), { scope: ['a'] } as object)).toThrow(
      /"scope" is not an option/,
    );
    expect(() => judgeRefusal(fetched(401, 'Bearer'), 200)).toThrow(RangeError);
  });
});

describe('for node:test', () => {
  test('throws an AssertionError that says so', () => {
    const assertChallenge = () => assertChallengeFor(fetched(401, 'Bearer'), ['a']);
    expect(assertChallenge).toThrow(AssertionError);
    expect(assertChallenge).toThrow('it names no scopes; "a" is missing');
    expect(() => assertRefusedWith(fetched(200), 401)).toThrow(AssertionError);
  });

  test('throws nothing where it is so', () => {
    assertChallengeFor(fetched(403, challenge), ['a', 'b']);
    assertRefusedWith(fetched(403, challenge), 403, 'insufficient_scope');
  });
});
