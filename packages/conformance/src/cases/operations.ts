import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { JsonObject, JsonValue } from '../json.js';
import type { RequestSpec } from '../request-spec.js';
import { allowed, call, insufficientScope, invalidToken, withoutError } from './case-parts.js';

const perOperation = ['MCP-2026-07-28-RS-021', 'MCP-2026-07-28-RS-022', 'OAUTH21-5-01'] as const;
const allInOne = ['MCP-2026-07-28-RS-024', ...perOperation] as const;
const judged = ['MCP-2026-07-28-RS-030'] as const;

function callTool(name: JsonValue): JsonObject {
  return { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } };
}

const readPrivate = {
  jsonrpc: '2.0',
  id: 1,
  method: 'resources/read',
  params: { uri: 'notes://private/7' },
} as const;
const getPlan = { jsonrpc: '2.0', id: 1, method: 'prompts/get', params: { name: 'plan' } } as const;
const listTools = { jsonrpc: '2.0', id: 1, method: 'tools/list' } as const;
const newest = [['MCP-Protocol-Version', '2026-07-28']] as const;

/** One operation, with a token that has these scopes; without any scopes given, without a token. */
function ask(operation: JsonValue, scope: string | undefined, more: Partial<RequestSpec> = {}): RequestSpec {
  const body = { type: 'application/json', text: JSON.stringify(operation) };
  const request = { ...call({ claims: { scope: scope ?? '' } }), headers: newest, body, ...more };
  return scope === undefined ? { ...request, authorization: [] } : request;
}

function arrives(operation: JsonValue): Expectation {
  return { ...allowed, body: { members: { body: operation } } };
}

function loginFor(...scopes: readonly string[]): Expectation {
  return { ...withoutError, challenge: { ...withoutError.challenge, scopes } };
}

/** The body cannot be judged: no matter of credentials, so no challenge. */
const unreadable: Expectation = { status: 400, body: { absent: ['auth'] }, handlerRan: false };

const rows: readonly (readonly [
  id: string,
  title: string,
  requirements: readonly string[],
  request: RequestSpec,
  expect: Expectation,
])[] = [
  [
    'tool',
    'a tool that needs more is refused, with all it needs in one challenge',
    allInOne,
    ask(callTool('write'), 'notes:read'),
    insufficientScope('notes:read', 'notes:write'),
  ],
  [
    'tool-two-scopes',
    'a tool that needs two scopes names both',
    allInOne,
    ask(callTool('purge'), 'notes:read notes:write'),
    insufficientScope('notes:read', 'notes:write', 'notes:purge'),
  ],
  [
    'tool-without-route-scope',
    'the scope of a tool does not replace that of the route',
    allInOne,
    ask(callTool('write'), 'notes:write'),
    insufficientScope('notes:read', 'notes:write'),
  ],
  [
    'tool-enough',
    'a tool is called with exactly the scopes of its challenge',
    allInOne,
    ask(callTool('purge'), 'notes:read notes:write notes:purge'),
    arrives(callTool('purge')),
  ],
  [
    'tool-without-rule',
    'a tool without a rule needs the scopes of the route',
    perOperation,
    ask(callTool('search'), 'notes:read'),
    arrives(callTool('search')),
  ],
  [
    'tool-without-rule-refused',
    'a tool without a rule is not open',
    perOperation,
    ask(callTool('search'), 'other'),
    insufficientScope('notes:read'),
  ],
  [
    'any-of',
    'of alternatives the preferred one is asked for',
    perOperation,
    ask(callTool('share'), 'notes:read'),
    insufficientScope('notes:read', 'notes:share'),
  ],
  [
    'any-of-met',
    'of alternatives one is enough',
    perOperation,
    ask(callTool('share'), 'notes:read notes:manage'),
    arrives(callTool('share')),
  ],
  [
    'resource',
    'a resource is known by its template',
    perOperation,
    ask(readPrivate, 'notes:read'),
    insufficientScope('notes:read', 'notes:private'),
  ],
  [
    'resource-enough',
    'a resource is read with its scope',
    perOperation,
    ask(readPrivate, 'notes:read notes:private'),
    arrives(readPrivate),
  ],
  [
    'prompt',
    'a prompt that needs more is refused',
    perOperation,
    ask(getPlan, 'notes:read'),
    insufficientScope('notes:read', 'notes:plan'),
  ],
  [
    'prompt-enough',
    'a prompt is fetched with its scope',
    perOperation,
    ask(getPlan, 'notes:read notes:plan'),
    arrives(getPlan),
  ],
  [
    'granted-2026',
    'clients of 2026-07-28 are asked for what the operation needs',
    ['MCP-2026-07-28-RS-022'],
    ask(callTool('write'), 'notes:read notes:extra'),
    insufficientScope('notes:read', 'notes:write'),
  ],
  [
    'granted-2025',
    'clients of 2025-11-25 are reminded of what they have, because they ask for exactly that',
    ['MCP-2025-11-25-RS-023'],
    ask(callTool('write'), 'notes:read notes:extra', { headers: [['MCP-Protocol-Version', '2025-11-25']] }),
    insufficientScope('notes:read', 'notes:write', 'notes:extra'),
  ],
  [
    'fields-lie',
    'the body decides, no matter what the mirrored headers say',
    judged,
    ask(callTool('purge'), 'notes:read', {
      headers: [
        ['MCP-Protocol-Version', '2026-07-28'],
        ['Mcp-Method', 'tools/list'],
        ['Mcp-Name', 'search'],
      ],
    }),
    insufficientScope('notes:read', 'notes:write', 'notes:purge'),
  ],
  [
    'batch',
    'a batch needs what all its requests need',
    allInOne,
    ask([listTools, callTool('write'), getPlan], 'notes:read'),
    insufficientScope('notes:read', 'notes:write', 'notes:plan'),
  ],
  [
    'batch-enough',
    'a batch runs when all its requests may',
    allInOne,
    ask([listTools, callTool('write')], 'notes:read notes:write'),
    arrives([listTools, callTool('write')]),
  ],
  [
    'anonymous',
    'an operation that is open to all needs no token',
    ['MCP-2026-07-28-RS-001'],
    ask(listTools, undefined),
    { ...arrives(listTools), body: { members: { auth: null, body: listTools } } },
  ],
  [
    'anonymous-tool',
    'a tool that is open to all needs no token',
    ['MCP-2026-07-28-RS-001'],
    ask(callTool('help'), undefined),
    arrives(callTool('help')),
  ],
  [
    'anonymous-with-token',
    'an operation that is open to all runs with a token that has no scope',
    ['MCP-2026-07-28-RS-001'],
    ask(listTools, 'other'),
    arrives(listTools),
  ],
  [
    'anonymous-other',
    'what is not open to all asks for a token, and for all scopes together',
    ['RFC6750-3.1-04', 'MCP-2026-07-28-RS-008'],
    ask(callTool('write'), undefined),
    loginFor('notes:read', 'notes:write'),
  ],
  [
    'anonymous-batch',
    'one open request in a batch does not open the others',
    judged,
    ask([listTools, callTool('write')], undefined),
    loginFor('notes:read', 'notes:write'),
  ],
  ['anonymous-empty-batch', 'an empty batch is not open', judged, ask([], undefined), loginFor('notes:read')],
  [
    'anonymous-get',
    'a request without a body is not open',
    ['MCP-2026-07-28-RS-044'],
    { method: 'GET', target: '/mcp' },
    loginFor('notes:read'),
  ],
  [
    'not-json',
    'a body that is not JSON is refused without a challenge',
    judged,
    ask({}, 'notes:read', { body: { type: 'application/json', text: '{"jsonrpc":' } }),
    unreadable,
  ],
  [
    'no-target',
    'a call that names no tool is not let through',
    judged,
    ask({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: {} }, 'notes:read'),
    unreadable,
  ],
  [
    'target-number',
    'a tool name that is not a string is not let through',
    judged,
    ask(callTool(1), 'notes:read'),
    unreadable,
  ],
  [
    'target-list',
    'a list instead of a tool name is not let through',
    judged,
    ask(callTool(['purge']), 'notes:read'),
    unreadable,
  ],
  [
    'method-number',
    'a method that is not a string is not let through',
    judged,
    ask({ jsonrpc: '2.0', id: 1, method: 1 }, 'notes:read'),
    unreadable,
  ],
  [
    'nested-batch',
    'a batch in a batch is not let through',
    judged,
    ask([[callTool('purge')]], 'notes:read'),
    unreadable,
  ],
  [
    'text-body',
    'a JSON string instead of a request is not let through',
    judged,
    ask('tools/call', 'notes:read'),
    unreadable,
  ],
  [
    'too-large',
    'a body beyond the limit is refused',
    judged,
    ask({ ...listTools, padding: 'x'.repeat(3000) }, 'notes:read'),
    { status: 413, handlerRan: false },
  ],
  [
    'encoded',
    'a compressed body is not let through unread',
    judged,
    ask({}, 'notes:read', {
      headers: [['Content-Encoding', 'gzip']],
      body: { type: 'application/json', text: '\u001f\u008b\b' },
    }),
    { status: [400, 415], handlerRan: false },
  ],
  [
    'twice-named',
    'what was judged is what runs, however often a member is named',
    judged,
    ask({}, 'notes:read', {
      body: {
        type: 'application/json',
        text: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"purge","name":"search","arguments":{}}}',
      },
    }),
    arrives(callTool('search')),
  ],
  [
    'twice-named-refused',
    'the member that counts is the one that is judged',
    judged,
    ask({}, 'notes:read', {
      body: {
        type: 'application/json',
        text: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","name":"write","arguments":{}}}',
      },
    }),
    insufficientScope('notes:read', 'notes:write'),
  ],
];

/** Scopes that depend on what the body of a request asks for. */
export const operationCases: readonly ConformanceCase[] = [
  ...rows.map(([id, title, requirements, request, expect]): ConformanceCase => ({
    id: `operation-${id}`,
    title,
    requirements,
    profile: 'operations',
    request,
    expect,
  })),
  {
    id: 'operation-anonymous-bad-token',
    title: 'a bad token is refused even where none is needed',
    requirements: ['MCP-2026-07-28-RS-017'],
    profile: 'operations',
    request: { ...ask(listTools, 'notes:read'), token: { spoil: 'flip-signature' } },
    expect: invalidToken,
  },
];
