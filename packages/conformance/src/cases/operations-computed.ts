import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import { insufficientScope } from './case-parts.js';
import { arrives, ask, callTool, jsonBody, notFound } from './operations-parts.js';

/** An error of the server: nothing runs, and the client learns no more. */
const fault: Expectation = {
  status: 500,
  headers: { 'www-authenticate': { absent: true }, 'content-type': { matches: '^application/json' } },
  body: {
    members: { jsonrpc: '2.0', id: 1, error: { code: -32_603, message: 'Internal error' } },
    lacks: 'fault of the application',
  },
  handlerRan: false,
};

const wrong = [
  'nothing',
  'nothing-late',
  'null',
  'true',
  'false',
  'zero',
  'string',
  'object',
  'scopes',
  'anyof',
  'string-late',
  'throws',
  'rejects',
] as const;

type Row = readonly [tool: string, title: string, scope: string | undefined, expect: Expectation];

const rows: readonly Row[] = [
  ...wrong.map((tool): Row => [
    tool,
    `a rule that goes wrong (${tool}) lets nobody in, and is an error of the server`,
    'notes:read',
    fault,
  ]),
  ...(['throws', 'rejects', 'nothing'] as const).map((tool): Row => [
    tool,
    `nor does it let in a caller without a token (${tool})`,
    undefined,
    fault,
  ]),
  [
    'right',
    'a rule that is computed asks for scopes',
    'notes:read',
    insufficientScope('notes:read', 'notes:write'),
  ],
  ['right-late', 'also after a while', 'notes:read', insufficientScope('notes:read', 'notes:write')],
  ['right-late', 'and lets in with them', 'notes:read notes:write', arrives(callTool('right-late'))],
  ['open-late', 'it may open an operation to all', undefined, arrives(callTool('open-late'))],
  ['closed-late', 'or refuse it', 'notes:read', notFound(-32_602)],
];

/** Rules that are functions: what they return is checked, waited for, and never taken for more than it says. */
export const operationComputedCases: readonly ConformanceCase[] = rows.map(
  ([tool, title, scope, expect], index): ConformanceCase => ({
    id: `operation-computed-${tool}-${index}`,
    title,
    requirements: ['MCP-2026-07-28-RS-030', 'MCP-2026-07-28-RS-021'],
    profile: 'operations-computed',
    request: ask(jsonBody(callTool(tool)), scope),
    expect,
  }),
);
