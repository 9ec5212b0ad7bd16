import { BodyCollector, type BodyLimits } from '../http/body-collector.js';
import { toError } from '../errors/to-error.js';
import type { BodyProblemKind } from '../http/json-body.js';

/** The members of a Node stream that are used. */
export interface NodeBodyStream {
  on(event: string, listener: (...values: unknown[]) => void): unknown;
  off(event: string, listener: (...values: unknown[]) => void): unknown;
  resume(): unknown;
  readonly destroyed?: boolean | undefined;
  readonly readableEnded?: boolean | undefined;
}

/**
 * Reads a stream to its end within limits, and hands what has come to `finish`, before the memory is given back.
 *
 * Where the limits are exceeded, the rest is received and dropped, so that the client gets to read its answer: that has to
 * close the connection.
 *
 * @see RFC 9110 §15.5.14
 * @example
 * ```ts
 * import type { IncomingMessage } from 'node:http';
 * import type { BodyLimits } from '@mcp-auth/core/adapter';
 * import { collectNodeBody } from '@mcp-auth/core/node';
 *
 * export const read = (request: IncomingMessage, limits: BodyLimits) =>
 *   collectNodeBody(request, limits, (collector) => collector.finish());
 * ```
 */
export function collectNodeBody<T>(
  stream: NodeBodyStream,
  limits: BodyLimits,
  finish: (collector: BodyCollector) => T,
): Promise<T | { readonly kind: BodyProblemKind }> {
  const collector = new BodyCollector(limits);
  if (!collector.begin()) return Promise.resolve({ kind: 'busy' });
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => T | { readonly kind: BodyProblemKind }): void => {
      clearTimeout(timer);
      try {
        stream.off('data', onData);
        stream.off('end', onEnd);
        stream.off('close', onGone);
        resolve(outcome());
      } catch (error) {
        reject(toError(error));
      } finally {
        collector.end();
      }
    };
    const stop = (kind: BodyProblemKind): void => {
      settle(() => {
        stream.resume();
        return { kind };
      });
    };
    const onData = (chunk: unknown): void => {
      const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : (chunk as Uint8Array);
      const problem = collector.add(bytes);
      if (problem !== undefined) stop(problem);
    };
    const onEnd = (): void => {
      settle(() => finish(collector));
    };
    const onGone = (): void => {
      settle(() => ({ kind: 'aborted' }));
    };
    const timer = setTimeout(() => {
      stop('too-slow');
    }, limits.timeoutMs);
    try {
      // Stays: a stream that fails later, when nobody listens, would end the process
      stream.on('error', onGone);
      stream.on('close', onGone);
      stream.on('end', onEnd);
      stream.on('data', onData);
      if (stream.destroyed === true && stream.readableEnded !== true) onGone();
    } catch (error) {
      // A request without a stream fails here, and not when the time is over, where nobody would catch it
      settle(() => {
        throw error;
      });
    }
  });
}
