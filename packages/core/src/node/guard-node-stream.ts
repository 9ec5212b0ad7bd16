import { isEncoded, isEventStreamType } from '../http/event-stream.js';
import type { GuardedStream } from '../streams/guarded-stream.js';
import { dropChunk } from './hold-node-response.js';

/** The members of Node's `ServerResponse` that are used, in addition to `writeHead`, `write` and `end`. */
export interface GuardableNodeResponse {
  getHeader(name: string): unknown;
  once(event: 'close', listener: () => void): unknown;
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
 * import type { GuardedStream } from '@mcp-auth/core/adapter';
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
  // Overloads of Node's methods cannot be stated for replacing them; arguments are passed on as they come
  const methods = response as unknown as Methods;
  const { writeHead, write, end } = methods;
  let state: 'unknown' | 'open' | 'passing' | 'over' = 'unknown';
  const finish = (last: string) => {
    // Through whatever was put around this response meanwhile, compression for example
    state = 'passing';
    if (last !== '') methods.write(last);
    methods.end();
    state = 'over';
  };
  const begin = (head: readonly unknown[]) => {
    if (state !== 'unknown') return;
    const read = (name: string) => findHeader(head, name) ?? response.getHeader(name);
    if (!isEventStreamType(read('content-type'))) {
      state = 'passing';
      return;
    }
    state = 'open';
    response.once('close', () => stream.closed());
    stream.open({ finish }, isEncoded(read('content-encoding')));
  };
  methods.writeHead = (...args) => {
    const result = writeHead.apply(response, args);
    begin(args);
    return result;
  };
  methods.write = (...args) => {
    if (state === 'over') return dropChunk(args);
    const isOpen = write.apply(response, args);
    begin([]);
    if (state === 'open') stream.wrote(args[0]);
    return isOpen;
  };
  methods.end = (...args) => {
    if (state === 'over') {
      dropChunk(args);
      return response;
    }
    if (state === 'open') stream.closed();
    state = 'passing';
    return end.apply(response, args);
  };
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
