import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { JsonObject } from '../json.js';
import { listMatrixMethods, type MatrixMethod, withHandle } from '../matrix/list-matrix-methods.js';
import type { RequestSpec } from '../request-spec.js';
import { allowed, call, insufficientScope, withoutError } from './case-parts.js';
import { callTool, jsonBody, newest, notFound } from './operations-parts.js';

const requirements = ['MCP-2026-07-28-RS-030', 'MCP-2026-07-28-RS-021'] as const;

const all = 'notes:read notes:high notes:kept';
const placeholder = '{handle}';

/** Dropped: nothing runs, and nothing is said. */
const dropped: Expectation = {
  status: 202,
  headers: { 'www-authenticate': { absent: true } },
  body: { empty: true },
  handlerRan: false,
};

function send(message: JsonObject, scope: string, sub = 'user-1'): RequestSpec {
  return { ...call({ claims: { scope, sub } }), headers: newest, body: jsonBody(message) };
}

function toCase(
  name: string,
  column: string,
  title: string,
  rest: Pick<ConformanceCase, 'request' | 'expect' | 'before'>,
) {
  return {
    id: `matrix-${name.replaceAll('/', '-')}-${column}`,
    title: `${name}: ${title}`,
    requirements,
    profile: 'matrix',
    ...rest,
  } satisfies ConformanceCase;
}

/** What a method needs that only servers send: nobody can ask a server for it. */
function unknown({ kind }: MatrixMethod): Expectation {
  return kind === 'request' ? notFound(-32_601, 404) : dropped;
}

function columnsOf(method: MatrixMethod): readonly ConformanceCase[] {
  const { name, kind, from, message } = method;
  const isOfServers = from === 'server';
  const arrives = isOfServers ? unknown(method) : allowed;
  const tooLittle = isOfServers
    ? // No scope helps
      { scope: 'notes:other', expect: arrives }
    : kind === 'request'
      ? { scope: 'notes:read notes:kept', expect: insufficientScope('notes:read', 'notes:high') }
      : { scope: 'notes:other', expect: insufficientScope('notes:read') };
  return [
    toCase(name, 'no-token', 'without a token there is a login, and nothing else', {
      request: { ...send(message, ''), authorization: [] },
      expect: withoutError,
    }),
    toCase(name, 'lower-scope', 'a token with too little gets nothing, and is told what helps', {
      request: send(message, tooLittle.scope),
      expect: tooLittle.expect,
    }),
    toCase(
      name,
      'enough',
      isOfServers ? 'which servers alone send, is unknown to one' : 'a token with enough gets through',
      { request: send(message, all), expect: arrives },
    ),
    toCase(name, 'other-principal', 'whoever comes next over the same connection is somebody else', {
      before: [{ request: send(message, all), expect: arrives }],
      request: send(message, all, 'user-2'),
      expect: isOfServers ? arrives : { ...allowed, auth: { subject: 'user-2' } },
    }),
    ...handleColumns(method),
  ];
}

/** A handle that was given to one caller comes back from another. */
function handleColumns(method: MatrixMethod): readonly ConformanceCase[] {
  const message = withHandle(method, placeholder);
  if (message === undefined || method.from === 'server') return [];
  const before = [{ request: send(callTool('search'), all), expect: allowed }];
  const found = (isFound: boolean): Expectation => ({ ...allowed, body: { members: { found: isFound } } });
  const altered = withHandle(method, `${placeholder}A`) ?? message;
  const rows = [
    ['own-handle', 'a handle opens for the caller who got it', message, all, 'user-1', true],
    ['other-handle', 'a handle does not open for another principal', message, all, 'user-2', false],
    [
      'weak-handle',
      'a handle does not open for a token that does not cover its needs',
      message,
      'notes:read notes:high',
      'user-1',
      false,
    ],
    ['altered-handle', 'an altered handle opens for nobody', altered, all, 'user-1', false],
  ] as const;
  return rows.map(([column, title, sent, scope, sub, isFound]) =>
    toCase(method.name, column, title, { before, request: send(sent, scope, sub), expect: found(isFound) }),
  );
}

/** Every method of the table, with no token, too little, enough, and after somebody else: generated, so that none is left out. */
export const matrixCases: readonly ConformanceCase[] = listMatrixMethods().flatMap(columnsOf);
