import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { ProfileName } from '../profiles/profiles.js';
import { anonymous, withoutError } from './case-parts.js';

const wellKnown = '/.well-known/oauth-protected-resource';
const insertion = [
  'RFC9728-3-01',
  'RFC9728-3.3-03',
  'RFC9728-5.1-01',
  'MCP-2026-07-28-RS-029',
  'MCP-2025-06-18-RS-005',
] as const;

const located: readonly (readonly [profile: ProfileName, target: string, resource: string])[] = [
  ['origin', wellKnown, 'https://mcp.example.com'],
  ['origin-with-slash', wellKnown, 'https://mcp.example.com/'],
  ['port', `${wellKnown}/mcp`, 'https://mcp.example.com:8443/mcp'],
  ['deep-path', `${wellKnown}/tenants/a/mcp`, 'https://mcp.example.com/tenants/a/mcp'],
  ['trailing-slash', `${wellKnown}/mcp/`, 'https://mcp.example.com/mcp/'],
  ['encoded-path', `${wellKnown}/caf%C3%A9/mcp`, 'https://mcp.example.com/caf%C3%A9/mcp'],
  [
    'path-with-signs',
    `${wellKnown}/v1:beta/(a)/b+c/d;e=1/mcp`,
    'https://mcp.example.com/v1:beta/(a)/b+c/d;e=1/mcp',
  ],
  ['query', `${wellKnown}/mcp?tenant=a`, 'https://mcp.example.com/mcp?tenant=a'],
  ['two-paths', `${wellKnown}/notes`, 'https://mcp.example.com/notes'],
  ['two-paths', `${wellKnown}/admin`, 'https://mcp.example.com/admin'],
];

const challenged: readonly (readonly [profile: ProfileName, target: string])[] = [
  ['origin', '/'],
  ['port', '/mcp'],
  ['deep-path', '/tenants/a/mcp'],
  ['trailing-slash', '/mcp/'],
  ['encoded-path', '/mcp'],
  ['query', '/mcp?tenant=a'],
  ['two-paths', '/notes'],
  ['two-paths', '/admin'],
];

const notFound: readonly (readonly [id: string, profile: ProfileName, target: string])[] = [
  ['random', 'single', `${wellKnown}/other`],
  ['root', 'single', wellKnown],
  ['root-slash', 'single', `${wellKnown}/`],
  ['below', 'single', `${wellKnown}/mcp/tools`],
  ['slash', 'single', `${wellKnown}/mcp/`],
  ['upper-case', 'single', `${wellKnown}/MCP`],
  ['longer', 'single', `${wellKnown}/mcpx`],
  ['appended', 'single', '/mcp/.well-known/oauth-protected-resource'],
  ['other-suffix', 'single', '/.well-known/oauth-protected-resource-metadata/mcp'],
  ['under-origin', 'origin', `${wellKnown}/mcp`],
  ['other-query', 'query', `${wellKnown}/mcp?tenant=b`],
];

const missing: Expectation = { status: 404, body: { lacks: '"resource"' }, handlerRan: false };

/** Where the document is, and where it must not be (RFC 9728 §3.1). */
export const metadataLocationCases: readonly ConformanceCase[] = [
  ...located.map(([profile, target, resource]): ConformanceCase => ({
    id: `location-${profile}${profile === 'two-paths' ? target.slice(wellKnown.length).replace('/', '-') : ''}`,
    title: `the metadata of ${resource} is where clients look for it, and names it as written`,
    requirements: insertion,
    profile,
    request: { method: 'GET', target },
    expect: { status: 200, body: { members: { resource } }, handlerRan: false },
  })),
  ...challenged.map(([profile, target]): ConformanceCase => ({
    id: `challenge-${profile}${profile === 'two-paths' ? target.replace('/', '-') : ''}`,
    title: 'the challenge names where the metadata of this very resource is',
    requirements: ['RFC9728-5.1-01', 'RFC9728-3-01', 'MCP-2025-06-18-RS-005'],
    profile,
    request: anonymous({ target }),
    expect: withoutError,
  })),
  ...notFound.map(([id, profile, target]): ConformanceCase => ({
    id: `no-metadata-${id}`,
    title: 'a location that belongs to no resource has no document',
    requirements: ['RFC9728-3.2-04', 'RFC9728-3.2-01', 'RFC9728-3-01', 'MCP-2026-07-28-RS-003'],
    profile,
    request: { method: 'GET', target },
    expect: missing,
  })),
  ...(['a', 'b'] as const).flatMap((name): readonly ConformanceCase[] => [
    {
      id: `host-${name}`,
      title: 'two resources with one path on two hosts have a document each',
      requirements: ['RFC9728-3-01', 'RFC9728-3.3-03', 'RFC9728-3.2-04'],
      profile: 'two-hosts',
      request: { method: 'GET', target: `${wellKnown}/mcp`, host: `${name}.example.com` },
      expect: {
        status: 200,
        body: { members: { resource: `https://${name}.example.com/mcp` } },
        handlerRan: false,
      },
    },
    {
      id: `host-${name}-challenge`,
      title: 'two resources with one path on two hosts are challenged each with its own document',
      requirements: ['RFC9728-5.1-01', 'RFC9728-3.3-03'],
      profile: 'two-hosts',
      request: anonymous({ target: `/${name}/mcp`, host: 'proxy.internal' }),
      expect: withoutError,
    },
  ]),
  {
    id: 'host-upper-case',
    title: 'the host of a request is compared without regard to case',
    requirements: ['RFC9728-3-01'],
    profile: 'two-hosts',
    request: { method: 'GET', target: `${wellKnown}/mcp`, host: 'B.Example.COM' },
    expect: { status: 200, body: { members: { resource: 'https://b.example.com/mcp' } }, handlerRan: false },
  },
  {
    id: 'host-unknown',
    title: 'a host that belongs to neither of two resources gets neither document',
    requirements: ['RFC9728-3.2-04'],
    profile: 'two-hosts',
    request: { method: 'GET', target: `${wellKnown}/mcp`, host: 'c.example.com' },
    expect: missing,
  },
];
