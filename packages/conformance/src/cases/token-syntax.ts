import type { ConformanceCase } from '../case.js';
import type { TokenRecipe } from '../token-recipe.js';
import { call, invalidToken } from './case-parts.js';

const malformedJwt = ['MCP-2026-07-28-RS-015', 'RFC6750-3.1-02', 'RFC6750-3-07', 'RFC9068-4-05'] as const;
const encoding = ['RFC8725-3.7-01', 'RFC9068-4-05'] as const;
const nested = ['RFC8725-3.3-01', 'RFC9068-2.1-01'] as const;

const goodClaims = '"iss":"x","aud":"https://mcp.example.com/mcp","exp":99999999999';

const unreadable: readonly (readonly [
  id: string,
  what: string,
  requirements: readonly string[],
  token: TokenRecipe,
])[] = [
  ['opaque', 'a token that is not a JWT', malformedJwt, { literal: '2YotnFZFEjr1zCsicMWpAA0123456789' }],
  ['dots', 'dots alone', malformedJwt, { literal: '..' }],
  ['empty-segments', 'empty segments', malformedJwt, { literal: 'e30..' }],
  ['two-segments', 'a token without its signature', malformedJwt, { spoil: 'two-segments' }],
  ['four-segments', 'a fourth segment', malformedJwt, { spoil: 'four-segments' }],
  ['encrypted', 'an encrypted token', nested, { spoil: 'five-segments' }],
  ['padding', 'padding behind the signature', malformedJwt, { spoil: 'padding' }],
  ['unused-bits', 'a second spelling of the same signature', malformedJwt, { spoil: 'unused-bits' }],
  ['nested-unsigned', 'a good token inside one that nobody signed', nested, { spoil: 'nest-unsigned' }],
  ['nested', 'a JWS instead of the claims', nested, { payload: 'e30.e30.e30', header: { cty: 'JWT' } }],
  ['not-utf8', 'claims that are not UTF-8', encoding, { claims: { sub: 'usér' }, encoding: 'latin1' }],
  ['byte-order-mark', 'claims behind a byte order mark', encoding, { payload: `\ufeff{${goodClaims}}` }],
  ['array-claims', 'claims that are an array', malformedJwt, { payload: '[]' }],
  ['null-claims', 'claims that are null', malformedJwt, { payload: 'null' }],
  ['cut-claims', 'claims that are cut off', malformedJwt, { payload: `{${goodClaims}` }],
  ['number-claims', 'a number instead of claims', malformedJwt, { payload: '1e999' }],
  ['deep-claims', 'claims nested very deeply', malformedJwt, { payload: '['.repeat(4000) }],
  ['prototype', 'claims that aim at prototypes', malformedJwt, { payload: `{"__proto__":{${goodClaims}}}` }],
];

/** Tokens that cannot be read, or can be read in two ways. */
export const tokenSyntaxCases: readonly ConformanceCase[] = unreadable.map(
  ([id, what, requirements, token]): ConformanceCase => ({
    id: `unreadable-${id}`,
    title: `${what}: the token is refused, and nothing breaks`,
    requirements,
    profile: 'single',
    request: call(token),
    expect: invalidToken,
  }),
);
