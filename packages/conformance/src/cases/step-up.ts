import type { ConformanceCase } from '../case.js';
import { allowed, call, fromNow, insufficientScope, invalidToken, withoutError } from './case-parts.js';
import { newest } from './operations-parts.js';
import {
  anotherLogin,
  demanded,
  login,
  loginCases,
  type LoginRow,
  ofRoute,
  withClaims,
} from './step-up-parts.js';

const rows: readonly LoginRow[] = [
  {
    id: 'weak',
    title: 'a login of another level is not enough',
    request: login('bronze', 60),
    expect: demanded('notes:read'),
  },
  {
    id: 'old',
    title: 'a login one second too long ago is not enough',
    request: login('gold', 901),
    expect: demanded('notes:read'),
  },
  {
    id: 'silent',
    title: 'a token that says nothing of a login is not enough',
    request: withClaims({}),
    expect: demanded('notes:read'),
  },
  {
    id: 'without-level',
    title: 'nor is one that says only when it was',
    request: withClaims({ auth_time: fromNow(0) }),
    expect: demanded('notes:read'),
  },
  {
    id: 'without-time',
    title: 'nor is one that says only how it was',
    request: withClaims({ acr: 'gold' }),
    expect: demanded('notes:read'),
  },
  {
    id: 'level-list',
    title: 'a level in a list counts for nothing',
    request: withClaims({ acr: ['gold'], auth_time: fromNow(0) }),
    expect: demanded('notes:read'),
  },
  {
    id: 'level-number',
    title: 'a level that is a number counts for nothing',
    request: withClaims({ acr: 1, auth_time: fromNow(0) }),
    expect: demanded('notes:read'),
  },
  {
    id: 'time-string',
    title: 'a time in a string counts for nothing',
    request: withClaims({ acr: 'gold', auth_time: '4102444800' }),
    expect: demanded('notes:read'),
  },
  {
    id: 'ahead',
    title: 'a login that is still to come counts for nothing',
    request: login('gold', -600),
    expect: demanded('notes:read'),
  },
  {
    id: 'scope-too',
    title: 'one challenge names the login and the scopes that are missing',
    request: login('bronze', 60, 'other'),
    expect: demanded('notes:read'),
  },
  {
    id: 'expired',
    title: 'a token that has expired is bad before its login is looked at',
    request: withClaims({ acr: 'bronze', exp: fromNow(-600) }),
    expect: invalidToken,
  },
  {
    id: 'no-token',
    title: 'who has no token is told of no login that falls short',
    request: { ...login('gold', 60), authorization: [] },
    expect: { ...withoutError, challenge: { absent: ['error', 'acr_values', 'max_age'] } },
  },
  {
    id: 'scope-only',
    title: 'where the login is good and a scope is missing, it is a 403 without a word of the login',
    request: login('gold', 60, 'other'),
    expect: {
      ...insufficientScope('notes:read'),
      challenge: { exactly: { error: 'insufficient_scope' }, absent: ['acr_values', 'max_age'] },
    },
  },
  {
    id: 'good',
    title: 'a login of the level that is recent enough passes',
    request: login('gold', 890),
    expect: allowed,
  },
  {
    id: 'second',
    title: 'any of the levels passes, the second as the first',
    request: login('silver', 60),
    expect: allowed,
  },
  {
    id: 'clock',
    title: 'a clock that is a little ahead passes',
    request: login('gold', -30),
    expect: allowed,
  },
  {
    id: 'gets-old',
    title: 'a login gets too old while its token is remembered',
    before: [{ request: login('gold', 800), expect: allowed }],
    advanceSeconds: 120,
    request: { ...call({ again: true }), headers: newest },
    expect: demanded('notes:read'),
  },
  {
    id: 'never-old',
    title: 'where no second may pass, a login of a minute ago is too old',
    request: login('gold', 60, 'notes:read', { target: '/now' }),
    expect: anotherLogin({ max_age: '0' }),
  },
  {
    id: 'introspection-weak',
    title: 'an introspection answer with a weak login is not enough',
    profile: 'step-up-introspection',
    request: call({ literal: 'opaque-weak-0001' }),
    expect: anotherLogin(ofRoute),
  },
  {
    id: 'introspection-silent',
    title: 'nor is one that says nothing of a login',
    profile: 'step-up-introspection',
    request: call({ literal: 'opaque-mute-0001' }),
    expect: anotherLogin(ofRoute),
  },
  {
    id: 'introspection-good',
    title: 'an introspection answer with the login passes',
    profile: 'step-up-introspection',
    request: call({ literal: 'opaque-good-0001' }),
    expect: allowed,
  },
];

const boundToken = { claims: { acr: 'bronze', auth_time: fromNow(-60), cnf: { jkt: '{holder}' } } } as const;

/** Logins that are not strong or not recent enough: 401 that says what is, never a 403 (RFC 9470 §3 to §6). */
export const stepUpCases: readonly ConformanceCase[] = [
  ...loginCases(rows),
  {
    id: 'step-up-bound',
    title: 'a token that came with a proof is challenged with the scheme DPoP',
    requirements: ['RFC9470-3-01'],
    profile: 'step-up-bound',
    request: call(boundToken, { proof: {} }),
    expect: {
      status: 401,
      challenge: { absent: ['error', 'acr_values', 'max_age'] },
      dpopChallenge: {
        exactly: { error: 'insufficient_user_authentication', ...ofRoute },
        scopes: ['notes:read'],
      },
      handlerRan: false,
    },
  },
];
