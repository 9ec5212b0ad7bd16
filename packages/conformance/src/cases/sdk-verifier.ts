import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import { allowed, call, insufficientScope, invalidToken } from './case-parts.js';

const refused: readonly (readonly [
  id: string,
  title: string,
  requirements: readonly string[],
  token: string,
  expect: Expectation,
])[] = [
  [
    'other-issuer',
    'an issuer that the report states must be the one that the route names',
    ['MCP-2026-07-28-RS-018'],
    'sdk-other-issuer-0004',
    invalidToken,
  ],
  [
    'second-issuer',
    'another issuer is refused also where the resource trusts it',
    ['MCP-2026-07-28-RS-018'],
    'sdk-second-issuer-0005',
    invalidToken,
  ],
  [
    'other-audience',
    'an audience that the report states must be the one that the route names',
    ['MCP-2026-07-28-RS-016'],
    'sdk-other-audience-0006',
    invalidToken,
  ],
  [
    'empty-audience',
    'an empty audience is none, even where the route says one',
    ['MCP-2026-07-28-RS-031'],
    'sdk-no-audience-0007',
    invalidToken,
  ],
  [
    'other-resource',
    'a report for another resource is refused',
    ['MCP-2026-07-28-RS-016'],
    'sdk-other-resource-0008',
    invalidToken,
  ],
  [
    'bound',
    'a token that is bound to a key is refused, as everywhere',
    ['MCP-2026-07-28-RS-015'],
    'sdk-bound-0009',
    invalidToken,
  ],
  ['expired', 'expiry is checked', ['OAUTH21-5.2-01'], 'sdk-expired-0010', invalidToken],
  [
    'expired-claim',
    'an expiry among the extra claims counts too',
    ['OAUTH21-5.2-01'],
    'sdk-expired-claim-0011',
    invalidToken,
  ],
  [
    'inactive',
    'a token that is said to be inactive is refused',
    ['RFC6750-3.1-02'],
    'sdk-inactive-0013',
    invalidToken,
  ],
  [
    'no-scope',
    'scopes are checked',
    ['RFC6750-3.1-03'],
    'sdk-no-scope-0012',
    insufficientScope('notes:read'),
  ],
];

/** A verifier written for the official SDK's own gate names neither issuer nor audience; the route says what it checks. */
export const sdkVerifierCases: readonly ConformanceCase[] = [
  {
    id: 'sdk-verifier-unsaid',
    title:
      'a report without issuer and audience is refused where the route does not say what stands for them',
    requirements: ['MCP-2026-07-28-RS-018', 'MCP-2026-07-28-RS-016'],
    profile: 'sdk-verifier-unsaid',
    request: call({ literal: 'sdk-bare-0001' }),
    expect: invalidToken,
  },
  ...refused.map(([id, title, requirements, literal, expect]): ConformanceCase => ({
    id: `sdk-verifier-${id}`,
    title,
    requirements,
    profile: 'sdk-verifier',
    request: call({ literal }),
    expect,
  })),
  {
    id: 'sdk-verifier-good',
    title: 'a report without issuer and audience is let in with those that the route names',
    requirements: ['RFC6750-2.1-01', 'OAUTH21-5-01'],
    profile: 'sdk-verifier',
    request: call({ literal: 'sdk-bare-0001' }),
    expect: {
      ...allowed,
      auth: {
        issuer: '{primary}',
        audience: 'https://mcp.example.com/mcp',
        clientId: 'client-1',
        scopes: ['notes:read'],
        subject: null,
      },
      fetches: { primary: { any: 0 } },
    },
  },
  {
    id: 'sdk-verifier-user',
    title: 'the user among the extra claims is the subject',
    requirements: ['OAUTH21-5-01'],
    profile: 'sdk-verifier',
    request: call({ literal: 'sdk-with-user-0002' }),
    expect: { ...allowed, auth: { issuer: '{primary}', subject: 'user-1', claims: { sub: 'user-1' } } },
  },
  {
    id: 'sdk-verifier-agrees',
    title: 'an issuer and an audience that agree are let in, and the audience stays as it is stated',
    requirements: ['MCP-2026-07-28-RS-016'],
    profile: 'sdk-verifier',
    request: call({ literal: 'sdk-agrees-0003' }),
    expect: {
      ...allowed,
      auth: {
        issuer: '{primary}',
        audience: ['https://other.example.com', 'https://mcp.example.com/mcp'],
      },
    },
  },
];
