import type { ConformanceCase } from '../case.js';
import {
  allowed,
  anonymous,
  call,
  insufficientScope,
  invalidToken,
  withAuthorization,
  withoutError,
} from './case-parts.js';

const noErrorCode = ['RFC6750-3.1-04', 'OAUTH21-5.3.2-02'] as const;
const inQuery = '/mcp?access_token={token}';

/** Requests that bring nothing this server could judge. */
export const withoutCredentialsCases: readonly ConformanceCase[] = [
  {
    id: 'no-credentials',
    title: 'a call without a token is told where to go, and is accused of nothing',
    requirements: [
      'MCP-2025-06-18-RS-005',
      'MCP-2026-07-28-RS-006',
      'MCP-2026-07-28-RS-013',
      'MCP-2026-07-28-RS-020',
      'RFC6750-3-01',
      'RFC6750-3-02',
      'OAUTH21-5.3.1-01',
      'RFC9728-5.1-01',
      'RFC9110-11.6.1-01',
      'RFC9110-15.5.2-01',
      ...noErrorCode,
    ],
    profile: 'single',
    request: anonymous(),
    expect: {
      ...withoutError,
      challenge: {
        ...withoutError.challenge,
        exactly: { resource_metadata: 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp' },
      },
    },
  },
  ...(
    [
      ['empty-scheme', 'the scheme without a token', 'Bearer'],
      ['empty-scheme-and-space', 'the scheme and spaces', 'Bearer   '],
      ['empty-scheme-case', 'the scheme in small letters without a token', 'bearer'],
    ] as const
  ).map(([id, what, field]): ConformanceCase => ({
    id: `no-credentials-${id}`,
    title: `${what} is not a token: its client is told to log in, not that it made a mistake`,
    requirements: [...noErrorCode, 'MCP-2026-07-28-RS-020'],
    profile: 'scoped',
    request: withAuthorization(field),
    expect: {
      ...withoutError,
      challenge: { ...withoutError.challenge, scopes: ['notes:read', 'notes:write'] },
    },
  })),
  {
    id: 'no-credentials-scopes',
    title: 'the first challenge names the scopes of the route, so that one login is enough',
    requirements: ['MCP-2026-07-28-RS-008', 'RFC6750-3-04', ...noErrorCode],
    profile: 'scoped',
    request: anonymous(),
    expect: {
      ...withoutError,
      challenge: { ...withoutError.challenge, scopes: ['notes:read', 'notes:write'] },
    },
  },
  {
    id: 'no-credentials-again',
    title: 'the same request is challenged in the same way each time',
    requirements: ['MCP-2026-07-28-RS-010'],
    profile: 'scoped',
    before: [
      {
        request: call({ claims: { scope: 'other' } }),
        expect: insufficientScope('notes:read', 'notes:write'),
      },
    ],
    request: anonymous(),
    expect: {
      ...withoutError,
      challenge: { ...withoutError.challenge, scopes: ['notes:read', 'notes:write'] },
    },
  },
  {
    id: 'empty-authorization',
    title: 'an empty Authorization header counts as none',
    requirements: [...noErrorCode],
    profile: 'single',
    request: anonymous({ authorization: [''] }),
    expect: withoutError,
  },
  ...(
    [
      ['basic', 'Basic dXNlcjpwYXNzd29yZA=='],
      ['digest', 'Digest username="user", realm="mcp"'],
      ['dpop', 'DPoP {token}'],
      ['longer-name', 'BearerX {token}'],
    ] as const
  ).map(([name, value]): ConformanceCase => ({
    id: `other-scheme-${name}`,
    title: 'a scheme this server does not offer is answered as if nothing had been sent',
    requirements: ['RFC6750-3.1-04', 'RFC9110-11.6.1-01'],
    profile: 'single',
    request: { ...call(), authorization: [value] },
    expect: withoutError,
  })),
  {
    id: 'query-token',
    title: 'a token in the query opens nothing',
    requirements: ['MCP-2026-07-28-RS-014', 'OAUTH21-5.1-01', 'RFC6750-2.3-01'],
    profile: 'single',
    request: call({}, { target: inQuery, authorization: [] }),
    expect: withoutError,
  },
  {
    id: 'form-token',
    title: 'a token in a form body opens nothing',
    requirements: ['RFC6750-2.2-01'],
    profile: 'single',
    request: call(
      {},
      {
        authorization: [],
        body: { type: 'application/x-www-form-urlencoded', text: 'access_token={token}' },
      },
    ),
    expect: withoutError,
  },
  {
    id: 'json-token',
    title: 'a token in a JSON body opens nothing',
    requirements: ['RFC6750-2.2-01', 'MCP-2026-07-28-RS-013'],
    profile: 'single',
    request: call(
      {},
      { authorization: [], body: { type: 'application/json', text: '{"access_token":"{token}"}' } },
    ),
    expect: withoutError,
  },
  {
    id: 'cookie-token',
    title: 'a token in a cookie or a header of another name opens nothing',
    requirements: ['MCP-2026-07-28-RS-013', 'RFC6750-2.1-01'],
    profile: 'single',
    request: call(
      {},
      {
        authorization: [],
        headers: [
          ['Cookie', 'access_token={token}; authorization={token}'],
          ['X-Access-Token', '{token}'],
          ['Proxy-Authorization', 'Bearer {token}'],
          ['X-Forwarded-Authorization', 'Bearer {token}'],
        ],
      },
    ),
    expect: withoutError,
  },
  {
    id: 'session-is-no-login',
    title: 'a session, and a connection that was let in before, open nothing',
    requirements: ['MCP-2025-11-25-RS-036', 'MCP-2026-07-28-RS-013', 'OAUTH21-5.2-01'],
    profile: 'single',
    before: [{ request: call(), expect: allowed }],
    request: anonymous({ headers: [['Mcp-Session-Id', '1868a90c-2f5e-4f0e-9a55-0f2f8c7c3f10']] }),
    expect: withoutError,
  },
  {
    id: 'bad-token-after-good-one',
    title: 'a bad token on a connection that was let in before is refused',
    requirements: ['MCP-2026-07-28-RS-013', 'MCP-2025-11-25-RS-036'],
    profile: 'single',
    before: [{ request: call(), expect: allowed }],
    request: call({ spoil: 'flip-signature' }),
    expect: invalidToken,
  },
  {
    id: 'body-not-read-first',
    title: 'whoever brings no token learns nothing about the body',
    requirements: ['MCP-2026-07-28-RS-030'],
    profile: 'single',
    request: anonymous({ body: { type: 'application/json', text: '{"jsonrpc":' } }),
    expect: withoutError,
  },
  ...([undefined, true] as const).flatMap((chunked) =>
    (['single', 'operations-required', 'operations-future'] as const).map((profile): ConformanceCase => ({
      id: `body-unfinished-${profile}${chunked === true ? '-chunked' : ''}`,
      title: `a body ${chunked === true ? 'in chunks ' : ''}that never ends is not waited for: whoever brings no token is told so immediately`,
      requirements: ['MCP-2026-07-28-RS-020'],
      profile,
      request: anonymous({
        body: {
          type: 'application/json',
          text: '{"jsonrpc":',
          unfinished: true,
          ...(chunked === true && { chunked }),
        },
      }),
      expect: withoutError,
    })),
  ),
];
