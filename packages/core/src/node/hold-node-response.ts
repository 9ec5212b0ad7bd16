import type { Answer, LateRefusal } from '../http/answer.js';
import { writeNodeAnswer, type NodeResponseLike } from './write-node-answer.js';

/** Values of headers by name, as Node keeps them. */
export type NodeHeaders = Readonly<Record<string, number | string | string[] | undefined>>;

/** The members of Node's `ServerResponse` that are used, in addition to `writeHead`, `flushHeaders`, `write` and `end`. */
export interface HoldableNodeResponse extends NodeResponseLike {
  statusMessage: string;
  getHeaders(): NodeHeaders;
  removeHeader(name: string): void;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

interface Methods {
  writeHead: Method;
  flushHeaders: Method;
  write: Method;
  end: Method;
}

/**
 * Holds a Node response back until its first byte. Where a handler raises a refusal by then, that is sent in its place, as soon as its
 * head is known, and what the handler writes is dropped; otherwise everything goes out as it would have.
 *
 * @param kept - the headers a refusal keeps: those that were set before the handler ran. Default: what the response holds now. As a
 *   function it is called when there is a refusal, with what `writeHead` was given
 * @see MCP Authorization, Runtime Insufficient Scope Errors
 * @example
 * ```ts
 * import type { ServerResponse } from 'node:http';
 * import type { LateRefusal } from '@mcp-auth/core/adapter';
 * import { holdNodeResponse } from '@mcp-auth/core/node';
 *
 * // capabilities.holdResponse of a binding
 * export function holdResponse(response: ServerResponse, refusal: LateRefusal, proceed: () => void) {
 *   holdNodeResponse(response, refusal);
 *   proceed();
 * }
 * ```
 */
export function holdNodeResponse(
  response: HoldableNodeResponse,
  refusal: LateRefusal,
  kept: NodeHeaders | ((head: readonly unknown[]) => NodeHeaders) = response.getHeaders(),
): void {
  if (response.headersSent) {
    refusal.settle();
    return;
  }
  // Overloads of Node's methods cannot be stated for replacing them; arguments are passed on as they come
  const methods = response as unknown as Methods;
  // Possibly not Node's own: compression and the like have put theirs in front
  const { writeHead, flushHeaders, write, end } = methods;
  const release = () => {
    // Nothing of this stays with a stream: unless somebody has put a function in front meanwhile, who may call it
    if (methods.writeHead === held.writeHead) methods.writeHead = writeHead;
    if (methods.flushHeaders === held.flushHeaders) methods.flushHeaders = flushHeaders;
    if (methods.write === held.write) methods.write = write;
    if (methods.end === held.end) methods.end = end;
  };
  let state: 'held' | 'open' | 'refused' = 'held';
  let head: unknown[] | undefined;
  const begin = () => {
    if (state !== 'held') return;
    state = 'open';
    const answer = refusal.settle();
    if (answer !== undefined) {
      replaceFields(response, typeof kept === 'function' ? kept(head ?? []) : kept);
      writeAnswer(response, answer);
      state = 'refused';
    } else {
      release();
      if (head !== undefined) writeHead.apply(response, head);
    }
  };
  const held: Methods = {
    writeHead: (...args) => {
      if (state === 'open') return writeHead.apply(response, args);
      if (state !== 'held') return response;
      head = args;
      if (refusal.isRaised) begin();
      return response;
    },
    flushHeaders: () => {
      if (state === 'open') flushHeaders.call(response);
    },
    write: (...args) => {
      if (hasBytes(args[0])) begin();
      return state === 'open' ? write.apply(response, args) : dropChunk(args);
    },
    end: (...args) => {
      begin();
      if (state === 'open') return end.apply(response, args);
      dropChunk(args);
      return response;
    },
  };
  Object.assign(methods, held);
  // A handler that waits after it has raised one may never write
  void refusal.raised.then(() => {
    if (head !== undefined) begin();
  });
}

function replaceFields(response: HoldableNodeResponse, fields: NodeHeaders): void {
  for (const name of Object.keys(response.getHeaders())) response.removeHeader(name);
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) response.setHeader(name, typeof value === 'number' ? String(value) : value);
  }
}

function writeAnswer(response: HoldableNodeResponse, answer: Answer): void {
  // HTTP/2 has none, and warns of whoever looks at it there
  if (Object.hasOwn(response, 'statusMessage')) response.statusMessage = '';
  writeNodeAnswer(response, answer);
}

function hasBytes(chunk: unknown): boolean {
  return typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk.length > 0 : true;
}

/** The writer is told that all went well: it has nothing to do any more. */
export function dropChunk(args: readonly unknown[]): true {
  const callback = args.find((argument) => typeof argument === 'function');
  if (callback !== undefined) queueMicrotask(callback as () => void);
  return true;
}
