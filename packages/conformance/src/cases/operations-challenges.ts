import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { JsonObject, JsonValue } from '../json.js';
import type { ProfileName } from '../profiles/profiles.js';
import type { RequestSpec } from '../request-spec.js';
import { insufficientScope, invalidToken } from './case-parts.js';
import { arrives, ask, callTool, jsonBody, loginFor, notFound } from './operations-parts.js';

/** The result of the call, with the challenge that HTTP would have in its header. */
const challengedInResult = (id: JsonValue, words: string, challenge: string): Expectation => ({
  status: 200,
  headers: {
    'www-authenticate': { absent: true },
    'content-type': { matches: '^application/json' },
    'cache-control': { lists: ['no-store'] },
  },
  body: {
    exactly: {
      jsonrpc: '2.0',
      id,
      result: {
        resultType: 'complete',
        isError: true,
        content: [{ type: 'text', text: words }],
        _meta: { 'mcp/www_authenticate': [challenge] },
      },
    },
  },
  handlerRan: false,
});

const url = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';
const noToken = 'This resource requires an access token';
const tooLittle = 'The access token does not cover this operation';

const loginInResult = (id: JsonValue = 1): Expectation =>
  challengedInResult(
    id,
    noToken,
    `Bearer error="invalid_token", error_description="${noToken}", scope="notes:read notes:write", resource_metadata="${url}"`,
  );
const scopeInResult = challengedInResult(
  1,
  tooLittle,
  `Bearer error="insufficient_scope", error_description="${tooLittle}", scope="notes:read notes:write", resource_metadata="${url}"`,
);

const purgeInResult = challengedInResult(
  1,
  tooLittle,
  `Bearer error="insufficient_scope", error_description="${tooLittle}", scope="notes:read notes:purge", resource_metadata="${url}"`,
);

const protectedTool = callTool('write');
const setLevel: JsonObject = { jsonrpc: '2.0', id: 1, method: 'logging/setLevel', params: { level: 'info' } };
const initialize: JsonObject = { jsonrpc: '2.0', id: 1, method: 'initialize', params: {} };

/** A call of a client that declares what it can do, as MCP 2026-07-28 has it. */
const callFrom = (capabilities: JsonObject): JsonObject => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: {
    name: 'write',
    _meta: { 'io.modelcontextprotocol/clientCapabilities': capabilities },
  },
});

interface Row {
  readonly id: string;
  readonly title: string;
  readonly body: JsonValue;
  readonly expect: Expectation;
  /** Default: none. */
  readonly scope?: string;
  readonly profile?: ProfileName;
  readonly more?: Partial<RequestSpec>;
}

const rows: readonly Row[] = [
  {
    id: 'by-default-login',
    title: 'by default a protected tool on the URL of public ones is a 401 for a client without a token',
    body: protectedTool,
    expect: loginFor('notes:read', 'notes:write'),
    profile: 'operations-challenges-http',
  },
  {
    id: 'by-default-scope',
    title: 'and a 403 for one with too little scope',
    body: protectedTool,
    scope: 'notes:read',
    expect: insufficientScope('notes:read', 'notes:write'),
    profile: 'operations-challenges-http',
  },
  {
    id: 'login',
    title: 'where the owner says so, a client without a token is asked for one in the result of its call',
    body: protectedTool,
    expect: loginInResult(),
  },
  {
    id: 'login-id',
    title: 'under the id of its request',
    body: { ...protectedTool, id: 'call-7' },
    expect: loginInResult('call-7'),
  },
  {
    id: 'scope',
    title: 'and one with too little scope is told which, as HTTP would tell it',
    body: protectedTool,
    scope: 'notes:read',
    expect: scopeInResult,
  },
  {
    id: 'bad-token',
    title: 'a bad token stays a 401: no body is read for it',
    body: protectedTool,
    scope: 'notes:read',
    expect: invalidToken,
    more: { token: { spoil: 'flip-signature' } },
  },
  {
    id: 'method',
    title: 'and so does any other method without a token',
    body: setLevel,
    expect: loginFor('admin', 'notes:read'),
  },
  {
    id: 'method-scope',
    title: 'or with too little scope',
    body: setLevel,
    scope: 'notes:read',
    expect: insufficientScope('admin', 'notes:read'),
  },
  {
    id: 'batch',
    title: 'and a call in a batch',
    body: [protectedTool],
    expect: loginFor('notes:read', 'notes:write'),
  },
  {
    id: 'task',
    title: 'and a call that is to be answered with a task',
    body: { ...protectedTool, params: { name: 'write', task: { ttl: 60_000 } } },
    expect: loginFor('notes:read', 'notes:write'),
  },
  {
    id: 'unknown',
    title: 'a tool that does not exist is told as ever',
    body: callTool('unknown'),
    scope: 'notes:read',
    expect: notFound(-32_602),
  },
  {
    id: 'undeclared',
    title: 'where the capability of the client decides, one without it gets the 403',
    body: callFrom({ extensions: { 'com.example/other': {} } }),
    scope: 'notes:read',
    expect: insufficientScope('notes:read', 'notes:write'),
    profile: 'operations-challenges-declared',
  },
  {
    id: 'declared',
    title: 'and one that declares it gets the result',
    body: callFrom({ extensions: { 'com.example/tool-challenges': {} } }),
    scope: 'notes:read',
    expect: scopeInResult,
    profile: 'operations-challenges-declared',
  },
  {
    id: 'in-handler',
    title: 'what a handler demands while it works is told in the same form',
    body: protectedTool,
    scope: 'notes:read',
    expect: {
      ...purgeInResult,
      headers: { ...purgeInResult.headers, 'x-front': { is: 'kept' } },
      handlerRan: true,
    },
    profile: 'handler-demands-in-result',
  },
  {
    id: 'public',
    title: 'the public tool runs without a token',
    body: callTool('search'),
    expect: arrives(callTool('search')),
  },
  { id: 'handshake', title: 'and so does what comes before', body: initialize, expect: arrives(initialize) },
  {
    id: 'covered',
    title: 'the protected one runs with a token that covers it',
    body: protectedTool,
    scope: 'notes:read notes:write',
    expect: arrives(protectedTool),
  },
];

/** Public and protected tools on one URL, and the two forms of a challenge. */
export const operationChallengeCases: readonly ConformanceCase[] = rows.map(
  ({ id, title, body, expect, scope, profile = 'operations-challenges', more }): ConformanceCase => ({
    id: `operation-challenge-${id}`,
    title,
    requirements: ['MCP-2026-07-28-RS-021', 'MCP-2026-07-28-RS-030'],
    profile,
    request: ask(jsonBody(body), scope, more),
    expect,
  }),
);
