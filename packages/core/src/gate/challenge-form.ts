import { findToolCall, type ToolCall } from '../challenge/tool-challenge.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isPlain } from '../errors/plain-object.js';
import { ignoreRejection } from '../errors/promises.js';
import type { RequestHead } from '../http/request-head.js';
import type { Message } from '../operation/operation.js';
import type { AnsweredCall } from './circumstances.js';
import type { GateOptions } from './gate.js';

/**
 * How a client is told that it needs a token, other scopes or another login. `http`: 401 or 403 with `WWW-Authenticate`. `tool-result`:
 * where it calls a tool, a tool error with the challenge in `_meta["mcp/www_authenticate"]`, and status 200.
 */
export type ChallengeForm = 'http' | 'tool-result';

/** Clients that say they read challenges in tool results. */
export interface DeclaredCapability {
  /** Name under `extensions` or `experimental` of the capabilities that a client sends with its call. */
  readonly whenDeclared: string;
}

/** The client of a call that is challenged. Hostile input, all of it: it chooses the form of its own challenge, and nothing else. */
export interface ChallengedClient {
  /** What it declares in `_meta` of the call (MCP 2026-07-28). Absent for clients of earlier revisions, which tell it once, when they begin. */
  readonly capabilities: Readonly<Record<string, unknown>> | undefined;
  readonly head: RequestHead;
}

/**
 * Chooses by what a client declares, or by its head. Anything else it returns, throws or rejects with counts as `http`, and warns.
 */
export type ChallengeFunction = (client: ChallengedClient) => ChallengeForm;

/** Who gets which form: all clients, those that declare a capability, or those that a function names. */
export type ChallengeChoice = ChallengeForm | DeclaredCapability | ChallengeFunction;

/** @throws {MCPAuthConfigError} `unsupported_option` on a route whose bodies nobody looks at */
export function checkChallenges(challenges: ChallengeChoice, operations: object | undefined): void {
  if (challenges === 'http' || operations !== undefined) return;
  throw new MCPAuthConfigError(
    'unsupported_option',
    'challenges',
    "needs operations: only the body says whether a tool is called. Write operations: { tools: { '*': [] } } for no further rules, or leave challenges out.",
  );
}

/** The call whose result a challenge for this request is to be; nothing where no request of the route has one. */
export function answeredCall(
  options: Pick<GateOptions, 'challenges' | 'events' | 'resource'>,
  head: RequestHead,
  messages: readonly Message[],
  isBatch: boolean,
): AnsweredCall | undefined {
  if (options.challenges === 'http') return undefined;
  return () => {
    const call = findToolCall(messages, isBatch);
    return call !== undefined && choose(options, head, call) === 'tool-result' ? call : undefined;
  };
}

function choose(
  { challenges, events, resource }: Pick<GateOptions, 'challenges' | 'events' | 'resource'>,
  head: RequestHead,
  call: ToolCall,
): ChallengeForm {
  if (typeof challenges === 'string') return challenges;
  const capabilities = readCapabilities(call);
  if (typeof challenges === 'object') {
    return declares(capabilities, challenges.whenDeclared) ? 'tool-result' : 'http';
  }
  let came = 'threw';
  try {
    const form: unknown = challenges({ capabilities, head });
    if (form === 'http' || form === 'tool-result') return form;
    ignoreRejection(form);
    came = `returned ${describeValue(form)}`;
  } catch {
    // It may have thrown the token: what it was is not repeated
  }
  events.advise(
    `challenges of ${resource} ${came}, and the client was answered over HTTP. The function must return "http" or "tool-result", not a promise.`,
    `challenges of ${resource}`,
    1,
  );
  return 'http';
}

/** MCP 2026-07-28: every request carries the capabilities of its client. */
function readCapabilities({ params }: ToolCall): ChallengedClient['capabilities'] {
  const meta = params._meta;
  const declared = isPlain(meta) ? own(meta, 'io.modelcontextprotocol/clientCapabilities') : undefined;
  return isPlain(declared) ? (declared as Readonly<Record<string, unknown>>) : undefined;
}

function declares(capabilities: ChallengedClient['capabilities'], name: string): boolean {
  return ['extensions', 'experimental'].some((group) => {
    const declared = capabilities && own(capabilities, group);
    // A capability is declared with an object of settings
    return isPlain(declared) && isPlain(own(declared, name));
  });
}

function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Readonly<Record<string, unknown>>)[name] : undefined;
}
