import type { HeaderList, RefuseDecision } from '../http/answer.js';
import type { Message } from '../operation/operation.js';
import { isBefore20260728 } from '../scopes/scope-requirement.js';
import { freezeRefusal } from './refusals.js';

/** The one call of a tool that a body asks for. */
export interface ToolCall {
  readonly id: string | number;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * The call that a challenge can be the result of: one request, no batch, and no task, which is answered with the task and not with a
 * result (MCP 2025-11-25, Tasks).
 */
export function findToolCall(messages: readonly Message[], isBatch: boolean): ToolCall | undefined {
  const [message] = messages;
  if (isBatch || messages.length !== 1 || message?.kind !== 'request' || message.method !== 'tools/call') {
    return undefined;
  }
  // Judged before: without an object there is no name of a tool in it
  const params = message.operations[0]?.params as ToolCall['params'] | undefined;
  return params === undefined || params.task !== undefined ? undefined : { id: message.id, params };
}

const headers: HeaderList = [
  ['Content-Type', 'application/json'],
  ['Cache-Control', 'no-store'],
];

/**
 * A refusal with a challenge as the result of the call that it refuses: JSON-RPC 2.0 §5, with HTTP status 200 and without
 * `WWW-Authenticate`. `mcp/www_authenticate` is where clients such as ChatGPT look for challenges.
 *
 * @param words - for the model and the user
 */
export function toToolResult(
  refusal: RefuseDecision,
  { id }: ToolCall,
  words: string,
  protocolVersion: string | undefined,
): RefuseDecision {
  const challenges = refusal.headers.flatMap(([name, value]) => (name === 'WWW-Authenticate' ? [value] : []));
  const result = {
    ...(isBefore20260728(protocolVersion) ? undefined : { resultType: 'complete' }),
    isError: true,
    content: [{ type: 'text', text: words }],
    _meta: { 'mcp/www_authenticate': challenges },
  };
  const body = JSON.stringify({ jsonrpc: '2.0', id, result });
  return freezeRefusal({ kind: 'refuse', status: 200, headers, body });
}
