/** One MCP request as its body states it: what is done, to what. */
export interface Operation {
  /** JSON-RPC method, for example `tools/call`. */
  readonly method: string;
  /** Name of the tool or prompt, or URI of the resource; absent for methods without a target. */
  readonly target: string | undefined;
  /** `params` of the request, as parsed. Hostile input: a computed rule must not trust its shape. */
  readonly params: unknown;
  /** What the placeholders of a matching URI template stand for. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The operations of one body: one, or several in a batch (MCP 2025-03-26); none for responses and notifications of no interest. */
export type OperationsOfBody =
  | { readonly kind: 'operations'; readonly operations: readonly Operation[] }
  /** The body names no method or target that could be judged, although a server might make something of it. */
  | { readonly kind: 'malformed' };

const malformed: OperationsOfBody = { kind: 'malformed' };

/** Longest batch that is judged; the official SDK never sends one. */
const maxBatch = 100;

/** Longest name or URI that is judged; no rule names a longer one, so a server must not get to run it. */
const maxTargetLength = 8192;

/** Methods with a target, and the member of `params` that names it. */
const targetMembers: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
  'resources/subscribe': 'uri',
  'resources/unsubscribe': 'uri',
};

/**
 * Reads the operations of a JSON-RPC body: of the body alone, never of the mirrored `Mcp-Method` and `Mcp-Name` fields,
 * which a caller can set to anything.
 */
export function readOperations(body: unknown): OperationsOfBody {
  if (!Array.isArray(body)) return readAll([body]);
  return body.length > maxBatch ? malformed : readAll(body);
}

function readAll(messages: readonly unknown[]): OperationsOfBody {
  const operations: Operation[] = [];
  for (const message of messages) {
    if (!isPlainObject(message)) return malformed;
    if (!Object.hasOwn(message, 'method')) continue;
    const operation = readOperation(message as Readonly<Record<string, unknown>>);
    if (operation === undefined) return malformed;
    operations.push(operation);
  }
  return { kind: 'operations', operations };
}

function readOperation({ method, params }: Readonly<Record<string, unknown>>): Operation | undefined {
  if (typeof method !== 'string') return undefined;
  const member = Object.hasOwn(targetMembers, method) ? targetMembers[method] : undefined;
  if (member === undefined) return { method, target: undefined, params, variables: {} };
  if (typeof params !== 'object' || params === null || !Object.hasOwn(params, member)) return undefined;
  const target = (params as Readonly<Record<string, unknown>>)[member];
  const isTarget = typeof target === 'string' && target.length <= maxTargetLength;
  return isTarget ? { method, target, params, variables: {} } : undefined;
}

/**
 * What a JSON parser makes of `{…}`. Anything else was not parsed: some frameworks leave the request stream itself where
 * others put the parsed body.
 */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
