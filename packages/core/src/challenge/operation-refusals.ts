import type { HeaderList, RefuseDecision } from '../http/answer.js';
import type { Refusal } from '../operation/judge-rule.js';
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

interface JsonRpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: object;
}

/**
 * Answers what does not exist, or is refused, as MCP servers do (JSON-RPC 2.0 §5.1; MCP, Error Handling), so that nobody can
 * tell the two apart. In a batch one refusal refuses them all.
 *
 * MCP 2026-07-28 answers an unknown method with HTTP status 404, which in earlier revisions means a lost session.
 *
 * @param refusals - of each message, where it has one
 */
export function refuseOperations(
  { messages, isBatch }: AnsweredBody,
  refusals: readonly (Refusal | undefined)[],
  protocolVersion: string | undefined,
): RefuseDecision {
  const errors = messages.map((_message, index) => {
    const refusal = refusals[index];
    return refusal === undefined ? alongside : toError(refusal, protocolVersion);
  });
  const isMissing = errors[0]?.code === methodNotFound && !isBatch && !isBefore20260728(protocolVersion);
  return answer({ messages, isBatch }, isMissing ? 404 : 200, errors);
}

/** A rule is at fault: nothing runs, and the client is told no more than that (JSON-RPC 2.0 §5.1, -32603). */
export function refuseForFault(body: AnsweredBody): RefuseDecision {
  const error = { code: -32_603, message: 'Internal error' };
  const refusal = answer(
    body,
    500,
    body.messages.map(() => error),
  );
  return { ...refusal, status: 500, headers, body: refusal.body ?? format(null, error) };
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

/** One error for each request; notifications are dropped without an answer (JSON-RPC 2.0 §4.1). */
function answer(
  { messages, isBatch }: AnsweredBody,
  status: number,
  errors: readonly JsonRpcError[],
): RefuseDecision {
  const answers = messages.flatMap((message, index) => {
    const error = errors[index];
    return message.kind === 'request' && error !== undefined ? [format(message.id, error)] : [];
  });
  const [first] = answers;
  if (first === undefined) return { kind: 'refuse', status: 202, headers: [], body: undefined };
  return { kind: 'refuse', status, headers, body: isBatch ? `[${answers.join(',')}]` : first };
}

function format(id: string | number | null, error: JsonRpcError): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error });
}
