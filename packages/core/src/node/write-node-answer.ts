import type { Answer, HeaderList } from '../http/answer.js';
import { addToList, isListHeader } from '../http/merge-headers.js';

/** The members of Node's `ServerResponse` that are used. */
export interface NodeResponseLike {
  /** Over HTTP/2 only. */
  readonly stream?: unknown;
  statusCode: number;
  readonly headersSent: boolean;
  getHeader(name: string): number | string | string[] | undefined;
  setHeader(name: string, value: string | string[]): unknown;
  end(body?: string): unknown;
}

const encoder = new TextEncoder();

/**
 * Writes a complete answer to a Node response, keeping what list headers already hold. Does nothing where somebody else, a
 * timeout for example, has answered meanwhile.
 *
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import type { ServerResponse } from 'node:http';
 * import type { Answer } from '@mcp-auth/core/adapter';
 * import { writeNodeAnswer } from '@mcp-auth/core/node';
 *
 * // refuse of a binding
 * export const refuse = (response: ServerResponse, answer: Answer) => writeNodeAnswer(response, answer);
 * ```
 */
export function writeNodeAnswer(response: NodeResponseLike, answer: Answer): void {
  if (response.headersSent) return;
  response.statusCode = answer.status;
  setNodeHeaders(response, answer.headers);
  if (answer.body !== undefined)
    response.setHeader('Content-Length', String(encoder.encode(answer.body).length));
  response.end(answer.body);
}

/**
 * Sets headers on a Node response; list headers are added to, all others replaced.
 *
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import { ServerResponse } from 'node:http';
 * import { setNodeHeaders } from '@mcp-auth/core/node';
 *
 * export const allow = (response: ServerResponse) =>
 *   setNodeHeaders(response, [['Vary', 'Origin']]);
 * ```
 */
export function setNodeHeaders(response: NodeResponseLike, headers: HeaderList): void {
  for (const [name, value] of headers) {
    if (isUnwelcome(name, response)) continue;
    const present = isListHeader(name) ? response.getHeader(name) : undefined;
    response.setHeader(name, addToList(name, present, value));
  }
}

/** RFC 9113 §8.2.2: HTTP/2 has no headers about a connection, and Node warns of them. */
function isUnwelcome(name: string, { stream }: { readonly stream?: unknown }): boolean {
  return stream !== undefined && name.toLowerCase() === 'connection';
}
