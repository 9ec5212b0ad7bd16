import { BodyCollector, type BodyLimits } from '../http/body-collector.js';
import { type BodyOutcome, type BodyProblemKind, judgeBodyHeaders } from '../http/json-body.js';

/**
 * Reads the body of a web-standard Request within limits. It is used up by that: hand {@link withJsonBody} on.
 *
 * @see RFC 8259 §8.1
 * @example
 * ```ts
 * import type { BodyLimits } from '@mcp-auth/core/adapter';
 * import { readWebBody } from '@mcp-auth/core/web';
 *
 * // capabilities.readBody of a binding
 * export const readBody = (request: Request, limits: BodyLimits) => readWebBody(request, limits);
 * ```
 */
export async function readWebBody(request: Request, limits: BodyLimits): Promise<BodyOutcome> {
  const read = (name: string) => request.headers.get(name) ?? undefined;
  const contentType = read('content-type');
  const headers = {
    contentType,
    contentEncoding: read('content-encoding'),
    contentLength: read('content-length'),
  };
  const problem = judgeBodyHeaders(headers, limits.maxBytes);
  if (problem !== undefined) return problem;
  if (request.body === null) return { kind: 'empty' };
  const outcome = await collectWebBody(request.body, limits);
  return outcome.kind === 'json' && contentType === undefined ? { kind: 'wrong-type' } : outcome;
}

async function collectWebBody(body: ReadableStream<Uint8Array>, limits: BodyLimits): Promise<BodyOutcome> {
  // First: a body that somebody else reads is a fault, for which no memory may stay taken
  const reader = body.getReader();
  const collector = new BodyCollector(limits);
  if (!collector.begin()) {
    reader.releaseLock();
    return { kind: 'busy' };
  }
  let stopped: BodyProblemKind | undefined;
  const stop = (kind: BodyProblemKind) => {
    stopped ??= kind;
    // Ends a read that is waiting; what comes after is dropped
    reader.cancel().catch(() => undefined);
  };
  const timer = setTimeout(() => {
    stop('too-slow');
  }, limits.timeoutMs);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (stopped !== undefined) return { kind: stopped };
      if (done) return collector.finish();
      const problem = collector.add(value);
      if (problem !== undefined) stop(problem);
    }
  } catch {
    return { kind: stopped ?? 'aborted' };
  } finally {
    clearTimeout(timer);
    collector.end();
  }
}

/**
 * The same request with this value as its body, in canonical spelling: what was judged is what is run. `undefined` stands for no
 * body.
 *
 * @see RFC 8259 §8.1
 * @example
 * ```ts
 * import { withJsonBody } from '@mcp-auth/core/web';
 *
 * const request = new Request('https://api.example.com/mcp', { method: 'POST', body: '{}' });
 * const readable = withJsonBody(request, await request.json());
 * ```
 */
export function withJsonBody(request: Request, value: unknown): Request {
  const body = JSON.stringify(value) as string | undefined;
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  headers.delete('content-encoding');
  headers.delete('transfer-encoding');
  return new Request(request.url, {
    method: request.method,
    headers,
    signal: request.signal,
    ...(body !== undefined && { body }),
  });
}
