import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import {
  allowed,
  anonymous,
  call,
  insufficientScope,
  invalidToken,
  unavailable,
  withoutError,
} from './case-parts.js';

const target = '/.well-known/oauth-authorization-server';
const get = (path = target) => ({ method: 'GET', target: path });
const discovery = ['RFC8414-3.3-01', 'RFC8414-3.2-01'] as const;

const mirrored: Expectation = {
  status: 200,
  headers: {
    'content-type': { matches: '^application/json(;|$)' },
    'cache-control': { matches: 'max-age=[1-9]' },
    'access-control-allow-origin': { is: '*' },
  },
  body: { members: { issuer: '{primary}', example_vendor_member: { kept: true } } },
  handlerRan: false,
};
const missing: Expectation = { status: 404, body: { lacks: '"issuer"|"resource"' }, handlerRan: false };

/** Legacy mode: for clients of MCP 2025-03-26, which look for the authorization server at the root of the MCP server. */
export const legacyCases: readonly ConformanceCase[] = [
  {
    id: 'legacy-mirror',
    title: 'the metadata of the server is mirrored as it is published, fetched once',
    requirements: [...discovery, 'RFC8414-CACHE-01'],
    profile: 'legacy',
    before: [{ request: get(), expect: mirrored }],
    request: get(),
    expect: { ...mirrored, fetches: { primary: { metadata: 1, keys: 0 } } },
  },
  {
    id: 'legacy-mirror-path',
    title: 'an issuer with a path is mirrored at the root',
    requirements: ['RFC8414-3.1-01'],
    profile: 'legacy-path',
    request: get(),
    expect: { ...mirrored, body: { members: { issuer: '{secondary}' } } },
  },
  {
    id: 'legacy-mirror-inserted',
    title: 'and where RFC 8414 puts its path',
    requirements: ['RFC8414-3.1-01'],
    profile: 'legacy-path',
    request: get(`${target}/tenants/two`),
    expect: { ...mirrored, body: { members: { issuer: '{secondary}' } } },
  },
  {
    id: 'legacy-mirror-elsewhere',
    title: 'no other path has it',
    requirements: ['RFC8414-3.1-01'],
    profile: 'legacy',
    request: get(`${target}/mcp`),
    expect: missing,
  },
  {
    id: 'legacy-mirror-by-hand',
    title: 'metadata of the configuration is mirrored in the spelling of the wire',
    requirements: ['RFC8414-3.2-01'],
    profile: 'legacy-by-hand',
    request: get(),
    expect: {
      ...mirrored,
      body: {
        exactly: {
          issuer: 'https://as.example.com',
          authorization_endpoint: 'https://as.example.com/authorize',
          token_endpoint: 'https://as.example.com/token',
          response_types_supported: ['code'],
          code_challenge_methods_supported: ['S256'],
        },
      },
    },
  },
  {
    id: 'legacy-mirror-head',
    title: 'HEAD gets the headers of the mirrored document without the document',
    requirements: ['RFC9110-9.1-01'],
    profile: 'legacy',
    request: { ...get(), method: 'HEAD' },
    expect: { ...mirrored, body: { empty: true } },
  },
  {
    id: 'legacy-mirror-preflight',
    title: 'a page may ask first whether it may read the mirrored document',
    requirements: ['RFC9110-CORS-01'],
    profile: 'legacy',
    request: {
      ...get(),
      method: 'OPTIONS',
      headers: [
        ['Origin', 'https://app.example.com'],
        ['Access-Control-Request-Method', 'GET'],
        ['Access-Control-Request-Headers', 'mcp-protocol-version'],
      ],
    },
    expect: {
      status: [200, 204],
      headers: {
        'access-control-allow-origin': { is: '*' },
        'access-control-allow-headers': { lists: ['mcp-protocol-version'] },
      },
      body: { empty: true },
      handlerRan: false,
    },
  },
  {
    id: 'legacy-mirror-post',
    title: 'the mirrored document cannot be written',
    requirements: ['RFC9110-9.1-01'],
    profile: 'legacy',
    request: { ...get(), method: 'POST', body: { type: 'application/json', text: '{"broken":' } },
    expect: { status: 405, headers: { allow: { lists: ['GET', 'HEAD', 'OPTIONS'] } }, handlerRan: false },
  },
  ...(['fails', 'wrong-issuer'] as const).map((mode): ConformanceCase => ({
    id: `legacy-mirror-${mode}`,
    title:
      'a server that cannot be reached, or is another, is not mirrored, and the client is told when to come back',
    requirements: discovery,
    profile: 'legacy',
    issuers: { primary: { metadata: mode } },
    request: get(),
    expect: {
      ...unavailable,
      headers: { ...unavailable.headers, 'access-control-allow-origin': { is: '*' } },
    },
  })),
  {
    id: 'legacy-no-resource-metadata',
    title: 'there is no resource metadata in legacy mode',
    requirements: ['RFC9728-3.2-04'],
    profile: 'legacy',
    request: get('/.well-known/oauth-protected-resource'),
    expect: missing,
  },
  {
    id: 'legacy-anonymous',
    title: 'without a token there is a challenge that names no metadata',
    requirements: ['RFC6750-3-02', 'RFC9110-15.5.2-01'],
    profile: 'legacy',
    request: anonymous(),
    expect: {
      ...withoutError,
      challenge: { absent: [...withoutError.challenge.absent, 'resource_metadata'] },
    },
  },
  {
    id: 'legacy-token',
    title: 'a token for the audience of the route is let in',
    requirements: ['MCP-2026-07-28-RS-016', 'MCP-2026-07-28-RS-014'],
    profile: 'legacy',
    request: call(),
    expect: { ...allowed, auth: { issuer: '{primary}', subject: 'user-1', resource: '{primary}/' } },
  },
  {
    id: 'legacy-other-audience',
    title: 'a token for another audience is refused',
    requirements: ['MCP-2026-07-28-RS-016', 'MCP-2026-07-28-RS-014'],
    profile: 'legacy',
    request: call({ claims: { aud: 'https://mcp.example.com' } }),
    expect: invalidToken,
  },
  {
    id: 'legacy-scopes',
    title: 'a token with too little scope is told what is needed',
    requirements: ['RFC6750-3.1-03'],
    profile: 'legacy',
    request: call({ claims: { scope: 'other' } }, { target: '/scoped' }),
    expect: insufficientScope('notes:read'),
  },
];
