import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { RequestSpec } from '../request-spec.js';
import {
  anonymous,
  call,
  insufficientScope,
  invalidRequest,
  invalidToken,
  unavailable,
  withAuthorization,
  withoutError,
} from './case-parts.js';

const alwaysJson = ['RFC6750-3-01', 'RFC9110-11.6.1-01'] as const;

const kinds: readonly (readonly [id: string, request: RequestSpec, expect: Expectation])[] = [
  ['anonymous', anonymous(), withoutError],
  ['malformed', withAuthorization('Bearer {token} {token}'), invalidRequest],
  ['bad-token', call({ spoil: 'flip-signature' }), invalidToken],
  ['too-little', call({ claims: { scope: 'other' } }), insufficientScope('notes:read', 'notes:write')],
];

/** A refusal looks the same in every environment, and tells nothing but what it must. */
export const refusalCases: readonly ConformanceCase[] = [
  ...(['production', 'development'] as const).flatMap((profile): readonly ConformanceCase[] => [
    ...kinds.map(([id, request, expect]): ConformanceCase => ({
      id: `refusal-${id}-${profile}`,
      title: `in ${profile} a refusal is JSON, not an error page`,
      requirements: alwaysJson,
      profile,
      request,
      expect,
    })),
    {
      id: `refusal-outage-${profile}`,
      title: `in ${profile} an outage is JSON, not an error page`,
      requirements: ['RFC9110-15.5.2-01'],
      profile,
      issuers: { primary: { keys: 'fails' } },
      request: call(),
      expect: unavailable,
    },
  ]),
  {
    id: 'refusal-says-little',
    title: 'which check failed is not told to whoever sent the token',
    requirements: ['RFC9068-4-05', 'MCP-2026-07-28-RS-033'],
    profile: 'single',
    request: call({ claims: { aud: 'https://other.example.com/mcp', sub: 'somebody' } }),
    expect: {
      ...invalidToken,
      body: { members: { error: 'invalid_token' }, lacks: 'other\\.example|somebody|audience' },
    },
  },
  {
    id: 'refusal-details-on-demand',
    title: 'where details are switched on, they hold nothing of the token',
    requirements: ['RFC6750-3-05', 'MCP-2026-07-28-RS-033'],
    profile: 'detailed',
    request: call({ claims: { aud: 'https://other.example.com/"\r\nX-Injected: 1', sub: 'somebody' } }),
    expect: {
      ...invalidToken,
      headers: { 'x-injected': { absent: true } },
      body: { members: { error: 'invalid_token' }, lacks: 'other\\.example|somebody' },
    },
  },
  {
    id: 'refusal-no-error-uri',
    title: 'a challenge has no parameters that nobody needs',
    requirements: ['RFC6750-3-06', 'RFC9110-11.5-01', 'RFC6750-3-03'],
    profile: 'scoped',
    request: call({ literal: 'nothing' }),
    expect: {
      ...invalidToken,
      challenge: {
        exactly: { error: 'invalid_token' },
        absent: ['error_uri', 'realm', 'max_age', 'acr_values'],
      },
    },
  },
  {
    id: 'refusal-hostile-claims',
    title: 'no matter what claims hold, the answer stays one well-formed message',
    requirements: ['RFC9110-5.5-01', 'RFC6750-3-05', 'MCP-2026-07-28-RS-033'],
    profile: 'scoped',
    request: call({
      claims: {
        iss: 'https://evil.example/"\r\nSet-Cookie: a=b',
        sub: '\u0000\u0007',
        scope: '"\r\n',
        client_id: '<script>',
      },
    }),
    expect: { ...invalidToken, headers: { 'set-cookie': { absent: true } }, body: { lacks: 'evil|<script' } },
  },
];
