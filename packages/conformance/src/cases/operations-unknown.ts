import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { JsonObject, JsonValue } from '../json.js';
import type { RequestSpec } from '../request-spec.js';
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

const unknownMethod = { jsonrpc: '2.0', id: 1, method: 'notes/erase-all', params: { name: 'search' } };
const older = { headers: [['MCP-Protocol-Version', '2025-11-25']] } as const;

function request(method: string, params: JsonObject = {}): JsonObject {
  return { jsonrpc: '2.0', id: 1, method, params };
}

function notification(method: string): JsonObject {
  return { jsonrpc: '2.0', method };
}

/** Dropped: nothing runs, and nothing is said. */
const dropped: Expectation = {
  status: 202,
  headers: { 'www-authenticate': { absent: true } },
  body: { empty: true },
  handlerRan: false,
};

type Row = readonly [
  id: string,
  title: string,
  operation: JsonValue,
  scope: string | undefined,
  expect: Expectation,
  more?: Partial<RequestSpec>,
];

const rows: readonly Row[] = [
  [
    'method',
    'a method that no revision has is answered as one that does not exist',
    unknownMethod,
    'notes:read',
    notFound(-32_601, 404),
  ],
  [
    'method-earlier',
    'to clients of earlier revisions, for whom 404 means a lost session, with status 200',
    unknownMethod,
    'notes:read',
    notFound(-32_601),
    older,
  ],
  [
    'method-of-servers',
    'a method that only servers send is none that a server has',
    request('sampling/createMessage'),
    'notes:read',
    notFound(-32_601, 404),
  ],
  [
    'method-refused',
    'a method that is refused cannot be told from one that does not exist',
    request('prompts/list'),
    'notes:read',
    notFound(-32_601, 404),
  ],
  [
    'method-named',
    'a method that its owner names is let through',
    request('vendor/act'),
    'notes:read',
    arrives(request('vendor/act')),
  ],
  [
    'method-inherited',
    'a method named as objects have members is none',
    request('constructor'),
    'notes:read',
    notFound(-32_601, 404),
  ],
  [
    'method-case',
    'another spelling is another method',
    request('Tools/call', { name: 'search' }),
    'notes:read',
    notFound(-32_601, 404),
  ],
  [
    'method-no-token',
    'without a token nobody learns what exists',
    unknownMethod,
    undefined,
    loginFor('notes:read'),
  ],
  ['tool', 'a tool that nobody names does not exist', callTool('erase'), 'notes:read', notFound(-32_602)],
  [
    'tool-refused',
    'a tool that is refused cannot be told from it',
    callTool('retired'),
    'notes:read notes:write',
    notFound(-32_602),
  ],
  [
    'tool-no-token',
    'without a token nobody learns which tools exist',
    callTool('erase'),
    undefined,
    loginFor('notes:read'),
  ],
  [
    'tool-named',
    'a tool that is named is called',
    callTool('search'),
    'notes:read',
    arrives(callTool('search')),
  ],
  [
    'prompt',
    'a prompt that nobody names does not exist',
    getPrompt('other'),
    'notes:read',
    notFound(-32_602),
  ],
  [
    'resource',
    'a resource that nobody names does not exist',
    readResource('notes://other/1'),
    'notes:read',
    notFound(-32_602),
  ],
  [
    'resource-earlier',
    'clients of earlier revisions are told so in the code of their revision',
    readResource('notes://other/1'),
    'notes:read',
    notFound(-32_002),
    older,
  ],
  [
    'notification',
    'a notification that no revision has is dropped',
    notification('notifications/erase-all'),
    'notes:read',
    dropped,
  ],
  [
    'notification-no-token',
    'which takes a token',
    notification('notifications/erase-all'),
    undefined,
    loginFor('notes:read'),
  ],
  [
    'notification-known',
    'a notification that clients send arrives',
    notification('notifications/cancelled'),
    'notes:read',
    arrives(notification('notifications/cancelled')),
  ],
  [
    'listen',
    'whoever may not read a resource may not listen to it either',
    request('subscriptions/listen', {
      notifications: { resourceSubscriptions: ['notes://items/1', 'notes://vault/key'] },
    }),
    'notes:read',
    insufficientScope('notes:read', 'notes:private'),
  ],
  [
    'listen-unknown',
    'nor to one that does not exist',
    request('subscriptions/listen', { notifications: { resourceSubscriptions: ['notes://other/1'] } }),
    'notes:read',
    notFound(-32_602),
  ],
  [
    'listen-enough',
    'with the scopes of all of them it is let through',
    request('subscriptions/listen', { notifications: { resourceSubscriptions: ['notes://vault/key'] } }),
    'notes:read notes:private',
    arrives(
      request('subscriptions/listen', { notifications: { resourceSubscriptions: ['notes://vault/key'] } }),
    ),
  ],
  [
    'listen-nothing',
    'listening to lists alone needs the scopes of the route',
    request('subscriptions/listen', { notifications: { toolsListChanged: true } }),
    'notes:read',
    arrives(request('subscriptions/listen', { notifications: { toolsListChanged: true } })),
  ],
  [
    'listen-malformed',
    'a subscription that is not a list of URIs is not let through',
    request('subscriptions/listen', { notifications: { resourceSubscriptions: 'notes://vault/key' } }),
    'notes:read',
    { status: 400, handlerRan: false },
  ],
  [
    'complete-prompt',
    'completing arguments of a prompt needs what the prompt needs',
    request('completion/complete', { ref: { type: 'ref/prompt', name: 'plan' } }),
    'notes:read',
    insufficientScope('notes:read', 'notes:plan'),
  ],
  [
    'complete-template',
    'completing a resource template needs what its resources need',
    request('completion/complete', { ref: { type: 'ref/resource', uri: 'file:///private/{+path}' } }),
    'notes:read',
    insufficientScope('notes:read', 'notes:private'),
  ],
  [
    'complete-unknown',
    'of a prompt that does not exist nothing is completed',
    request('completion/complete', { ref: { type: 'ref/prompt', name: 'other' } }),
    'notes:read',
    notFound(-32_602),
  ],
  [
    'complete-malformed',
    'what names neither prompt nor resource is not let through',
    request('completion/complete', { ref: { type: 'ref/tool', name: 'search' } }),
    'notes:read',
    { status: 400, handlerRan: false },
  ],
  [
    'batch',
    'one request for what does not exist refuses its batch, each request with an error',
    [callTool('search'), { ...callTool('erase'), id: 'b' }],
    'notes:read',
    {
      status: 200,
      body: {
        matches: '"id":1,"error":\\{"code":-32600.*"id":"b","error":\\{"code":-32602',
        lacks: '"auth"',
      },
      handlerRan: false,
    },
    older,
  ],
  [
    'batch-notification',
    'and so does a notification that no revision has',
    [callTool('search'), notification('notifications/erase-all')],
    'notes:read',
    { status: 200, body: { matches: '"id":1,"error":', lacks: '"auth"' }, handlerRan: false },
    older,
  ],
  [
    'batch-response',
    'an answer does not ride into the server in a batch without a token',
    [request('tools/list'), { jsonrpc: '2.0', id: 7, result: { roots: [] } }],
    undefined,
    loginFor('notes:read'),
    older,
  ],
  [
    'batch-courtesies',
    'what clients tell along with requests that are open to all needs no token either',
    [
      request('tools/list'),
      notification('notifications/initialized'),
      notification('notifications/progress'),
    ],
    undefined,
    arrives([
      request('tools/list'),
      notification('notifications/initialized'),
      notification('notifications/progress'),
    ]),
    older,
  ],
  [
    'batch-courtesies-alone',
    'alone they are not open',
    [notification('notifications/initialized')],
    undefined,
    loginFor('notes:read'),
    older,
  ],
];

const future: readonly Row[] = [
  [
    'method',
    'with a rule for all others, methods of the future need what it says',
    unknownMethod,
    'other',
    insufficientScope('notes:future'),
  ],
  ['method-enough', 'and are let through with that', unknownMethod, 'notes:future', arrives(unknownMethod)],
  ['method-named', 'a method that is named does not', request('ping'), 'other', arrives(request('ping'))],
];

function toCase(profile: ConformanceCase['profile'], prefix: string) {
  return ([id, title, operation, scope, expect, more]: Row): ConformanceCase => ({
    id: `${prefix}-${id}`,
    title,
    requirements: ['MCP-2026-07-28-RS-030', 'MCP-2026-07-28-RS-021'],
    profile,
    request: ask(jsonBody(operation), scope, more),
    expect,
  });
}

/** What does not exist, is refused, or is not known to anybody. */
export const operationUnknownCases: readonly ConformanceCase[] = [
  ...rows.map(toCase('operations-closed', 'operation-unknown')),
  ...future.map(toCase('operations-future', 'operation-future')),
];
