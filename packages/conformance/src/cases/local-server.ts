import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import { allowed, call, invalidToken } from './case-parts.js';

const issuer = 'https://mcp.example.com';
const metadata = '/.well-known/oauth-authorization-server';
const keys = '/.well-known/jwks.json';
const cited = ['RFC8414-2-02', 'RFC8414-3.1-01'] as const;

const published: Expectation = {
  status: 200,
  headers: {
    'content-type': { matches: '^application/json(;|$)' },
    'cache-control': { matches: 'max-age=[1-9]' },
    'access-control-allow-origin': { is: '*' },
  },
  handlerRan: false,
};
const keySet: Expectation = {
  ...published,
  body: {
    matches: '^\\{"keys":\\[\\{(?=[^}]*"kid":"[^"])(?=[^}]*"alg":"[^"])(?=[^}]*"use":"sig")',
    lacks: '"(?:d|p|q|dp|dq|qi|k)":',
  },
};
const get = (target: string) => ({ method: 'GET', target });
const missing: Expectation = { status: 404, body: { lacks: '"issuer"|"keys"' }, handlerRan: false };

/** The documents of an authorization server that lives in the MCP server (RFC 8414 §3, RFC 7517 §5). */
export const localServerCases: readonly ConformanceCase[] = [
  {
    id: 'local-metadata',
    title: 'the metadata of a local server is valid, complete and public',
    requirements: [...cited, 'RFC8414-3.2-01'],
    profile: 'local-server',
    request: get(metadata),
    expect: {
      ...published,
      body: {
        exactly: { issuer, response_types_supported: ['code'], jwks_uri: `${issuer}${keys}` },
        withoutEmptyMembers: true,
      },
    },
  },
  {
    id: 'local-keys',
    title: 'its keys are published with identifier, algorithm and use, and with public members only',
    requirements: ['RFC9068-4-03'],
    profile: 'local-server',
    request: get(keys),
    expect: keySet,
  },
  {
    id: 'local-keys-head',
    title: 'HEAD gets the headers of the key set without the key set',
    requirements: ['RFC9110-9.1-01'],
    profile: 'local-server',
    request: { ...get(keys), method: 'HEAD' },
    expect: { ...published, body: { empty: true } },
  },
  {
    id: 'local-keys-post',
    title: 'a key set cannot be written',
    requirements: ['RFC9110-9.1-01'],
    profile: 'local-server',
    request: { ...get(keys), method: 'POST', body: { type: 'application/json', text: '{"keys":[]}' } },
    expect: { status: 405, headers: { allow: { lists: ['GET', 'HEAD', 'OPTIONS'] } }, handlerRan: false },
  },
  {
    id: 'local-resource-metadata',
    title: 'the resource names the local server as the one to ask',
    requirements: ['MCP-2026-07-28-RS-004', 'RFC9728-2-02'],
    profile: 'local-server',
    request: get('/.well-known/oauth-protected-resource'),
    expect: {
      ...published,
      body: { members: { resource: issuer, authorization_servers: [issuer] } },
    },
  },
  {
    id: 'local-token',
    title: 'a token that a published key has signed is let in, and no request is made for it',
    requirements: ['RFC9068-4-03', 'MCP-2026-07-28-RS-014'],
    profile: 'local-server',
    request: call({ claims: { iss: issuer } }),
    expect: { ...allowed, fetches: { primary: { any: 0 } }, auth: { issuer } },
  },
  {
    id: 'local-token-other-key',
    title: 'a token of the local server that another key has signed is refused',
    requirements: ['RFC9068-4-03', 'MCP-2026-07-28-RS-014'],
    profile: 'local-server',
    request: call({ signer: { key: 'unpublished' }, claims: { iss: issuer } }),
    expect: invalidToken,
  },
  {
    id: 'local-path',
    title: 'a local issuer with a path has its metadata where RFC 8414 puts it',
    requirements: cited,
    profile: 'local-server-path',
    request: get(`${metadata}/tenant`),
    expect: {
      ...published,
      body: { members: { issuer: `${issuer}/tenant`, jwks_uri: `${issuer}${keys}/tenant` } },
    },
  },
  {
    id: 'local-path-keys',
    title: 'and its keys where its metadata says',
    requirements: ['RFC9068-4-03'],
    profile: 'local-server-path',
    request: get(`${keys}/tenant`),
    expect: keySet,
  },
  ...[metadata, keys].map((target, index): ConformanceCase => ({
    id: `local-path-not-root-${index}`,
    title: 'a local issuer with a path publishes nothing at the root',
    requirements: cited,
    profile: 'local-server-path',
    request: get(target),
    expect: missing,
  })),
  ...[metadata, keys].map((target, index): ConformanceCase => ({
    id: `local-unpublished-${index}`,
    title: 'keys in the configuration are published only where that is asked for',
    requirements: cited,
    profile: 'inline-keys',
    request: get(target),
    expect: missing,
  })),
];
