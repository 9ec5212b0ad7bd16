import type { ConformanceCase } from '../case.js';
import { allowed, call, withAuthorization } from './case-parts.js';

/** Requests that must be let in. */
export const acceptedCredentialsCases: readonly ConformanceCase[] = [
  {
    id: 'good-token',
    title: 'a good token is let in, and the handler learns who calls',
    requirements: ['RFC6750-2.1-01', 'OAUTH21-5-01', 'RFC9068-2.2.3-01'],
    profile: 'single',
    request: call(),
    expect: {
      ...allowed,
      auth: {
        issuer: '{primary}',
        clientId: 'client-1',
        subject: 'user-1',
        scopes: ['notes:read', 'notes:write'],
        audience: 'https://mcp.example.com/mcp',
        resource: 'https://mcp.example.com/mcp',
        resourceMetadataUrl: 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp',
        hasToken: true,
      },
    },
  },
  ...(['bearer', 'BEARER', 'bEaReR'] as const).map((scheme): ConformanceCase => ({
    id: `scheme-${scheme}`,
    title: `the scheme may be written ${scheme}`,
    requirements: ['OAUTH21-5.1.1-01', 'RFC9110-11.1-01'],
    profile: 'single',
    request: withAuthorization(`${scheme} {token}`),
    expect: allowed,
  })),
  {
    id: 'two-spaces',
    title: 'several spaces between scheme and token are one separator',
    requirements: ['RFC6750-2.1-02'],
    profile: 'single',
    request: withAuthorization('Bearer   {token}'),
    expect: allowed,
  },
  {
    id: 'query-token-beside-good-one',
    title: 'a token in the query is ignored next to a good one in the header',
    requirements: ['OAUTH21-5.1-01', 'MCP-2026-07-28-RS-014'],
    profile: 'single',
    request: call({}, { target: '/mcp?access_token=stale' }),
    expect: allowed,
  },
  {
    id: 'form-token-beside-good-one',
    title: 'a form body is not searched for a token',
    requirements: ['RFC6750-2.1-01'],
    profile: 'single',
    request: call({}, { body: { type: 'application/x-www-form-urlencoded', text: 'access_token=stale' } }),
    expect: allowed,
  },
  {
    id: 'body-arrives',
    title: 'the body reaches the handler as it was sent',
    requirements: ['MCP-2026-07-28-RS-030'],
    profile: 'single',
    request: call(
      {},
      { body: { type: 'application/json', text: '{"jsonrpc":"2.0","id":7,"method":"ping"}' } },
    ),
    expect: { ...allowed, body: { members: { body: { jsonrpc: '2.0', id: 7, method: 'ping' } } } },
  },
  {
    id: 'service-token',
    title: 'a client that calls for itself is let in without a user',
    requirements: ['MCP-EXT-CC-02'],
    profile: 'scoped',
    request: call({ omitClaims: ['sub'], claims: { client_id: 'batch-job' } }),
    expect: { ...allowed, auth: { clientId: 'batch-job', subject: null } },
  },
  {
    id: 'service-token-subject',
    title: 'the subject of a client is handed on together with its client identifier',
    requirements: ['MCP-EXT-CC-02'],
    profile: 'single',
    request: call({ claims: { sub: 'batch-job', client_id: 'batch-job' } }),
    expect: { ...allowed, auth: { clientId: 'batch-job', subject: 'batch-job' } },
  },
];
