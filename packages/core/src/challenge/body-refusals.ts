import type { HeaderList, RefuseDecision } from '../http/answer.js';
import type { BodyProblemKind } from '../http/body-outcome.js';
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
  busy: refuse(503, -32_000, 'This resource is reading too many bodies at once. Try again', [
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
  'The body is no JSON-RPC request that can be authorized',
);
