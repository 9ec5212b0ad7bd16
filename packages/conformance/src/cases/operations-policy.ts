import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { JsonObject } from '../json.js';
import type { ProfileName } from '../profiles/profiles.js';
import { withoutError } from './case-parts.js';
import { arrives, ask, jsonBody, readResource } from './operations-parts.js';

const callWith = (name: string, given: JsonObject): JsonObject => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: given },
});

const noChallenge = {
  'www-authenticate': { absent: true },
  'cache-control': { lists: ['no-store'] },
} as const;

/** A JSON-RPC error for the request; the reason stays with the owner unless it is public. */
const denied = (status: number, message = 'This operation is denied by a policy'): Expectation => ({
  status,
  headers: noChallenge,
  body: {
    exactly: { jsonrpc: '2.0', id: 1, error: { code: -32_010, message } },
    ...(message === 'Over 100' ? undefined : { lacks: 'Over 100' }),
  },
  handlerRan: false,
});

/** SEP-2643: a tool error with the envelope. */
const structured: Expectation = {
  status: 200,
  headers: noChallenge,
  body: {
    exactly: {
      jsonrpc: '2.0',
      id: 1,
      result: {
        resultType: 'complete',
        isError: true,
        content: [{ type: 'text', text: 'This operation is denied by a policy' }],
        _meta: {
          'io.modelcontextprotocol/authorization': {
            reason: 'insufficient_authorization',
            remediation: 'unavailable',
          },
        },
      },
    },
  },
  handlerRan: false,
};

/** An engine that is down is nobody's fault: 503, and the token stays good. */
const unavailable = (retryAfter: string): Expectation => ({
  status: 503,
  headers: {
    'www-authenticate': { absent: true },
    'retry-after': { is: retryAfter },
    'access-control-expose-headers': { lists: ['Retry-After'] },
  },
  body: { members: { jsonrpc: '2.0', id: 1 }, matches: '"code":-32000\\b', lacks: 'engine' },
  handlerRan: false,
});

/** RFC 9470 §3. */
const anotherLogin: Expectation = {
  status: 401,
  challenge: {
    exactly: { error: 'insufficient_user_authentication', acr_values: 'mfa', max_age: '300' },
    scopes: ['notes:read'],
  },
  handlerRan: false,
};

interface Row {
  readonly id: string;
  readonly title: string;
  readonly body: JsonObject;
  readonly expect: Expectation;
  readonly profile?: ProfileName;
  /** Default: one with the scope of the route. */
  readonly token?: 'none';
}

const tooMuch = callWith('refund', { amount: 101 });
const little = callWith('refund', { amount: 100, note: 'Ünïcode' });

const rows: readonly Row[] = [
  {
    id: 'denied',
    title: 'what a rule denies by its arguments does not run, and why is the owner’s',
    body: tooMuch,
    expect: denied(200),
  },
  {
    id: 'denied-publicly',
    title: 'a public reason is told',
    body: callWith('refund-publicly', { amount: 101 }),
    expect: denied(200, 'Over 100'),
  },
  {
    id: 'denied-resource',
    title: 'a resource is denied in the same way',
    body: readResource('notes://7'),
    expect: denied(200),
  },
  {
    id: 'allowed',
    title: 'what the rule allows runs with the very arguments it saw',
    body: little,
    expect: arrives(little),
  },
  {
    id: 'denied-403',
    title: 'by option it is a 403 without a challenge, for no scope helps',
    body: tooMuch,
    expect: denied(403),
    profile: 'operations-policy-403',
  },
  {
    id: 'denied-structured',
    title: 'by option it is a tool error with the envelope of structured denials',
    body: tooMuch,
    expect: structured,
    profile: 'operations-policy-structured',
  },
  {
    id: 'denied-without-token',
    title: 'a caller without a token is asked for one',
    body: tooMuch,
    expect: { ...withoutError, body: { lacks: 'Over 100' } },
    token: 'none',
  },
  {
    id: 'down',
    title: 'an engine that is down lets nobody in: 503',
    body: callWith('down', {}),
    expect: unavailable('7'),
  },
  {
    id: 'down-without-token',
    title: 'and gives no 401 for a caller without a token',
    body: callWith('down', {}),
    expect: unavailable('7'),
    token: 'none',
  },
  {
    id: 'slow',
    title: 'nor does one that does not answer in time',
    body: callWith('slow', {}),
    expect: unavailable('5'),
  },
  { id: 'login', title: 'a rule may want another login', body: callWith('close', {}), expect: anotherLogin },
];

/** Rules that decide by arguments, and engines that do not answer: an answer that clients read, and never a pass. */
export const operationPolicyCases: readonly ConformanceCase[] = rows.map(
  ({ id, title, body, expect, profile = 'operations-policy', token }): ConformanceCase => ({
    id: `operation-policy-${id}`,
    title,
    requirements: ['MCP-2026-07-28-RS-030', 'MCP-2026-07-28-RS-021'],
    profile,
    request: ask(jsonBody(body), token === 'none' ? undefined : 'notes:read'),
    expect,
  }),
);
