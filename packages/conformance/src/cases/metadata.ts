import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { RequestSpec } from '../request-spec.js';

export const metadataTarget = '/.well-known/oauth-protected-resource/mcp';

const get: RequestSpec = { method: 'GET', target: metadataTarget };
const published = ['MCP-2026-07-28-RS-003', 'RFC9728-3.2-01'] as const;
const members = {
  resource: 'https://mcp.example.com/mcp',
  authorization_servers: ['{primary}'],
  bearer_methods_supported: ['header'],
} as const;

const document: Expectation = {
  status: 200,
  headers: {
    'content-type': { matches: '^application/json(;|$)' },
    'cache-control': { matches: 'max-age=[1-9]' },
    'access-control-allow-origin': { is: '*' },
  },
  body: { exactly: members, withoutEmptyMembers: true },
  handlerRan: false,
};

/** The document that tells clients where to go (RFC 9728). */
export const metadataCases: readonly ConformanceCase[] = [
  {
    id: 'metadata',
    title: 'the metadata is there for everybody: JSON, cacheable, readable for pages, nothing empty',
    requirements: [
      ...published,
      'MCP-2026-07-28-RS-004',
      'MCP-2026-07-28-RS-006',
      'MCP-2026-07-28-RS-029',
      'RFC9728-1.2-01',
      'RFC9728-2-01',
      'RFC9728-2-05',
      'RFC9728-3-01',
      'RFC9728-3.2-03',
      'RFC9728-3.3-03',
      'RFC9728-7.10-01',
      'RFC9110-CORS-01',
    ],
    profile: 'single',
    request: get,
    expect: { ...document, fetches: { primary: { any: 0 } } },
  },
  {
    id: 'metadata-scopes',
    title: 'the scopes of the resource are published as a list',
    requirements: ['RFC9728-2-04', 'RFC9728-3.2-03', 'MCP-2026-07-28-RS-012'],
    profile: 'scoped',
    request: get,
    expect: {
      ...document,
      body: { exactly: { ...members, scopes_supported: ['notes:read', 'notes:write'] } },
    },
  },
  {
    id: 'metadata-all-members',
    title: 'every member of the standard is published as configured, language tags included',
    requirements: [
      'RFC9728-2-01',
      'RFC9728-2-02',
      'RFC9728-2-03',
      'RFC9728-2-05',
      'RFC9728-2.1-01',
      'OAUTH21-1.5-01',
    ],
    profile: 'all-metadata',
    request: get,
    expect: {
      ...document,
      body: {
        withoutEmptyMembers: true,
        exactly: {
          ...members,
          authorization_servers: ['{primary}', '{secondary}'],
          jwks_uri: 'https://mcp.example.com/resource-keys.json',
          scopes_supported: ['notes:read'],
          resource_signing_alg_values_supported: ['ES256'],
          resource_name: 'Notes',
          'resource_name#it': 'Appunti',
          resource_documentation: 'https://mcp.example.com/docs',
          resource_policy_uri: 'https://mcp.example.com/policy',
          resource_tos_uri: 'https://mcp.example.com/terms',
          tls_client_certificate_bound_access_tokens: false,
          authorization_details_types_supported: ['note'],
          dpop_signing_alg_values_supported: ['ES256'],
          dpop_bound_access_tokens_required: false,
        },
      },
    },
  },
  {
    id: 'metadata-https-server',
    title:
      'authorization servers are named by their https identifiers, key sets of theirs are not published as ours',
    requirements: ['MCP-2026-07-28-RS-034', 'OAUTH21-1.5-01', 'RFC9728-2-02', 'MCP-2026-07-28-RS-004'],
    profile: 'inline-keys',
    request: get,
    expect: {
      ...document,
      body: { exactly: { ...members, authorization_servers: ['https://as.example.com'] } },
    },
  },
  {
    id: 'metadata-with-bad-token',
    title: 'a bad token does not keep anybody from the metadata',
    requirements: published,
    profile: 'single',
    request: { ...get, token: { spoil: 'flip-signature' } },
    expect: document,
  },
  {
    id: 'metadata-foreign-host',
    title: 'a foreign host in the request changes nothing in the document',
    requirements: ['MCP-EXT-EMA-01', 'RFC9728-3.3-03', 'MCP-2026-07-28-RS-029'],
    profile: 'single',
    request: {
      ...get,
      host: 'evil.example',
      headers: [
        ['X-Forwarded-Host', 'evil.example'],
        ['X-Forwarded-Proto', 'http'],
        ['Forwarded', 'host=evil.example;proto=http'],
      ],
    },
    expect: document,
  },
  {
    id: 'metadata-absolute-target',
    title: 'a target with a foreign authority changes nothing in the document',
    requirements: ['MCP-EXT-EMA-01', 'RFC9728-3.3-03'],
    profile: 'single',
    request: { ...get, target: `http://evil.example${metadataTarget}` },
    expect: document,
  },
  {
    id: 'metadata-any-query',
    title: 'a query that nobody asked for does not hide the document',
    requirements: published,
    profile: 'single',
    request: { ...get, target: `${metadataTarget}?cache=1` },
    expect: document,
  },
  {
    id: 'metadata-head',
    title: 'HEAD gets the headers of the document without the document',
    requirements: ['RFC9110-9.1-01'],
    profile: 'single',
    request: { ...get, method: 'HEAD' },
    expect: { ...document, body: { empty: true } },
  },
  {
    id: 'metadata-preflight',
    title: 'a page may ask first whether it may read the document, with any header set',
    requirements: ['RFC9110-9.1-01', 'RFC9110-CORS-01'],
    profile: 'single',
    request: {
      ...get,
      method: 'OPTIONS',
      headers: [
        ['Origin', 'https://app.example.com'],
        ['Access-Control-Request-Method', 'GET'],
        ['Access-Control-Request-Headers', 'mcp-protocol-version, authorization'],
      ],
    },
    expect: {
      status: [200, 204],
      headers: {
        'access-control-allow-origin': { is: '*' },
        'access-control-allow-methods': { lists: ['GET'] },
        'access-control-allow-headers': { lists: ['mcp-protocol-version', 'authorization'] },
      },
      body: { empty: true },
      handlerRan: false,
    },
  },
  ...(['POST', 'PUT', 'PATCH', 'DELETE'] as const).map((method): ConformanceCase => ({
    id: `metadata-${method.toLowerCase()}`,
    title: `${method} on the document is answered with the methods it has`,
    requirements: ['RFC9110-9.1-01'],
    profile: 'single',
    request: { ...get, method, body: { type: 'application/json', text: '{"broken":' } },
    expect: { status: 405, headers: { allow: { lists: ['GET', 'HEAD', 'OPTIONS'] } }, handlerRan: false },
  })),
];
