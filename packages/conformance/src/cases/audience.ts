import type { ConformanceCase } from '../case.js';
import type { JsonValue } from '../json.js';
import { allowed, call, insufficientScope, invalidToken } from './case-parts.js';

const forThisResource = [
  'MCP-2026-07-28-RS-016',
  'MCP-2026-07-28-RS-018',
  'RFC9068-4-02',
  'RFC8725-3.9-01',
  'RFC8707-2.2-01',
  'MCP-2026-07-28-RS-029',
  'RFC9728-1.2-01',
] as const;
const named = ['MCP-2026-07-28-RS-031', 'RFC8725-3.9-01'] as const;
const mcp = 'https://mcp.example.com/mcp';

const wrong: readonly (readonly [id: string, what: string, audience: JsonValue])[] = [
  ['other', 'another resource', 'https://other.example.com/mcp'],
  ['other-path', 'another resource of the same host', 'https://mcp.example.com/admin'],
  ['origin', 'the origin instead of the resource', 'https://mcp.example.com'],
  ['below', 'something below the resource', 'https://mcp.example.com/mcp/tools'],
  ['trailing-slash', 'the resource with a slash more', 'https://mcp.example.com/mcp/'],
  ['suffix', 'a host that begins like the resource', 'https://mcp.example.com.evil.example/mcp'],
  ['upper-case-path', 'the path in other letters', 'https://mcp.example.com/MCP'],
  ['http', 'the resource without TLS', 'http://mcp.example.com/mcp'],
  ['query', 'the resource with a query', 'https://mcp.example.com/mcp?x=1'],
  ['client', 'the client', 'client-1'],
  ['list-without', 'a list without the resource', ['https://a.example.com', 'https://b.example.com']],
  ['joined', 'several resources in one string', 'https://a.example.com https://mcp.example.com/mcp'],
];

const unusable: readonly (readonly [id: string, what: string, audience: JsonValue])[] = [
  ['empty', 'an empty string', ''],
  ['empty-list', 'an empty list', []],
  ['null', 'null', null],
  ['number', 'a number', 1],
  ['object', 'an object', { '0': mcp }],
  ['mixed-list', 'a list with something that is not a string', [mcp, 1]],
  ['nested-list', 'a list in a list', [[mcp]]],
];

/** A token is for the resource it names. */
export const audienceCases: readonly ConformanceCase[] = [
  ...wrong.map(([id, what, aud]): ConformanceCase => ({
    id: `audience-${id}`,
    title: `a token for ${what} is refused`,
    requirements: forThisResource,
    profile: 'single',
    request: call({ claims: { aud } }),
    expect: invalidToken,
  })),
  ...unusable.map(([id, what, aud]): ConformanceCase => ({
    id: `audience-${id}`,
    title: `a token whose audience is ${what} is refused`,
    requirements: named,
    profile: 'single',
    request: call({ claims: { aud } }),
    expect: invalidToken,
  })),
  {
    id: 'audience-missing',
    title: 'a token that names no audience is refused',
    requirements: [...named, 'RFC9068-2.2-01'],
    profile: 'single',
    request: call({ omitClaims: ['aud'] }),
    expect: invalidToken,
  },
  {
    id: 'audience-list',
    title: 'in a list of audiences one match is enough',
    requirements: [...forThisResource, ...named],
    profile: 'single',
    request: call({ claims: { aud: ['https://other.example.com', mcp] } }),
    expect: { ...allowed, auth: { audience: ['https://other.example.com', mcp] } },
  },
  ...(['origin', 'origin-with-slash'] as const).flatMap((profile) =>
    (['https://mcp.example.com', 'https://mcp.example.com/'] as const).map((aud): ConformanceCase => ({
      id: `audience-${profile}-${aud.endsWith('/') ? 'slash' : 'bare'}`,
      title: 'an origin with and without its slash is one identifier',
      requirements: ['MCP-2026-07-28-RS-028', 'RFC9068-4-02'],
      profile,
      request: call({ claims: { aud } }, { target: '/' }),
      expect: allowed,
    })),
  ),
  {
    id: 'audience-other-resource-here',
    title: 'a token for one resource of a process does not open the other',
    requirements: forThisResource,
    profile: 'two-paths',
    request: call(
      { issuer: 'secondary', claims: { aud: 'https://mcp.example.com/notes', scope: 'admin' } },
      { target: '/admin' },
    ),
    expect: invalidToken,
  },
  {
    id: 'audience-other-server-here',
    title: 'the server of one resource cannot issue tokens for the other',
    requirements: ['MCP-2026-07-28-RS-018', 'RFC8725-3.8-01'],
    profile: 'two-paths',
    request: call(
      { issuer: 'primary', claims: { aud: 'https://mcp.example.com/admin', scope: 'admin' } },
      { target: '/admin' },
    ),
    expect: invalidToken,
  },
  ...(['/a/mcp', '/b/mcp'] as const).map((target): ConformanceCase => ({
    id: `audience-both-${target.charAt(1)}`,
    title: 'a token for two resources opens each of them',
    requirements: ['RFC8707-2.2-01'],
    profile: 'two-hosts',
    request: call(
      { claims: { aud: ['https://a.example.com/mcp', 'https://b.example.com/mcp'] } },
      { target },
    ),
    expect: { ...allowed, auth: { resource: `https://${target.charAt(1)}.example.com/mcp` } },
  })),
  {
    id: 'audience-other-host',
    title: 'a token for the resource of one host does not open that of another, no matter what Host says',
    requirements: forThisResource,
    profile: 'two-hosts',
    request: call(
      { claims: { aud: 'https://a.example.com/mcp' } },
      { target: '/b/mcp', host: 'a.example.com' },
    ),
    expect: invalidToken,
  },
  ...(['api://notes', 'urn:example:notes'] as const).map((aud): ConformanceCase => ({
    id: `audience-configured-${aud.slice(0, 3)}`,
    title: 'an audience that the configuration names is accepted',
    requirements: ['RFC8725-3.9-01'],
    profile: 'other-audiences',
    request: call({ claims: { aud } }),
    expect: allowed,
  })),
  {
    id: 'audience-not-configured',
    title: 'where the configuration names audiences, the resource identifier is none of them',
    requirements: ['RFC8725-3.9-01'],
    profile: 'other-audiences',
    request: call({ claims: { aud: mcp } }),
    expect: invalidToken,
  },
  {
    id: 'audience-route',
    title: 'an audience that a route names is accepted there',
    requirements: ['RFC8725-3.9-01'],
    profile: 'route-audience',
    request: call({ claims: { aud: 'api://notes' } }),
    expect: allowed,
  },
  {
    id: 'audience-route-other',
    title: 'where a route names an audience, another one is refused',
    requirements: ['RFC8725-3.9-01'],
    profile: 'route-audience',
    request: call({ claims: { aud: 'api://notes-admin' } }),
    expect: invalidToken,
  },
  {
    id: 'audience-of-other-server',
    title: 'an audience that one server may use is refused from another server',
    requirements: ['RFC8725-3.9-01', 'RFC8725-3.8-01'],
    profile: 'audiences-per-server',
    request: call({ issuer: 'secondary', claims: { aud: 'api://notes' } }),
    expect: invalidToken,
  },
  {
    id: 'audience-of-own-server',
    title: 'an audience that a server may use is accepted from that server',
    requirements: ['RFC8725-3.9-01'],
    profile: 'audiences-per-server',
    request: call({ issuer: 'secondary', claims: { aud: 'api://other' } }),
    expect: allowed,
  },
  {
    id: 'audience-second-resource',
    title: 'the second resource of a process has its own scopes',
    requirements: ['OAUTH21-5-01'],
    profile: 'two-paths',
    request: call(
      { issuer: 'secondary', claims: { aud: 'https://mcp.example.com/admin' } },
      { target: '/admin' },
    ),
    expect: insufficientScope('admin'),
  },
];
