import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { RequestSpec } from '../request-spec.js';
import { allowed, insufficientScope } from './case-parts.js';
import { arrives, ask, callTool, jsonBody, loginFor } from './operations-parts.js';

type Body = NonNullable<RequestSpec['body']>;

const purge = JSON.stringify(callTool('purge'));
const purgeScopes = insufficientScope('notes:read', 'notes:write', 'notes:purge');

const noStore = { 'cache-control': { lists: ['no-store'] } } as const;

/** Told in the words of JSON-RPC that this is not a request. */
const unreadable: Expectation = {
  status: 400,
  headers: noStore,
  body: { members: { jsonrpc: '2.0', id: null }, matches: '"code":-32[67]00' },
  handlerRan: false,
};
const unsupported: Expectation = { ...unreadable, status: 415 };
const notToBeJudged: Expectation = { ...unreadable, body: { ...unreadable.body, matches: '"code":-32600' } };

/** Not let through: told to be no request, of no readable type or coding, or judged as what it says. */
const notLetThrough: Expectation = { status: [400, 403, 415], challenge: 'maybe', handlerRan: false };

function json(text: string): Body {
  return { type: 'application/json', text };
}

/** `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"purge","arguments":{}}}`, gzip. */
const gzipped =
  'H4sIAAAAAAAAAxXJNw7AIBAAwb9sjZzK+80JkINIIlQWf7c87bw8LadaLMKxbBhuh+yG6PuVHULPObTVaggYilaNDXlJGj1CGfX0GLSeI/rU/5tzfvmb3xVXAAAA';

/** A call whose argument is this number, written out. */
const withAmount = (number: string) =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"amount":${number}}}}`;

type BodyRow = readonly [
  id: string,
  title: string,
  body: Body,
  scope: string | undefined,
  expect: Expectation,
  more?: Partial<RequestSpec>,
];

const rows: readonly BodyRow[] = [
  ['chunked', 'a body in chunks is judged', { ...json(purge), chunked: true }, 'notes:read', purgeScopes],
  [
    'chunked-enough',
    'a body in chunks arrives',
    { ...json(purge), chunked: true },
    'notes:read notes:write notes:purge',
    arrives(callTool('purge')),
  ],
  [
    'chunked-too-large',
    'a body in chunks beyond the limit is answered, not cut off',
    { ...jsonBody({ ...callTool('search'), padding: 'x'.repeat(6000) }), chunked: true },
    'notes:read',
    { status: 413, headers: noStore, handlerRan: false },
  ],
  [
    'chunked-far-too-large',
    'nor is one of half a megabyte',
    { ...jsonBody({ ...callTool('search'), padding: 'x'.repeat(500_000) }), chunked: 50_000 },
    'notes:read',
    { status: 413, headers: noStore, handlerRan: false },
  ],
  [
    'nested',
    'five thousand levels are told to be too many',
    json(`{"jsonrpc":"2.0","id":1,"method":"tools/list","params":${'['.repeat(900)}${']'.repeat(900)}}`),
    'notes:read',
    notToBeJudged,
  ],
  [
    'nested-no-token',
    'to callers without a token as well, once they have one',
    json(`{"jsonrpc":"2.0","id":1,"method":"tools/list","params":${'['.repeat(900)}${']'.repeat(900)}}`),
    undefined,
    loginFor('notes:read'),
  ],
  ...(
    [
      ['infinite', '1e999'],
      ['digits', '9007199254740993'],
      ['vanishing', '1e-999'],
    ] as const
  ).map(([id, number]): BodyRow => [
    `number-${id}`,
    `a number that would be another one for whoever reads the body again is refused: ${number}`,
    json(withAmount(number)),
    'notes:read',
    notToBeJudged,
  ]),
  [
    'number-zero',
    'of -0, the handler gets the 0 that is left of it when it is written again',
    json(withAmount('-0')),
    'notes:read',
    arrives({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'search', arguments: { amount: 0 } },
    }),
  ],
  [
    'identity',
    'a coding that changes nothing is accepted',
    jsonBody(callTool('search')),
    'notes:read',
    arrives(callTool('search')),
    { headers: [['Content-Encoding', 'identity']] },
  ],
  [
    'no-token-large',
    'a caller without a token has little space, and is asked for one beyond it',
    jsonBody({ jsonrpc: '2.0', id: 1, method: 'tools/list', padding: 'x'.repeat(1000) }),
    undefined,
    loginFor('notes:read'),
  ],
  ['empty', 'a call without a body is not let through', json(''), 'notes:read', unreadable],
  ['blank', 'a body of spaces is not let through', json('  \n '), 'notes:read', unreadable],
  ['malformed', 'what is not JSON is not let through', json('{"method":'), 'notes:read', unreadable],
  [
    'two',
    'two requests without a list around them are not let through',
    json(purge + purge),
    'notes:read',
    notLetThrough,
  ],
  ['null', 'null is not let through', json('null'), 'notes:read', notLetThrough],
  ['number', 'a number is not let through', json('1'), 'notes:read', notLetThrough],
  ['byte-order-mark', 'a byte order mark hides nothing', json(`\ufeff${purge}`), 'notes:read', unreadable],
  [
    'not-utf-8',
    'a body in UTF-16 hides nothing',
    { type: 'application/json', encoding: 'base64', text: toBase64Utf16(purge) },
    'notes:read',
    unreadable,
  ],
  [
    'gzip',
    'a compressed body hides nothing',
    { type: 'application/json', encoding: 'base64', text: gzipped },
    'notes:read',
    unsupported,
    { headers: [['Content-Encoding', 'gzip']] },
  ],
  ...(['br', 'identity, gzip', 'gzip, identity', 'x-none'] as const).map(
    (coding) =>
      [
        `coding-${coding.replace(', ', '-')}`,
        `a body with the coding ${coding} is told that it cannot be read`,
        jsonBody(callTool('search')),
        'notes:read',
        unsupported,
        { headers: [['Content-Encoding', coding]] },
      ] as const,
  ),
  [
    'identity-case',
    'names of codings are compared without regard to case',
    jsonBody(callTool('search')),
    'notes:read',
    arrives(callTool('search')),
    { headers: [['Content-Encoding', 'IDENTITY']] },
  ],
  [
    'broken-utf-8',
    'bytes that are not UTF-8 are not repaired',
    {
      type: 'application/json',
      encoding: 'base64',
      text: Buffer.from(JSON.stringify(callTool('search\u00ff')), 'latin1').toString('base64'),
    },
    'notes:read',
    unreadable,
  ],
  [
    'delete-empty',
    'a session can be ended: no body is needed for that',
    { type: 'application/json', text: '' },
    'notes:read',
    allowed,
    { method: 'DELETE' },
  ],
  [
    'delete-empty-chunked',
    'nor does it matter how none is sent',
    { type: 'application/json', text: '', chunked: true },
    'notes:read',
    allowed,
    { method: 'DELETE' },
  ],
  [
    'gzip-unannounced',
    'a compressed body that does not say so is not let through',
    { type: 'application/json', encoding: 'base64', text: gzipped },
    'notes:read',
    notLetThrough,
  ],
  [
    'plain-text',
    'a body of another type hides nothing',
    { type: 'text/plain', text: purge },
    'notes:read',
    unsupported,
  ],
  [
    'form',
    'a body in the type of forms hides nothing',
    { type: 'application/x-www-form-urlencoded', text: purge },
    'notes:read',
    unsupported,
  ],
  [
    'json-parameters',
    'a body whose type has parameters is judged',
    { type: 'application/json; charset=utf-8', text: purge },
    'notes:read',
    purgeScopes,
  ],
  [
    'delete',
    'another method with a body is judged by it',
    json(purge),
    'notes:read',
    purgeScopes,
    { method: 'DELETE' },
  ],
  [
    'put',
    'any method with a body is judged by it',
    json(purge),
    'notes:read',
    purgeScopes,
    { method: 'PUT' },
  ],
  [
    'method-twice',
    'of a method that is named twice the one that runs is judged',
    json(
      '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"name":"purge","arguments":{}},"method":"tools/call"}',
    ),
    'notes:read',
    purgeScopes,
  ],
  [
    'params-twice',
    'of params that are named twice those that run are judged',
    json(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search"},"params":{"name":"purge","arguments":{}}}',
    ),
    'notes:read',
    purgeScopes,
  ],
  [
    'escaped',
    'a name in escape sequences is the name',
    json(
      '{"jsonrpc":"2.0","id":1,"method":"tools\\/call","params":{"\\u006eame":"p\\u0075rge","arguments":{}}}',
    ),
    'notes:read',
    purgeScopes,
  ],
  [
    'params-proto',
    'params under __proto__ are none',
    json('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"__proto__":{"name":"search"}}}'),
    'notes:read',
    { status: 400, handlerRan: false },
  ],
  [
    'name-proto',
    'a name under __proto__ does not hide the other',
    json(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"purge","__proto__":{"name":"search"}}}',
    ),
    'notes:read',
    notLetThrough,
  ],
  [
    'method-proto',
    'a method under __proto__ opens nothing',
    json(
      '{"__proto__":{"method":"tools/list"},"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"purge"}}',
    ),
    'notes:read',
    notLetThrough,
  ],
  [
    'other-names',
    'names in other places do not matter',
    json(
      '{"jsonrpc":"2.0","id":1,"name":"search","method":"tools/call","Method":"tools/list","params":{"name":"purge","Name":"search","arguments":{"name":"search"}}}',
    ),
    'notes:read',
    purgeScopes,
  ],
  [
    'notification',
    'a call without an identifier is judged',
    jsonBody({ jsonrpc: '2.0', method: 'tools/call', params: { name: 'purge' } }),
    'notes:read',
    purgeScopes,
  ],
  [
    'large-batch',
    'a batch of more requests than anybody sends is not let through',
    json(`[${Array.from({ length: 150 }, () => '{"id":1}').join()}]`),
    'notes:read',
    notLetThrough,
  ],
  [
    'text-kept',
    'what is not ASCII arrives as it was sent',
    jsonBody({ ...callTool('search'), note: 'Grüße, 世界 \ud83d\ude00' }),
    'notes:read',
    arrives({ ...callTool('search'), note: 'Grüße, 世界 \ud83d\ude00' }),
  ],
  [
    'response',
    'a response from the client needs the scopes of the route',
    jsonBody({ jsonrpc: '2.0', id: 1, result: {} }),
    'other',
    insufficientScope('notes:read'),
  ],
  [
    'response-enough',
    'a response from the client arrives',
    jsonBody({ jsonrpc: '2.0', id: 1, result: {} }),
    'notes:read',
    allowed,
  ],
];

function toBase64Utf16(text: string): string {
  return Buffer.from(`\ufeff${text}`, 'utf16le').toString('base64');
}

/** Bodies in every state: what is judged is what runs, and what cannot be judged does not run. */
export const operationBodyCases: readonly ConformanceCase[] = rows.map(
  ([id, title, body, scope, expect, more]): ConformanceCase => ({
    id: `operation-body-${id}`,
    title,
    requirements: ['MCP-2026-07-28-RS-030', 'MCP-2026-07-28-RS-021'],
    profile: 'operations',
    request: ask(body, scope, more),
    expect,
  }),
);
