import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { BlackBoxRequest, BlackBoxResponse, BlackBoxSend } from './exchange.js';

/** The limits of one exchange. */
export interface SendLimits {
  /** Default: 10000. */
  readonly timeoutMs?: number;
  /** Default: 1048576. */
  readonly maxBytes?: number;
}

/** A stream may never end: what came within this time is enough. */
const streamMs = 300;

/**
 * Sends requests line by line as they are written, duplicates included: what `fetch` cannot do.
 *
 * Checks: time and size of one exchange. Does not check: where a request goes; a redirect is an answer.
 *
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import { auditServer, createSend } from '@mcp-auth/conformance/black-box';
 *
 * // The server listens on this machine, and clients reach it under its public name
 * const send = createSend({ timeoutMs: 5000 });
 * const report = await auditServer({
 *   url: 'https://mcp.example.com/mcp',
 *   send: ({ url, ...request }) => send({ ...request, url: url.replace('https://mcp.example.com', 'http://127.0.0.1:3000') }),
 * });
 * console.log(report.grade);
 * ```
 */
export function createSend({ timeoutMs = 10_000, maxBytes = 1_048_576 }: SendLimits = {}): BlackBoxSend {
  return (request) =>
    new Promise((resolve, reject) => {
      const outgoing = open(request);
      const timer = setTimeout(
        () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)),
        timeoutMs,
      );
      outgoing.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      outgoing.on('response', (response) => {
        readBody(response, maxBytes).then(
          (body) => {
            clearTimeout(timer);
            outgoing.destroy();
            resolve(toResponse(response, body));
          },
          (error: unknown) => {
            clearTimeout(timer);
            outgoing.destroy();
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      });
      outgoing.end(request.body);
    });
}

function open({ method, url, headers, body }: BlackBoxRequest): ClientRequest {
  const target = new URL(url);
  const lines = [
    ['Host', target.host],
    ...headers,
    ...(body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))]]),
    ['Connection', 'close'],
  ];
  const send = target.protocol === 'https:' ? requestHttps : requestHttp;
  return send(target, { method, headers: lines.flat(), setHost: false, agent: false });
}

function readBody(response: IncomingMessage, maxBytes: number): Promise<string> {
  const isStream = /^text\/event-stream/i.test(response.headers['content-type'] ?? '');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (): void => resolve(Buffer.concat(chunks).toString());
    if (isStream) setTimeout(finish, streamMs);
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) reject(new Error(`an answer of more than ${maxBytes} bytes`));
      else chunks.push(chunk);
    });
    response.on('end', finish);
    response.on('error', reject);
  });
}

function toResponse({ statusCode = 0, rawHeaders }: IncomingMessage, body: string): BlackBoxResponse {
  const headers = Array.from(
    { length: rawHeaders.length / 2 },
    (_, index) => [rawHeaders[index * 2] ?? '', rawHeaders[index * 2 + 1] ?? ''] as const,
  );
  return { status: statusCode, headers, body };
}
