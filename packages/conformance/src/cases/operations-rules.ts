import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { JsonObject } from '../json.js';
import { insufficientScope } from './case-parts.js';
import {
  arrives,
  ask,
  callTool,
  getPrompt,
  jsonBody,
  loginFor,
  notFound,
  readResource,
} from './operations-parts.js';

const setLevel = { jsonrpc: '2.0', id: 1, method: 'logging/setLevel', params: { level: 'debug' } } as const;
const ping = { jsonrpc: '2.0', id: 1, method: 'ping' } as const;

function subscribe(uri: string): JsonObject {
  return { jsonrpc: '2.0', id: 1, method: 'resources/subscribe', params: { uri } };
}

const rows: readonly (readonly [
  id: string,
  title: string,
  operation: JsonObject,
  scope: string | undefined,
  expect: Expectation,
])[] = [
  [
    'any-tool',
    'a tool that nobody named needs what all others need',
    callTool('x'),
    'other',
    insufficientScope('notes:write'),
  ],
  [
    'any-tool-enough',
    'a tool that nobody named runs with that',
    callTool('x'),
    'notes:write',
    arrives(callTool('x')),
  ],
  [
    'any-tool-no-token',
    'a tool that nobody named is not open to all',
    callTool('x'),
    undefined,
    loginFor('notes:write'),
  ],
  [
    'star',
    'a tool called * is one that nobody named',
    callTool('*'),
    'other',
    insufficientScope('notes:write'),
  ],
  [
    'inherited',
    'a tool named as objects have members is one that nobody named',
    callTool('constructor'),
    undefined,
    loginFor('notes:write'),
  ],
  [
    'proto',
    'a tool named __proto__ is one that nobody named',
    callTool('__proto__'),
    undefined,
    loginFor('notes:write'),
  ],
  ['spelling', 'another spelling is another tool', callTool('SEARCH'), undefined, loginFor('notes:write')],
  ['blank', 'a name with a space is another tool', callTool('search '), undefined, loginFor('notes:write')],
  [
    'mixed',
    'all of these and one of those: both are asked for',
    callTool('purge'),
    'other',
    insufficientScope('notes:write', 'notes:purge'),
  ],
  [
    'mixed-half',
    'one of those alone is not enough',
    callTool('purge'),
    'notes:manage',
    insufficientScope('notes:write', 'notes:manage'),
  ],
  [
    'mixed-enough',
    'all of these and one of those are enough',
    callTool('purge'),
    'notes:write notes:manage',
    arrives(callTool('purge')),
  ],
  ['broader', 'a broader scope stands for both', callTool('purge'), 'admin', arrives(callTool('purge'))],
  [
    'broader-beside',
    'a broader scope stands for nothing else',
    setLevel,
    'admin',
    insufficientScope('notes:log'),
  ],
  [
    'template',
    'a resource of a template',
    readResource('notes://a/7'),
    'other',
    insufficientScope('notes:read'),
  ],
  [
    'template-enough',
    'a resource of a template is read with its scope',
    readResource('notes://a/7'),
    'notes:read',
    arrives(readResource('notes://a/7')),
  ],
  [
    'templates',
    'a resource of two templates needs what both need',
    readResource('notes://a/secret'),
    'notes:read',
    insufficientScope('notes:read', 'notes:secret'),
  ],
  [
    'named-resource',
    'a named resource is not judged by templates',
    readResource('notes://open/hello'),
    undefined,
    arrives(readResource('notes://open/hello')),
  ],
  [
    'other-resource',
    'a resource of no template needs what all others need',
    readResource('notes://a/b/c'),
    'notes:read',
    insufficientScope('notes:any'),
  ],
  [
    'subscribe',
    'whoever may not read may not subscribe',
    subscribe('notes://a/7'),
    'other',
    insufficientScope('notes:read'),
  ],
  [
    'scheme',
    'a resource in capital letters is the same resource',
    readResource('NOTES://a/secret'),
    'notes:any',
    insufficientScope('notes:read', 'notes:secret', 'notes:any'),
  ],
  [
    'dots',
    'a resource by a detour is nobody’s resource',
    readResource('notes://a/b/../secret'),
    'notes:any',
    notFound(-32_602),
  ],
  [
    'tab',
    'a resource with a tab in it, which a URL parser leaves out, is nobody’s resource',
    readResource('no\ttes://a/secret'),
    'notes:any',
    notFound(-32_602),
  ],
  [
    'prompt',
    'any prompt, with a scope below another',
    getPrompt('x'),
    'notes:plan/one',
    insufficientScope('notes:plan/all'),
  ],
  [
    'prompt-enough',
    'any prompt, with a scope above another',
    getPrompt('x'),
    'notes:plan',
    arrives(getPrompt('x')),
  ],
  ['method', 'a method without a target', setLevel, 'other', insufficientScope('notes:log')],
  ['method-enough', 'a method without a target, with its scope', setLevel, 'notes:log', arrives(setLevel)],
  ['method-free', 'a method without a rule needs a token only', ping, 'other', arrives(ping)],
  ['method-no-token', 'a method without a rule is not open to all', ping, undefined, loginFor()],
];

/** Which rule an operation meets. */
export const operationRuleCases: readonly ConformanceCase[] = rows.map(
  ([id, title, operation, scope, expect]): ConformanceCase => ({
    id: `operation-rule-${id}`,
    title,
    requirements: ['MCP-2026-07-28-RS-021', 'MCP-2026-07-28-RS-026', 'MCP-2026-07-28-RS-030'],
    profile: 'operations-by-default',
    request: ask(jsonBody(operation), scope),
    expect,
  }),
);
