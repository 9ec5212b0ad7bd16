import type { ConformanceCase, Step } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { TokenRecipe } from '../token-recipe.js';
import {
  allowed,
  anonymous,
  call,
  fromNow,
  insufficientScope,
  invalidRequest,
  invalidToken,
  unavailable,
  withAuthorization,
  withoutError,
} from './case-parts.js';

const tooMany: Expectation = {
  status: 429,
  headers: {
    'retry-after': { matches: '^[1-9][0-9]*$' },
    'cache-control': { is: 'no-store' },
    'www-authenticate': { absent: true },
  },
  body: { members: { error: 'too_many_attempts' }, absent: ['auth'] },
  handlerRan: false,
};

const good: TokenRecipe = { claims: { scope: 'notes:read' } };
/** The same in every character each time it is made: this signature has no random part. */
const same: TokenRecipe = { signer: { key: 'rs256' }, claims: { scope: 'notes:read', jti: 'the-same' } };
const forged: TokenRecipe = { ...good, spoil: 'flip-signature' };
const expired: TokenRecipe = { claims: { scope: 'notes:read', exp: fromNow(-600) } };
const elsewhere: TokenRecipe = { claims: { scope: 'notes:read', aud: 'https://other.example.com/mcp' } };

const fails = (more: Parameters<typeof call>[1] = {}): Step => ({
  request: call(forged, more),
  expect: invalidToken,
});
const twoFail: readonly Step[] = [fails(), fails()];

const through = (value: string, name = 'X-Forwarded-For') => ({ headers: [[name, value]] as const });

/** What happens to those who try one bad token after the other. */
export const limitCases: readonly ConformanceCase[] = [
  {
    id: 'limit-bad-tokens',
    title: 'who tries one forged token after the other is told to wait, and keeps the credentials it has',
    requirements: ['MCP-2026-07-28-RS-015'],
    profile: 'limited',
    before: twoFail,
    request: call(forged),
    expect: tooMany,
  },
  {
    id: 'limit-unknown-good-token',
    title: 'over the limit a token that nobody has seen is not even looked at',
    requirements: ['MCP-2026-07-28-RS-015'],
    profile: 'limited',
    before: [1, 2].map(() => ({ request: call({ issuer: 'foreign' }), expect: invalidToken })),
    request: call(good),
    expect: { ...tooMany, fetches: { primary: { any: 0 } } },
  },
  {
    id: 'limit-known-good-token',
    title: 'over the limit those who work go on working: a token that was good before passes',
    requirements: ['MCP-2026-07-28-RS-015'],
    profile: 'limited',
    before: [{ request: call(same), expect: allowed }, ...twoFail, { request: call(good), expect: tooMany }],
    request: call(same),
    expect: allowed,
  },
  {
    id: 'limit-no-credentials',
    title: 'over the limit a client without credentials is told to log in as ever',
    requirements: ['RFC6750-3.1-04'],
    profile: 'limited',
    before: twoFail,
    request: anonymous(),
    expect: withoutError,
  },
  {
    id: 'limit-other-scheme',
    title: 'a scheme that this server does not offer counts to nobody, however often it comes',
    requirements: ['RFC6750-3.1-04'],
    profile: 'limited',
    before: [1, 2, 3].map(() => ({
      request: withAuthorization('Basic dXNlcjpwYXNzd29yZA=='),
      expect: withoutError,
    })),
    request: call(good),
    expect: allowed,
  },
  {
    id: 'limit-expired',
    title: 'over the limit an expired token is told so: its client needs a new one, and not to wait',
    requirements: ['MCP-2026-07-28-RS-017'],
    profile: 'limited',
    before: twoFail,
    request: call(expired),
    expect: {
      ...invalidToken,
      challenge: { exactly: { error: 'invalid_token', error_description: 'The access token expired' } },
    },
  },
  {
    id: 'limit-expired-counts-not',
    title: 'expired tokens count to nobody, however many come',
    requirements: ['MCP-2026-07-28-RS-017'],
    profile: 'limited',
    before: [1, 2, 3].map(() => ({ request: call(expired), expect: invalidToken })),
    request: call(good),
    expect: allowed,
  },
  {
    id: 'limit-scope-counts-not',
    title: 'too little scope counts to nobody: the step-up that follows is not told to wait',
    requirements: ['RFC6750-3.1-03'],
    profile: 'limited',
    before: [1, 2, 3].map(() => ({
      request: call({ claims: { scope: 'other' } }),
      expect: insufficientScope('notes:read'),
    })),
    request: call(good),
    expect: allowed,
  },
  {
    id: 'limit-outage-counts-not',
    title: 'an outage of ours counts to nobody',
    requirements: ['RFC9110-15.5.2-01'],
    profile: 'limited',
    before: [1, 2, 3].map(() => ({
      issuers: { primary: { keys: 'fails' } },
      request: call(good),
      expect: unavailable,
    })),
    advanceSeconds: 31,
    issuers: { primary: { keys: 'works' } },
    request: call(good),
    expect: allowed,
  },
  {
    id: 'limit-malformed-header',
    title: 'a malformed Authorization header counts like a bad token',
    requirements: ['RFC6750-3.1-01'],
    profile: 'limited',
    before: [1, 2].map(() => ({ request: withAuthorization('Bearer {token} x'), expect: invalidRequest })),
    request: withAuthorization('Bearer {token} x'),
    expect: tooMany,
  },
  {
    id: 'limit-other-audience',
    title: 'a genuine token for somebody else counts to its client: a good one of the same client passes',
    requirements: ['MCP-2026-07-28-RS-016'],
    profile: 'limited',
    before: [
      { request: call(good), expect: allowed },
      { request: call(elsewhere), expect: invalidToken },
      { request: call(elsewhere), expect: invalidToken },
      { request: call(elsewhere), expect: tooMany },
    ],
    advanceSeconds: 61,
    request: call(good),
    expect: allowed,
  },
  {
    id: 'limit-ends',
    title: 'after the window tokens are looked at again',
    requirements: ['MCP-2026-07-28-RS-015'],
    profile: 'limited',
    before: [...twoFail, { request: call(good), expect: tooMany }],
    advanceSeconds: 60,
    request: call(good),
    expect: allowed,
  },
  {
    id: 'limit-for-pages',
    title: 'a page in a browser can read that it is to wait, and for how long',
    requirements: ['RFC9110-CORS-01'],
    profile: 'limited-for-pages',
    before: twoFail,
    request: call(forged, { headers: [['Origin', 'https://app.example.com']] }),
    expect: {
      ...tooMany,
      headers: {
        ...tooMany.headers,
        'access-control-allow-origin': { is: '*' },
        'access-control-expose-headers': { lists: ['Retry-After'] },
      },
    },
  },
  {
    id: 'limit-header-of-a-client',
    title: 'without declared proxies nobody gets another name by a header',
    requirements: ['MCP-2026-07-28-RS-015'],
    profile: 'limited',
    before: [fails(through('192.0.2.1')), fails(through('192.0.2.2'))],
    request: call(forged, through('192.0.2.3')),
    expect: tooMany,
  },
  {
    id: 'limit-behind-proxy',
    title: 'behind a declared proxy one client does not lock out the others',
    requirements: ['MCP-2026-07-28-RS-015'],
    profile: 'limited-behind-proxies',
    before: [
      fails(through('192.0.2.1')),
      fails(through('198.51.100.9, 192.0.2.1, 10.1.2.3')),
      { request: call(good, through('198.51.100.7, 192.0.2.1')), expect: tooMany },
    ],
    request: call(good, through('192.0.2.1, 192.0.2.2')),
    expect: allowed,
  },
  {
    id: 'limit-behind-proxy-other-header',
    title: 'behind a declared proxy a header that it does not write is not read',
    requirements: ['MCP-2026-07-28-RS-015'],
    profile: 'limited-behind-proxies',
    before: [
      fails({
        headers: [
          ['X-Forwarded-For', '192.0.2.1'],
          ['Forwarded', 'for=192.0.2.8'],
        ],
      }),
      fails({
        headers: [
          ['X-Forwarded-For', '192.0.2.1'],
          ['Forwarded', 'for=192.0.2.9'],
        ],
      }),
    ],
    request: call(forged, through('192.0.2.1')),
    expect: tooMany,
  },
  {
    id: 'limit-behind-forwarded',
    title: 'the Forwarded header of a declared proxy is read from its end',
    requirements: ['MCP-2026-07-28-RS-015'],
    profile: 'limited-behind-forwarded',
    before: [
      fails(through('for="[2001:db8::1]:4711";proto=https', 'Forwarded')),
      fails(through('for=unknown, for="[2001:db8:0:0:9::1]", for=10.0.0.1', 'Forwarded')),
      { request: call(forged, through('for="[2001:db8::2]"', 'Forwarded')), expect: tooMany },
    ],
    request: call(good, through('for="[2001:db8::1]", for="[2001:db8:0:1::1]"', 'Forwarded')),
    expect: allowed,
  },
];
