import type { ConformanceCase } from '../case.js';
import type { TokenRecipe } from '../token-recipe.js';
import { allowed, call, fromNow, invalidToken } from './case-parts.js';

const kinds = ['RFC8725-3.11-01', 'RFC8725-3.12-01'] as const;
const profileRules = ['RFC9068-2.1-03', 'RFC9068-4-05'] as const;

const otherKinds: readonly (readonly [
  id: string,
  what: string,
  requirements: readonly string[],
  token: TokenRecipe,
])[] = [
  [
    'id-token-hash',
    'an ID token, known by its hash',
    kinds,
    { header: { typ: 'JWT' }, claims: { at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' } },
  ],
  [
    'id-token-nonce',
    'an ID token, known by its nonce',
    kinds,
    { header: { typ: 'JWT' }, claims: { nonce: 'n-0S6_WzA2Mj' } },
  ],
  ['logout-token', 'a logout token', kinds, { header: { typ: 'logout+jwt' } }],
  [
    'logout-event',
    'a logout token without its type',
    kinds,
    {
      header: { typ: 'JWT' },
      claims: { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
    },
  ],
  [
    'id-jag',
    'an identity assertion grant',
    [...kinds, 'MCP-EXT-EMA-02'],
    { header: { typ: 'oauth-id-jag+jwt' } },
  ],
  [
    'introspection',
    'an introspection response',
    [...kinds, 'RFC9701-8.1-01'],
    { header: { typ: 'token-introspection+jwt' } },
  ],
  [
    'introspection-claim',
    'an introspection response without its type',
    [...kinds, 'RFC9701-8.1-01'],
    { header: { typ: 'JWT' }, claims: { token_introspection: { active: true } } },
  ],
  ['dpop-proof', 'a proof of possession', kinds, { header: { typ: 'dpop+jwt' } }],
  ['event', 'a security event', kinds, { header: { typ: 'secevent+jwt' } }],
  ['client-assertion', 'a client assertion', kinds, { header: { typ: 'client-authentication+jwt' } }],
  [
    'workload',
    'an assertion meant for the authorization server',
    [...kinds, 'MCP-EXT-WIF-02'],
    { header: { typ: 'JWT' }, claims: { aud: '{primary}' } },
  ],
  ['refresh', 'a refresh token', kinds, { header: { typ: 'JWT' }, claims: { typ: 'Refresh' } }],
  ['refresh-use', 'a token for another use', kinds, { claims: { token_use: 'id' } }],
  ['type-number', 'a type that is not a string', kinds, { header: { typ: 1 } }],
];

/** RFC 9449 §7.2, RFC 8705 §3: what a server that checks no binding must not take for a bearer token. */
const bound: readonly (readonly [id: string, requirement: string, confirmation: TokenRecipe['claims']])[] = [
  ['dpop', 'RFC9449-7.2-01', { cnf: { jkt: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' } }],
  ['certificate', 'RFC8705-X-01', { cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' } }],
  ['unknown', 'RFC8705-X-01', { cnf: { kid: 'a-key-of-the-client' } }],
];

const accepted: readonly (readonly [id: string, token: TokenRecipe])[] = [
  ['at-jwt', { header: { typ: 'at+jwt' } }],
  ['at-jwt-upper', { header: { typ: 'at+JWT' } }],
  ['at-jwt-long', { header: { typ: 'application/at+jwt' } }],
];

const lenient: readonly (readonly [id: string, what: string, token: TokenRecipe])[] = [
  ['jwt', 'of type JWT', { header: { typ: 'JWT' } }],
  ['absent', 'without a type', { omitHeader: ['typ'] }],
];

/** Tokens that the same issuer signs for other purposes (RFC 8725 §3.12). */
export const tokenKindCases: readonly ConformanceCase[] = [
  ...otherKinds.map(([id, what, requirements, token]): ConformanceCase => ({
    id: `kind-${id}`,
    title: `${what} is not an access token`,
    requirements,
    profile: 'single',
    request: call(token),
    expect: invalidToken,
  })),
  ...bound.map(([id, requirement, claims]): ConformanceCase => ({
    id: `bound-${id}`,
    title: 'a token bound to a key is not taken from whoever just holds it',
    requirements: [requirement],
    profile: 'single',
    request: call({ claims: claims ?? {} }),
    expect: invalidToken,
  })),
  ...(['single', 'strict-type'] as const).flatMap((profile) =>
    accepted.map(([id, token]): ConformanceCase => ({
      id: `type-${id}-${profile}`,
      title: 'every spelling of the access token type is accepted',
      requirements: ['RFC9068-2.1-03'],
      profile,
      request: call(token),
      expect: allowed,
    })),
  ),
  ...lenient.flatMap(([id, what, token]): readonly ConformanceCase[] => [
    {
      id: `type-${id}-default`,
      title: `a token ${what} is accepted unless the route is strict: large providers send such tokens`,
      requirements: ['RFC9068-2.1-03'],
      profile: 'single',
      request: call(token),
      expect: allowed,
    },
    {
      id: `type-${id}-strict`,
      title: `a token ${what} is refused where the route is strict`,
      requirements: profileRules,
      profile: 'strict-type',
      request: call(token),
      expect: invalidToken,
    },
  ]),
  ...(['sub', 'client_id', 'iat', 'jti', 'exp', 'aud', 'iss'] as const).map((claim): ConformanceCase => ({
    id: `strict-without-${claim}`,
    title: `a token without ${claim} is refused where the route asks for all claims of the profile`,
    requirements: ['RFC9068-2.2-01'],
    profile: 'strict-claims',
    request: call({ omitClaims: [claim] }),
    expect: invalidToken,
  })),
  {
    id: 'strict-with-all-claims',
    title: 'a token with all claims of the profile is accepted where the route asks for them',
    requirements: ['RFC9068-2.2-01'],
    profile: 'strict-claims',
    request: call(),
    expect: allowed,
  },
  {
    id: 'typed-nonce',
    title: 'a nonce does not make an ID token of an access token that says what it is',
    requirements: ['RFC8725-3.11-01'],
    profile: 'single',
    request: call({ claims: { nonce: 'n-0S6_WzA2Mj' } }),
    expect: allowed,
  },
  {
    id: 'other-subject',
    title: 'where a route is for one subject, others are refused',
    requirements: ['RFC8725-3.8-01'],
    profile: 'one-subject',
    request: call({ claims: { sub: 'user-2', iat: fromNow(-1) } }),
    expect: invalidToken,
  },
  {
    id: 'the-subject',
    title: 'where a route is for one subject, that one is let in',
    requirements: ['RFC8725-3.8-01'],
    profile: 'one-subject',
    request: call(),
    expect: allowed,
  },
];
