import { isEncoded, isEventStreamType } from '../http/event-stream.js';
import type { GuardedStream, StreamSink } from '../streams/guarded-stream.js';
import { dropChunk } from './hold-node-response.js';

/** The members of Node's `ServerResponse` that are used, in addition to `writeHead`, `write` and `end`. */
export interface GuardableNodeResponse {
  /** HTTP/1: whether the connection has closed. */
  readonly destroyed?: boolean | undefined;
  /** HTTP/2: what carries the response. */
  readonly stream?: { readonly destroyed?: boolean | undefined } | undefined;
  getHeader(name: string): unknown;
  on(event: 'close', listener: () => void): unknown;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

interface Methods {
  writeHead: Method;
  write: Method;
  end: Method;
}

/**
 * Sees to it that a Node response that turns out to be an event stream ends with the right to it: between two events, with what
 * tells its client to come back. What its handler writes afterwards is dropped. Any other response goes out as it is.
 *
 * @see {@link holdNodeResponse}
 * @example
 * ```ts
 * import type { ServerResponse } from 'node:http';
 * import type { GuardedStream, StreamSink } from '@mcp-auth/core/adapter';
 * import { guardNodeStream } from '@mcp-auth/core/node';
 *
 * // capabilities.guardStream of a binding
 * export function guardStream(response: ServerResponse, stream: GuardedStream, proceed: () => void) {
 *   guardNodeStream(response, stream);
 *   proceed();
 * }
 * ```
 */
export function guardNodeStream(response: GuardableNodeResponse, stream: GuardedStream): void {
  new ResponseGuard(response, stream).begin();
}

/** One object for each open stream, and as few functions as there can be: there may be many. */
class ResponseGuard implements StreamSink {
  readonly #response: GuardableNodeResponse;
  readonly #stream: GuardedStream;
  readonly #writeHead: Method;
  readonly #write: Method;
  readonly #end: Method;
  #state: 'unknown' | 'open' | 'passing' | 'over' = 'unknown';

  constructor(response: GuardableNodeResponse, stream: GuardedStream) {
    this.#response = response;
    this.#stream = stream;
    const { writeHead, write, end } = methodsOf(response);
    this.#writeHead = writeHead;
    this.#write = write;
    this.#end = end;
  }

  begin(): void {
    const methods = methodsOf(this.#response);
    const onHead: Method = (...args) => {
      const result = this.#writeHead.apply(this.#response, args);
      if (methods.writeHead === onHead) methods.writeHead = this.#writeHead;
      this.#readHead(args);
      return result;
    };
    methods.writeHead = onHead;
    methods.write = (...args) => this.#onWrite(args);
    methods.end = (...args) => this.#onEnd(args);
  }

  finish(last: string): void {
    // Through what was put around this response meanwhile, compression for example
    const methods = methodsOf(this.#response);
    this.#state = 'passing';
    // In one piece, which is one packet
    if (last === '') methods.end();
    else methods.end(last);
    this.#state = 'over';
  }

  #readHead(head: readonly unknown[]): void {
    if (this.#state !== 'unknown') return;
    const read = (name: string) => findHeader(head, name) ?? this.#response.getHeader(name);
    // Of a client that left before, nobody would hear any more: its stream would be kept until its token expires
    if (this.#hasGone() || !isEventStreamType(read('content-type'))) {
      this.#state = 'passing';
      return;
    }
    this.#state = 'open';
    // Not once, which takes more
    this.#response.on('close', () => this.#stream.closed());
    this.#stream.open(this, isEncoded(read('content-encoding')));
  }

  #hasGone(): boolean {
    const { destroyed, stream } = this.#response;
    return destroyed === true || stream?.destroyed === true;
  }

  #onWrite(args: readonly unknown[]): unknown {
    if (this.#state === 'over') return dropChunk(args);
    const isReady = this.#write.apply(this.#response, [...args]);
    this.#readHead([]);
    if (this.#state === 'open') this.#stream.wrote(args[0]);
    return isReady;
  }

  #onEnd(args: readonly unknown[]): unknown {
    if (this.#state === 'over') {
      dropChunk(args);
      return this.#response;
    }
    if (this.#state === 'open') this.#stream.closed();
    this.#state = 'passing';
    return this.#end.apply(this.#response, [...args]);
  }
}

/** Overloads of Node's methods cannot be stated for replacing them; arguments are passed on as they come. */
function methodsOf(response: object): Methods {
  return response as Methods;
}

/** What `writeHead` was given, which a response need not show afterwards: an object, or names and values in turn. */
function findHeader(head: readonly unknown[], name: string): unknown {
  const given = head.find((argument) => typeof argument === 'object' && argument !== null);
  if (given === undefined) return undefined;
  const pairs: readonly (readonly [unknown, unknown])[] = Array.isArray(given)
    ? toPairs(given)
    : Object.entries(given);
  return pairs.find(([each]) => String(each).toLowerCase() === name)?.[1];
}

function toPairs(list: readonly unknown[]): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(list[0])) return list as readonly (readonly [unknown, unknown])[];
  return list.flatMap((name, index) => (index % 2 === 0 ? [[name, list[index + 1]] as const] : []));
}
