import type { ConformanceCase } from '../case.js';
import type { TokenRecipe } from '../token-recipe.js';
import { allowed, call, fromNow, invalidToken } from './case-parts.js';

const expiry = ['RFC9068-4-04', 'MCP-2026-07-28-RS-017', 'OAUTH21-5-01', 'RFC6750-3.1-02'] as const;
const shape = ['RFC9068-2.2-01', 'RFC9068-4-04'] as const;
const checkedAlways = ['OAUTH21-5.2-01'] as const;

const wrong: readonly (readonly [
  id: string,
  what: string,
  requirements: readonly string[],
  token: TokenRecipe,
])[] = [
  ['expired', 'a token that expired ten minutes ago', expiry, { claims: { exp: fromNow(-600) } }],
  ['just-expired', 'a token that expired a minute ago', expiry, { claims: { exp: fromNow(-60) } }],
  ['epoch', 'a token that expired long ago', expiry, { claims: { exp: 0 } }],
  ['no-expiry', 'a token that never expires', shape, { omitClaims: ['exp'] }],
  ['text-expiry', 'an expiry that is a string', shape, { claims: { exp: '4102444800' } }],
  ['milliseconds', 'an expiry in milliseconds', shape, { claims: { exp: 4_102_444_800_000 } }],
  ['null-expiry', 'an expiry that is null', shape, { claims: { exp: null } }],
  ['endless-expiry', 'an expiry beyond all numbers', shape, { payload: '{"iss":"{primary}","exp":1e999}' }],
  ['negative-expiry', 'an expiry before all time', shape, { claims: { exp: -1 } }],
  ['not-yet', 'a token that is not valid yet', checkedAlways, { claims: { nbf: fromNow(600) } }],
  ['text-not-before', 'a start that is a string', checkedAlways, { claims: { nbf: 'now' } }],
  ['future-issue', 'a token issued in the future', checkedAlways, { claims: { iat: fromNow(600) } }],
  ['text-issue', 'a time of issue that is a string', checkedAlways, { claims: { iat: 'today' } }],
];

/** A token is good from one moment to another. */
export const timeCases: readonly ConformanceCase[] = [
  ...wrong.map(([id, what, requirements, token]): ConformanceCase => ({
    id: `time-${id}`,
    title: `${what} is refused with 401`,
    requirements,
    profile: 'single',
    request: call(token),
    expect: invalidToken,
  })),
  {
    id: 'time-fractions',
    title: 'times may have fractions',
    requirements: ['RFC9068-4-04'],
    profile: 'single',
    request: call({ claims: { exp: 4_102_444_800.5, nbf: 1_600_000_000.25 } }),
    expect: allowed,
  },
  {
    id: 'time-started',
    title: 'a token whose time has come is accepted',
    requirements: checkedAlways,
    profile: 'single',
    request: call({ claims: { nbf: fromNow(-60) } }),
    expect: allowed,
  },
  {
    id: 'time-runs-out',
    title: 'a token that was accepted before is refused once it has expired',
    requirements: [...checkedAlways, 'RFC9068-4-04', 'MCP-2025-11-25-RS-036'],
    profile: 'single',
    before: [{ request: call(), expect: allowed }],
    advanceSeconds: 600,
    request: call({ again: true }),
    expect: invalidToken,
  },
  {
    id: 'time-too-old',
    title: 'where a route bounds the age of tokens, an older one is refused',
    requirements: ['OAUTH21-5.2-01'],
    profile: 'bounded-age',
    request: call({ claims: { iat: fromNow(-1200) } }),
    expect: invalidToken,
  },
  {
    id: 'time-young-enough',
    title: 'where a route bounds the age of tokens, a younger one is accepted',
    requirements: ['OAUTH21-5.2-01'],
    profile: 'bounded-age',
    request: call({ claims: { iat: fromNow(-300) } }),
    expect: allowed,
  },
];
