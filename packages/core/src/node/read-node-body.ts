import type { BodyLimits } from '../http/body-collector.js';
import { judgeJsonValue } from '../http/json-bounds.js';
import { type BodyOutcome, judgeBodyHeaders, parseJsonBody } from '../http/json-body.js';
import { collectNodeBody, type NodeBodyStream } from './collect-node-body.js';

/** The members of a Node request, and of what body parsers leave on it, that are used. */
export interface NodeBodyRequest extends NodeBodyStream {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Whether anybody has read from the stream. */
  readonly readableDidRead?: boolean | undefined;
  /** What a body parser, or a platform, has put here. */
  body?: unknown;
  /** How Express's parsers mark that they have run. */
  _body?: boolean | undefined;
}

/**
 * Reads the body of a Node request once and leaves the parsed value at `request.body`, where the next handler, and any
 * Express parser, finds it.
 *
 * A body that was parsed before is judged as it is. A body that was read as text or bytes is put back in canonical
 * spelling, so that a second parser cannot read it differently.
 *
 * @see RFC 8259 §8.1
 * @example
 * ```ts
 * import type { IncomingMessage } from 'node:http';
 * import type { BodyLimits } from '@mcp-auth/core/adapter';
 * import { readNodeBody } from '@mcp-auth/core/node';
 *
 * // capabilities.readBody of a binding
 * export const readBody = (request: IncomingMessage & { body?: unknown }, limits: BodyLimits) =>
 *   readNodeBody(request, limits);
 * ```
 */
export function readNodeBody(
  request: NodeBodyRequest,
  limits: BodyLimits,
): BodyOutcome | Promise<BodyOutcome> {
  if (request._body === true || request.readableDidRead === true) return readParsed(request);
  return judgeBodyHeaders(readBodyHeaders(request), limits.maxBytes) ?? readStream(request, limits);
}

/**
 * What a Node request says about its body.
 *
 * @see RFC 9110 §8.3
 * @see RFC 9110 §8.4
 * @example
 * ```ts
 * import type { IncomingMessage } from 'node:http';
 * import { judgeBodyHeaders } from '@mcp-auth/core/adapter';
 * import { readBodyHeaders } from '@mcp-auth/core/node';
 *
 * export const judge = (request: IncomingMessage) => judgeBodyHeaders(readBodyHeaders(request), 65_536);
 * ```
 */
export function readBodyHeaders({ headers }: Pick<NodeBodyRequest, 'headers'>) {
  const read = (name: string) => {
    const value = headers[name];
    return typeof value === 'object' ? value.join(', ') : value;
  };
  return {
    contentType: read('content-type'),
    contentEncoding: read('content-encoding'),
    contentLength: read('content-length'),
  };
}

/**
 * What somebody else has parsed, within the bounds of JSON bodies.
 *
 * @see RFC 8259 §4
 * @example
 * ```ts
 * import { judgeParsedBody } from '@mcp-auth/core/node';
 *
 * // { kind: 'json', value: { jsonrpc: '2.0', id: 1, method: 'ping' } }
 * const outcome = judgeParsedBody({ jsonrpc: '2.0', id: 1, method: 'ping' });
 * ```
 */
export function judgeParsedBody(body: unknown): BodyOutcome {
  const verdict = judgeJsonValue(body);
  return verdict === 'fits' ? { kind: 'json', value: body } : { kind: verdict };
}

function readParsed(request: NodeBodyRequest): BodyOutcome {
  const { body } = request;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return judgeParsedBody(body);
  const outcome = parseJsonBody(body);
  if (outcome.kind === 'json') request.body = respell(body, outcome.value);
  return outcome;
}

async function readStream(request: NodeBodyRequest, limits: BodyLimits): Promise<BodyOutcome> {
  const outcome = await collectNodeBody(request, limits, (collector) => collector.finish());
  // Serverless platforms parse the body themselves and leave an empty stream
  if (outcome.kind === 'empty' && request.body !== undefined) return readParsed(request);
  // A parser that comes later must not look for it again
  if (outcome.kind === 'empty') request._body = true;
  if (outcome.kind !== 'json') return outcome;
  if (request.headers['content-type'] === undefined) return { kind: 'wrong-type' };
  request.body = outcome.value;
  request._body = true;
  return outcome;
}

/** The same kind of value. A Buffer stays one, without naming the class, which only Node has. */
function respell(body: string | Uint8Array, value: unknown): string | Uint8Array {
  const text = JSON.stringify(value);
  if (typeof body === 'string') return text;
  const bytes = new TextEncoder().encode(text);
  return (body.constructor as typeof Uint8Array).from(bytes);
}
