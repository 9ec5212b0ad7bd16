import type { Operation } from '../policy/policy-function.js';
import { findMethod, type TargetGroup } from './methods.js';

export type { Operation };

/** An operation with the group of rules that decides about its target. */
export interface TargetedOperation extends Operation {
  readonly group: TargetGroup | undefined;
  /** What a tool or prompt is called with; `{}` where nothing is. Absent for other methods. */
  readonly arguments: Readonly<Record<string, unknown>> | undefined;
}

/** One message of a body (JSON-RPC 2.0 §4, §5). */
export type Message =
  | {
      readonly kind: 'request';
      readonly id: string | number;
      readonly method: string;
      /** The method itself where rules may be about it, and each of its targets. */
      readonly operations: readonly TargetedOperation[];
    }
  | {
      readonly kind: 'notification';
      readonly method: string;
      readonly operations: readonly TargetedOperation[];
    }
  /** An answer to a request of the server. */
  | { readonly kind: 'response' };

/** The messages of one body. */
export type MessagesOfBody =
  | {
      readonly kind: 'messages';
      readonly messages: readonly Message[];
      /** A list, as MCP 2025-03-26 allows. */
      readonly isBatch: boolean;
    }
  /** The body holds something that cannot be judged, although a server might make something of it. */
  | { readonly kind: 'malformed' };

/** Most operations that one body may ask for; each is judged by itself. */
const maxOperations = 200;

const malformed: MessagesOfBody = { kind: 'malformed' };

/** Longest batch that is judged; the official SDK never sends one. */
const maxBatch = 100;

/** Longest name or URI that is judged; no rule names a longer one, so a server must not get to run it. */
const maxTargetLength = 8192;

/** Most characters of all names and URIs of one body: each is compared with every template, in all its spellings. */
const maxTargetCharacters = 65_536;

/**
 * Reads the messages of a JSON-RPC body: of the body alone, never of the mirrored `Mcp-Method` and `Mcp-Name` headers, which
 * a caller can set to anything.
 */
export function readMessages(body: unknown): MessagesOfBody {
  const isBatch = Array.isArray(body);
  const given: readonly unknown[] = isBatch ? body : [body];
  // JSON-RPC 2.0 §6: a batch with nothing in it is invalid
  if (given.length === 0 || given.length > maxBatch) return malformed;
  const messages: Message[] = [];
  let operations = 0;
  let characters = 0;
  for (const each of given) {
    const message = isPlainObject(each) ? readMessage(each) : undefined;
    if (message === undefined) return malformed;
    const asked = message.kind === 'response' ? [] : message.operations;
    operations += asked.length;
    for (const { target = '' } of asked) characters += target.length;
    if (operations > maxOperations || characters > maxTargetCharacters) return malformed;
    messages.push(message);
  }
  return { kind: 'messages', messages, isBatch };
}

function readMessage(message: Readonly<Record<string, unknown>>): Message | undefined {
  if (namesPrototype(message)) return undefined;
  if (!Object.hasOwn(message, 'method')) return isResponse(message) ? { kind: 'response' } : undefined;
  const { method, params, id } = message;
  if (typeof method !== 'string') return undefined;
  const operations = readOperations(method, params);
  if (operations === undefined) return undefined;
  if (!Object.hasOwn(message, 'id')) return { kind: 'notification', method, operations };
  const isId = typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id));
  return isId ? { kind: 'request', id, method, operations } : undefined;
}

/** JSON-RPC 2.0 §5: an answer has a result or an error. What has neither, nor a method, is not a message. */
function isResponse(message: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(message, 'result') || Object.hasOwn(message, 'error');
}

/** What one request does, for each thing that a rule can be about; nothing where it does not say what it must. */
export function readOperations(method: string, params: unknown): readonly TargetedOperation[] | undefined {
  if (namesPrototype(params)) return undefined;
  const known = findMethod(method);
  const targets = known?.targets?.(params) ?? (known?.targets === undefined ? [] : undefined);
  if (targets === undefined || targets.some(({ name }) => name.length > maxTargetLength)) return undefined;
  const given = readArguments(method, params);
  if (given === 'malformed') return undefined;
  const itself = { method, params, variables: {}, target: undefined, group: undefined, arguments: given };
  return [
    ...(known?.onlyTargets === true ? [] : [itself]),
    ...targets.map(({ group, name }) => ({ ...itself, group, target: name })),
  ];
}

const noArguments = Object.freeze({});

/** MCP, CallToolRequestParams and GetPromptRequestParams: an object, or nothing. What else is there, rules and handlers may read apart. */
function readArguments(
  method: string,
  params: unknown,
): Readonly<Record<string, unknown>> | undefined | 'malformed' {
  if (method !== 'tools/call' && method !== 'prompts/get') return undefined;
  const given = (params as { readonly arguments?: unknown }).arguments;
  if (given === undefined) return noArguments;
  return isPlainObject(given) && !namesPrototype(given) ? given : 'malformed';
}

/**
 * Whether there is a member that becomes the prototype where somebody copies an object member by member, as some releases of zod do in
 * official servers: what it holds, such as other arguments, would run unjudged.
 */
function namesPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__');
}

/**
 * What a JSON parser makes of `{…}`. Anything else was not parsed: some frameworks leave the request stream itself where
 * others put the parsed body.
 */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
