import type { HeaderList, RefuseDecision } from '../http/answer.js';
import type { DeniedOperation, Refusal, Verdict } from '../operation/verdict.js';
import type { Message } from '../operation/operation.js';
import { isBefore20260728 } from '../scopes/scope-requirement.js';
import type { BodyProblemKind } from '../http/json-body.js';
import { freezeRefusal } from './refusals.js';

const headers: HeaderList = [
  ['Content-Type', 'application/json'],
  ['Cache-Control', 'no-store'],
];

/** JSON-RPC 2.0 §5.1 codes, so that an MCP client reads the answer as one to its request. */
function refuse(status: number, code: number, message: string, extra: HeaderList = []): RefuseDecision {
  const body = JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } });
  return freezeRefusal({ kind: 'refuse', status, headers: [...headers, ...extra], body });
}

const close: HeaderList = [['Connection', 'close']];

const refusals: Readonly<Record<BodyProblemKind, RefuseDecision>> = {
  empty: refuse(400, -32_700, 'The request has no body'),
  'not-json': refuse(400, -32_700, 'The body is not JSON'),
  // The rest of the body stays unread, so the connection cannot be used again (RFC 9112 §9.3)
  'too-large': refuse(413, -32_600, 'The body is larger than this resource accepts', close),
  'too-many-chunks': refuse(400, -32_600, 'The body comes in too many small pieces', close),
  'too-slow': refuse(408, -32_600, 'The body did not come in time', close),
  aborted: refuse(400, -32_600, 'The body is not complete', close),
  'too-complex': refuse(400, -32_600, 'The body is nested too deeply or holds too many values'),
  'inexact-number': refuse(
    400,
    -32_600,
    'The body holds a number that cannot be kept exactly. Write it as a string',
  ),
  'wrong-type': refuse(415, -32_600, 'The body must be JSON, with Content-Type: application/json'),
  encoded: refuse(415, -32_600, 'A body with a content coding is not accepted', [
    ['Accept-Encoding', 'identity'],
  ]),
  busy: refuse(503, -32_000, 'This resource is reading too many bodies at the same time. Try again', [
    ['Retry-After', '1'],
    ['Access-Control-Expose-Headers', 'Retry-After'],
  ]),
};

/** The answer for a body that cannot be judged. It says nothing about authorization, so it carries no challenge. */
export function refuseBody(kind: BodyProblemKind): RefuseDecision {
  return refusals[kind];
}

/** The body is JSON, but no request in it can be told. */
export const refuseMalformedRequest = refuse(
  400,
  -32_600,
  'The body is not a JSON-RPC request that can be authorized',
);

/** The messages of one body, as far as they are answered. */
export interface AnsweredBody {
  readonly messages: readonly Message[];
  readonly isBatch: boolean;
}

/**
 * How a client is told that a rule denies what it asks for. `json-rpc`: an error for its request, with HTTP status 200, which all clients
 * read. `http-403`: the same error with status 403, and no challenge, for no scope helps. `sep-2643`: a tool's denial is a tool error with
 * the envelope of structured denials (a draft); all else as `json-rpc`.
 */
export type DenialForm = 'json-rpc' | 'http-403' | 'sep-2643';

/** What a JSON-RPC answer says, without its id. */
interface Outcome {
  readonly error?: JsonRpcError;
  readonly result?: object;
}

interface JsonRpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: object;
}

/**
 * Answers what does not exist, is refused or is denied, as MCP servers do (JSON-RPC 2.0 §5.1; MCP, Error Handling); nobody can tell the
 * first two apart. In a batch one refusal refuses them all.
 *
 * MCP 2026-07-28 answers an unknown method with HTTP status 404, which in earlier revisions means a lost session.
 *
 * @param verdicts - about each message
 */
export function refuseOperations(
  { messages, isBatch }: AnsweredBody,
  verdicts: readonly Verdict[],
  protocolVersion: string | undefined,
  form: DenialForm,
): RefuseDecision {
  const members = messages.map((_message, index) => {
    const verdict = verdicts[index];
    if (verdict?.kind === 'deny') return toDenial(verdict, protocolVersion, form);
    return { error: verdict?.kind === 'refuse' ? toError(verdict, protocolVersion) : alongside };
  });
  const isMissing =
    members[0]?.error?.code === methodNotFound && !isBatch && !isBefore20260728(protocolVersion);
  const isForbidden = form === 'http-403' && verdicts.some(({ kind }) => kind === 'deny');
  return answer({ messages, isBatch }, isForbidden ? 403 : isMissing ? 404 : 200, members);
}

/** A rule is at fault: nothing runs, and the client is told no more than that (JSON-RPC 2.0 §5.1, -32603). */
export function refuseForFault(body: AnsweredBody): RefuseDecision {
  return refuseAll(body, 500, { code: -32_603, message: 'Internal error' });
}

/** RFC 9110 §15.6.4. No challenge: the client's token is not at fault and must not be thrown away. */
export function refuseForUnavailablePolicy(body: AnsweredBody, retryAfterSeconds: number): RefuseDecision {
  const error = {
    code: -32_000,
    message: 'The policy of this resource cannot be asked now. Try again later',
  };
  const refusal = refuseAll(body, 503, error);
  return {
    ...refusal,
    headers: [
      ...refusal.headers,
      ['Retry-After', String(retryAfterSeconds)],
      ['Access-Control-Expose-Headers', 'Retry-After'],
    ],
  };
}

/** One error for everything that was sent; notifications too get to know the status. */
function refuseAll(body: AnsweredBody, status: number, error: JsonRpcError): RefuseDecision {
  const refusal = answer(
    body,
    status,
    body.messages.map(() => ({ error })),
  );
  return { ...refusal, status, headers, body: refusal.body ?? format(null, { error }) };
}

/** MCP leaves -32000 to -32019 to applications. */
const deniedByPolicy = -32_010;

/** What the client of a denied operation is told: the reason only where the rule says that it is public. */
function toDenial(
  { operation, denial }: DeniedOperation,
  protocolVersion: string | undefined,
  form: DenialForm,
): Outcome {
  const { reason, isPublic, remediation } = denial;
  const message = isPublic && reason !== undefined ? reason : 'This operation is denied by a policy';
  if (form !== 'sep-2643' || operation.method !== 'tools/call') {
    return { error: { code: deniedByPolicy, message } };
  }
  // SEP-2643, placement of a denial that is final or not described: a result, and never with hints
  const result = {
    ...(isBefore20260728(protocolVersion) ? undefined : { resultType: 'complete' }),
    isError: true,
    content: [{ type: 'text', text: message }],
    _meta: {
      'io.modelcontextprotocol/authorization': { reason: 'insufficient_authorization', remediation },
    },
  };
  return { result };
}

const methodNotFound = -32_601;
const alongside: JsonRpcError = { code: -32_600, message: 'Another request of this batch was refused' };

function toError({ operation }: Refusal, protocolVersion: string | undefined): JsonRpcError {
  const { group, target } = operation;
  switch (group) {
    case undefined:
      return { code: methodNotFound, message: 'Method not found' };
    case 'tools':
      return { code: -32_602, message: `Tool ${target} not found` };
    case 'prompts':
      return { code: -32_602, message: `Prompt ${target} not found` };
    case 'resources': {
      const code = isBefore20260728(protocolVersion) ? -32_002 : -32_602;
      return { code, message: `Resource not found: ${target}`, data: { uri: target } };
    }
  }
}

/** One answer for each request; notifications are dropped without one (JSON-RPC 2.0 §4.1). */
function answer(
  { messages, isBatch }: AnsweredBody,
  status: number,
  members: readonly Outcome[],
): RefuseDecision {
  const answers = messages.flatMap((message, index) => {
    const outcome = members[index];
    return message.kind === 'request' && outcome !== undefined ? [format(message.id, outcome)] : [];
  });
  const [first] = answers;
  if (first === undefined) return { kind: 'refuse', status: 202, headers: [], body: undefined };
  return { kind: 'refuse', status, headers, body: isBatch ? `[${answers.join(',')}]` : first };
}

function format(id: string | number | null, outcome: Outcome): string {
  return JSON.stringify({ jsonrpc: '2.0', id, ...outcome });
}
