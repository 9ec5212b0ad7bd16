import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { IntrospectionMode } from '../issuer/issuer-name.js';
import type { ProfileName } from '../profiles/profiles.js';
import {
  allowed,
  call,
  insufficientScope,
  invalidRequest,
  invalidToken,
  unavailable,
  withoutError,
} from './case-parts.js';

const goodToken = call({ literal: 'opaque-good-0001' });
const wire = ['RFC7662-2.1-01', 'RFC7662-2.1-02', 'RFC7662-2.1-03'] as const;
const notAVerdict = ['RFC7662-2.3-01', 'RFC9110-15.5.2-01'] as const;

const asked = (count: number) => ({ fetches: { primary: { introspection: count } } });

function one(
  id: string,
  title: string,
  requirements: readonly string[],
  literal: string,
  expect: Expectation,
  profile: ProfileName = 'introspection',
): ConformanceCase {
  return { id: `introspection-${id}`, title, requirements, profile, request: call({ literal }), expect };
}

function failing(mode: IntrospectionMode): ConformanceCase {
  return {
    id: `introspection-outage-${mode}`,
    title: 'an endpoint that fails says nothing about the token: nobody is let in, and nobody is blamed',
    requirements: notAVerdict,
    profile: mode === 'hangs' ? 'introspection-impatient' : 'introspection',
    issuers: { primary: { introspection: mode } },
    request: goodToken,
    expect: unavailable,
  };
}

/** An endpoint that answers 200 with `{}` has not said that the token is active. */
const faults: readonly IntrospectionMode[] = [
  'fails',
  'hangs',
  'closes',
  'html',
  'not-json',
  'too-large',
  'redirects',
  'unauthorized',
  'forbidden',
  'error-in-200',
];

/** Opaque tokens, checked by asking their issuer (RFC 7662). */
export const introspectionCases: readonly ConformanceCase[] = [
  one('unknown', 'what its issuer does not know is refused', ['RFC7662-2.2-01', ...wire], 'opaque-unknown', {
    ...invalidToken,
    ...asked(1),
  }),
  one(
    'good',
    'what its issuer calls active is let in with all that it says',
    ['RFC7662-2.2-01', 'RFC7662-2.2-02', ...wire],
    'opaque-good-0001',
    {
      ...allowed,
      ...asked(1),
      auth: {
        issuer: '{primary}',
        subject: 'user-1',
        clientId: 'client-1',
        scopes: ['notes:read', 'notes:write'],
        audience: 'https://mcp.example.com/mcp',
        expiresAt: { fromNow: 300 },
      },
    },
  ),
  one(
    'all-signs',
    'a token may hold every sign that the syntax allows',
    ['RFC7662-2.1-01', 'RFC6750-2.1-02'],
    'opaque/with+all~signs_0002==',
    allowed,
  ),
  one(
    'no-issuer',
    'an answer need not name its issuer: only one server was asked',
    ['RFC7662-2.2-02'],
    'opaque-no-issuer-0003',
    {
      ...allowed,
      auth: { issuer: '{primary}' },
    },
  ),
  one('no-user', 'a client that calls for itself has no user', ['RFC7662-2.2-02'], 'opaque-no-user-0004', {
    ...allowed,
    auth: { subject: null, clientId: 'client-1' },
  }),
  one('audiences', 'one audience of several is enough', ['RFC7662-2.2-02'], 'opaque-audiences-0005', allowed),
  one(
    'spaces',
    'credentials that cannot be a token are not sent on',
    ['RFC7662-4-04', 'RFC6750-2.1-02'],
    'opaque-good-0001 x',
    {
      ...invalidRequest,
      ...asked(0),
    },
  ),
  one(
    'sent-when-sound',
    'credentials that can be a token are sent on',
    ['RFC7662-4-04'],
    'opaque-good-0001',
    {
      ...allowed,
      ...asked(1),
    },
  ),
  {
    id: 'introspection-no-credentials',
    title: 'a call without a token asks nobody',
    requirements: ['RFC6750-3.1-04'],
    profile: 'introspection',
    request: call({}, { authorization: [] }),
    expect: {
      ...withoutError,
      challenge: { ...withoutError.challenge, scopes: ['notes:read'] },
      ...asked(0),
    },
  },
  one(
    'wrong-secret',
    'a server that may not ask lets nobody in and blames nobody',
    ['RFC7662-2.1-02', ...notAVerdict],
    'opaque-good-0001',
    unavailable,
    'introspection-wrong-secret',
  ),
  ...faults.map(failing),
  {
    id: 'introspection-outage-empty',
    title: 'an answer that does not call the token active is a refusal',
    requirements: ['RFC7662-2.2-01'],
    profile: 'introspection',
    issuers: { primary: { introspection: 'empty' } },
    request: goodToken,
    expect: invalidToken,
  },
  {
    id: 'introspection-outage-over',
    title: 'a server goes on by itself when the endpoint is back',
    requirements: notAVerdict,
    profile: 'introspection',
    before: [{ issuers: { primary: { introspection: 'fails' } }, request: goodToken, expect: unavailable }],
    advanceSeconds: 120,
    issuers: { primary: { introspection: 'works' } },
    request: goodToken,
    expect: allowed,
  },
  {
    id: 'introspection-outage-metadata',
    title: 'an endpoint that cannot be found is an outage',
    requirements: notAVerdict,
    profile: 'introspection',
    issuers: { primary: { metadata: 'fails' } },
    request: goodToken,
    expect: { ...unavailable, ...asked(0) },
  },
  {
    id: 'introspection-revoked',
    title: 'a token that was taken back is refused by the next request',
    requirements: ['RFC7662-2.2-01', 'RFC7662-4-02'],
    profile: 'introspection',
    before: [{ request: goodToken, expect: allowed }],
    issuers: { primary: { revoked: ['opaque-good-0001'] } },
    request: goodToken,
    expect: { ...invalidToken, ...asked(2) },
  },
  {
    id: 'introspection-kept',
    title: 'an answer that may be kept is not asked for again',
    requirements: ['RFC7662-4-01', 'RFC7662-4-02'],
    profile: 'introspection-kept',
    before: [{ request: goodToken, expect: allowed }],
    advanceSeconds: 50,
    request: goodToken,
    expect: { ...allowed, ...asked(1) },
  },
  {
    id: 'introspection-kept-outage',
    title: 'who is known goes on while the endpoint is down, for as long as answers are kept',
    requirements: ['RFC7662-4-02', 'RFC7662-2.3-01'],
    profile: 'introspection-kept',
    before: [{ request: goodToken, expect: allowed }],
    advanceSeconds: 50,
    issuers: { primary: { introspection: 'fails' } },
    request: goodToken,
    expect: allowed,
  },
  {
    id: 'introspection-kept-outage-over-time',
    title: 'nobody is let in on an answer that is too old, however long the endpoint is down',
    requirements: ['RFC7662-4-02', 'RFC7662-2.3-01'],
    profile: 'introspection-kept',
    before: [{ request: goodToken, expect: allowed }],
    advanceSeconds: 61,
    issuers: { primary: { introspection: 'fails' } },
    request: goodToken,
    expect: unavailable,
  },
  {
    id: 'introspection-kept-revoked',
    title: 'a token that was taken back is refused when the time for which answers are kept is over',
    requirements: ['RFC7662-4-02'],
    profile: 'introspection-kept',
    before: [{ request: goodToken, expect: allowed }],
    advanceSeconds: 61,
    issuers: { primary: { revoked: ['opaque-good-0001'] } },
    request: goodToken,
    expect: { ...invalidToken, ...asked(2) },
  },
  {
    id: 'introspection-kept-expired',
    title: 'an answer is not used past the expiry in it, however long it may be kept',
    requirements: ['RFC7662-4-01'],
    profile: 'introspection-kept',
    before: [{ request: call({ literal: 'opaque-five-seconds-0006' }), expect: allowed }],
    advanceSeconds: 20,
    issuers: { primary: { revoked: ['opaque-five-seconds-0006'] } },
    request: call({ literal: 'opaque-five-seconds-0006' }),
    expect: invalidToken,
  },
  {
    id: 'introspection-kept-scope',
    title: 'what is kept is the answer, not the verdict: scopes are looked at each time',
    requirements: ['RFC7662-4-02', 'RFC6750-3.1-03'],
    profile: 'introspection-kept',
    before: [{ request: call({ literal: 'opaque-scope-absent' }), expect: insufficientScope('notes:read') }],
    request: call({ literal: 'opaque-scope-absent' }),
    expect: { ...insufficientScope('notes:read'), ...asked(1) },
  },
  one(
    'max-age',
    'an expiry that nobody states can be set by the route',
    ['RFC7662-2.2-02'],
    'opaque-exp-absent',
    {
      ...allowed,
      auth: { expiresAt: { fromNow: 50 } },
    },
    'introspection-max-age',
  ),
  one(
    'max-age-stated',
    'an expiry that is stated is not extended by the route',
    ['RFC7662-2.2-02'],
    'opaque-exp-past',
    invalidToken,
    'introspection-max-age',
  ),
];
