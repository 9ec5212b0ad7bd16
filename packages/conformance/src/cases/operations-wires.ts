import type { ConformanceCase } from '../case.js';
import type { JsonValue } from '../json.js';
import { insufficientScope } from './case-parts.js';
import { arrives, ask, callTool, getPrompt, jsonBody, readResource } from './operations-parts.js';

/** Revisions a client may name. The first ones named none. */
const versions = [undefined, '2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'] as const;

type Version = (typeof versions)[number];

function versionField(version: Version): [name: string, value: string][] {
  return version === undefined ? [] : [['MCP-Protocol-Version', version]];
}

function nameOf(version: Version): string {
  return version ?? 'no-version';
}

/** What the mirrored headers claim, over what the body says. */
const lies: readonly (readonly [
  id: string,
  title: string,
  body: JsonValue,
  fields: readonly (readonly [string, string])[],
  scopes: readonly string[],
])[] = [
  [
    'tool',
    'a harmless tool in the headers over an admin tool in the body',
    callTool('purge'),
    [
      ['Mcp-Method', 'tools/call'],
      ['Mcp-Name', 'search'],
    ],
    ['notes:write', 'notes:purge'],
  ],
  [
    'method',
    'an open method in the headers over an admin tool in the body',
    callTool('write'),
    [
      ['Mcp-Method', 'tools/list'],
      ['Mcp-Name', ''],
    ],
    ['notes:write'],
  ],
  [
    'resource',
    'an open resource in the headers over a private one in the body',
    readResource('notes://private/7'),
    [
      ['Mcp-Method', 'resources/read'],
      ['Mcp-Name', 'notes://public/1'],
    ],
    ['notes:private'],
  ],
  [
    'prompt',
    'a harmless prompt in the headers over another in the body',
    getPrompt('plan'),
    [
      ['Mcp-Method', 'prompts/get'],
      ['Mcp-Name', 'hello'],
    ],
    ['notes:plan'],
  ],
  [
    'batch',
    'a harmless tool in the headers over a batch with an admin tool',
    [callTool('search'), callTool('purge')],
    [
      ['Mcp-Method', 'tools/call'],
      ['Mcp-Name', 'search'],
    ],
    ['notes:write', 'notes:purge'],
  ],
  [
    'repeated',
    'headers that name both over an admin tool in the body',
    callTool('purge'),
    [
      ['Mcp-Name', 'purge'],
      ['Mcp-Name', 'search'],
    ],
    ['notes:write', 'notes:purge'],
  ],
];

const lyingFields = versions.flatMap((version) =>
  lies.map(([id, title, body, fields, scopes]): ConformanceCase => ({
    id: `operation-wire-${nameOf(version)}-${id}`,
    title: `${nameOf(version)}: ${title} is judged by the body`,
    requirements: ['MCP-2026-07-28-RS-030', 'MCP-2026-07-28-RS-024'],
    profile: 'operations',
    request: ask(jsonBody(body), 'notes:read', { headers: [...versionField(version), ...fields] }),
    expect: insufficientScope('notes:read', ...scopes),
  })),
);

const truthfulFields = versions.map((version): ConformanceCase => ({
  id: `operation-wire-${nameOf(version)}-enough`,
  title: `${nameOf(version)}: a tool runs with the scopes it needs, no matter what the headers say`,
  requirements: ['MCP-2026-07-28-RS-030', 'MCP-2026-07-28-RS-024'],
  profile: 'operations',
  request: ask(jsonBody(callTool('purge')), 'notes:read notes:write notes:purge', {
    headers: [...versionField(version), ['Mcp-Method', 'tools/call'], ['Mcp-Name', 'nothing']],
  }),
  expect: arrives(callTool('purge')),
}));

const repeated = ['notes:read', 'notes:write', 'notes:extra'] as const;
const needed = ['notes:read', 'notes:write'] as const;

/** Profile → what a challenge names, by revision. */
const challenges = [
  ['operations', (version: Version) => (version === '2026-07-28' ? needed : repeated)],
  ['operations-required', () => needed],
  ['operations-with-granted', () => repeated],
] as const;

const challengeScopes = challenges.flatMap(([profile, scopesFor]) =>
  versions.map((version): ConformanceCase => ({
    id: `${profile}-granted-${nameOf(version)}`,
    title: `${profile}, ${nameOf(version)}: a challenge ${scopesFor(version) === needed ? 'names what is needed' : 'repeats what was granted and is known here'}`,
    requirements: ['MCP-2026-07-28-RS-022', 'MCP-2025-11-25-RS-023', 'MCP-2026-07-28-RS-025'],
    profile,
    request: ask(jsonBody(callTool('write')), 'notes:read notes:extra foreign', {
      headers: versionField(version),
    }),
    expect: insufficientScope(...scopesFor(version)),
  })),
);

/** Every revision on the wire, and what challenges name on each. */
export const operationWireCases: readonly ConformanceCase[] = [
  ...lyingFields,
  ...truthfulFields,
  ...challengeScopes,
];
