import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import {
  allowed,
  call,
  insufficientScope,
  invalidRequest,
  invalidToken,
  unavailable,
  withoutError,
} from './case-parts.js';

const stillChecked = ['MCP-2026-07-28-RS-015', 'RFC8725-3.9-01'] as const;

const refused: readonly (readonly [
  id: string,
  what: string,
  requirements: readonly string[],
  token: string,
  expect: Expectation,
])[] = [
  [
    'refused',
    'what the verifier refuses is refused',
    ['RFC6750-3.1-02'],
    'opaque-refused-0009',
    invalidToken,
  ],
  [
    'unknown',
    'what the verifier does not know is refused',
    ['RFC6750-3.1-02'],
    'opaque-unknown-0000',
    invalidToken,
  ],
  [
    'oauth-error',
    'an error in the words of the official SDK is a refusal',
    ['RFC6750-3.1-02', 'RFC9110-5.5-01'],
    'opaque-oauth-error-0010',
    invalidToken,
  ],
  [
    'foreign-issuer',
    'the issuer is checked behind a custom verifier',
    [...stillChecked, 'MCP-2026-07-28-RS-018'],
    'opaque-foreign-issuer-0003',
    invalidToken,
  ],
  [
    'other-audience',
    'the audience is checked behind a custom verifier',
    [...stillChecked, 'MCP-2026-07-28-RS-016'],
    'opaque-other-audience-0004',
    invalidToken,
  ],
  [
    'no-audience',
    'a missing audience is a refusal behind a custom verifier',
    [...stillChecked, 'MCP-2026-07-28-RS-031'],
    'opaque-no-audience-0005',
    invalidToken,
  ],
  [
    'expired',
    'expiry is checked behind a custom verifier',
    [...stillChecked, 'OAUTH21-5.2-01'],
    'opaque-expired-0006',
    invalidToken,
  ],
  [
    'no-expiry',
    'a missing expiry is a refusal behind a custom verifier',
    [...stillChecked, 'OAUTH21-5.2-01'],
    'opaque-no-expiry-0007',
    invalidToken,
  ],
  [
    'no-scope',
    'scopes are checked behind a custom verifier',
    ['OAUTH21-5-01', 'RFC6750-3.1-03'],
    'opaque-no-scope-0008',
    insufficientScope('notes:read'),
  ],
  [
    'outage',
    'a verifier that cannot tell makes it an outage',
    ['RFC9110-15.5.2-01'],
    'opaque-outage-0011',
    unavailable,
  ],
  [
    'bug',
    'a bug in a verifier opens nothing and accuses nobody',
    ['MCP-2026-07-28-RS-030'],
    'opaque-bug-0012',
    { status: 500, handlerRan: false },
  ],
  [
    'spaces',
    'a token that is malformed never reaches the verifier',
    ['RFC6750-2.1-02', 'RFC7662-4-04'],
    'opaque-good-0001 x',
    invalidRequest,
  ],
];

/**
 * Frameworks take some of what can be thrown for consent: `next(undefined)` and `next('route')` go on. Some answer with the status that an
 * error names, or its cause.
 */
const thrownValues = [
  ['throws-nothing', 'undefined', 'opaque-throws-nothing-0013'],
  ['throws-null', 'null', 'opaque-throws-null-0014'],
  ['throws-zero', '0', 'opaque-throws-zero-0015'],
  ['throws-empty', 'an empty string', 'opaque-throws-empty-0016'],
  ['throws-false', 'false', 'opaque-throws-false-0017'],
  ['throws-route', '"route"', 'opaque-throws-route-0018'],
  ['throws-router', '"router"', 'opaque-throws-router-0019'],
  ['throws-object', 'an object', 'opaque-throws-object-0020'],
  ['throws-status', 'an error with status 200', 'opaque-throws-status-0021'],
  ['throws-status-code', 'an error with a statusCode that is a string', 'opaque-throws-status-code-0022'],
  ['throws-cause', 'an error made of a good answer', 'opaque-throws-cause-0023'],
  ['throws-unauthorized', 'an error with status 401 and no challenge', 'opaque-throws-unauthorized-0025'],
  ['throws-null-status', 'an error whose status is null', 'opaque-throws-null-status-0024'],
] as const;

/** A function of the application that verifies its own kind of tokens. */
export const customVerifierCases: readonly ConformanceCase[] = [
  ...refused.map(([id, title, requirements, literal, expect]): ConformanceCase => ({
    id: `custom-${id}`,
    title,
    requirements,
    profile: 'opaque-tokens',
    request: call({ literal }),
    expect,
  })),
  ...thrownValues.map(([id, value, literal]): ConformanceCase => ({
    id: `custom-${id}`,
    title: `a verifier that throws ${value} opens nothing`,
    requirements: ['MCP-2026-07-28-RS-030'],
    profile: 'opaque-tokens',
    request: call({ literal }),
    expect: { status: 500, handlerRan: false },
  })),
  {
    id: 'custom-no-credentials',
    title: 'a call without a token never reaches the verifier',
    requirements: ['RFC6750-3.1-04'],
    profile: 'opaque-tokens',
    request: call({}, { authorization: [] }),
    expect: { ...withoutError, challenge: { ...withoutError.challenge, scopes: ['notes:read'] } },
  },
  {
    id: 'custom-good',
    title: 'what the verifier finds good is let in, without a request to any authorization server',
    requirements: ['RFC6750-2.1-01', 'OAUTH21-5-01'],
    profile: 'opaque-tokens',
    request: call({ literal: 'opaque-good-0001' }),
    expect: {
      ...allowed,
      auth: { subject: 'user-1', clientId: 'client-1', scopes: ['notes:read'], issuer: '{primary}' },
      fetches: { primary: { any: 0 } },
    },
  },
  {
    id: 'custom-all-signs',
    title: 'a token may hold every sign that the syntax allows',
    requirements: ['RFC6750-2.1-02'],
    profile: 'opaque-tokens',
    request: call({ literal: 'opaque/with+all~signs_0002==' }),
    expect: allowed,
  },
  {
    id: 'custom-good-after-bad',
    title: 'a good token is let in after a bug met another one',
    requirements: ['MCP-2026-07-28-RS-030'],
    profile: 'opaque-tokens',
    before: [{ request: call({ literal: 'opaque-bug-0012' }), expect: { status: 500, handlerRan: false } }],
    request: call({ literal: 'opaque-good-0001' }),
    expect: allowed,
  },
];
