import { isEncoded, isEventStreamType } from '../http/event-stream.js';
import type { GuardedStream } from '../streams/guarded-stream.js';

/**
 * Sees to it that a web-standard response that is an event stream ends with the right to it: between two events, with what tells its
 * client to come back. Its chunks are handed on as they are. Any other response is returned as it is.
 *
 * @see {@link holdWebResponse}
 * @example
 * ```ts
 * import type { GuardedStream } from '@mcp-auth/core/adapter';
 * import { guardWebStream } from '@mcp-auth/core/web';
 *
 * // capabilities.guardStream of a binding
 * export const guardStream = async (stream: GuardedStream, proceed: () => Promise<Response>) =>
 *   guardWebStream(await proceed(), stream);
 * ```
 */
export function guardWebStream(response: Response, stream: GuardedStream): Response {
  const { headers } = response;
  if (!isEventStreamType(headers.get('content-type')) || response.body === null) return response;
  const body = guardBody(response.body, stream, isEncoded(headers.get('content-encoding')));
  return new Response(body, response);
}

type Bytes = Uint8Array<ArrayBuffer>;

function guardBody(
  source: ReadableStream<Bytes>,
  stream: GuardedStream,
  isOpaque: boolean,
): ReadableStream<Bytes> {
  const reader = source.getReader();
  let isOver = false;
  const close = () => {
    isOver = true;
    stream.closed();
  };
  return new ReadableStream<Bytes>(
    {
      start: (controller) => {
        const finish = (last: string) => {
          if (isOver) return;
          isOver = true;
          // In the middle of what is encoded, plain bytes would be an error in the coding
          if (last !== '' && !isOpaque) controller.enqueue(new TextEncoder().encode(last));
          // Never an error: servers print those
          controller.close();
          reader.cancel().catch(() => undefined);
        };
        stream.open({ finish }, isOpaque);
      },
      pull: async (controller) => {
        const read = await reader.read().catch((error: unknown) => {
          if (isOver) return endOfStream;
          close();
          throw error;
        });
        // It may have ended while this waited
        if (isOver) return;
        if (read.done) {
          close();
          controller.close();
          return;
        }
        controller.enqueue(read.value);
        stream.wrote(read.value);
      },
      cancel: (reason) => {
        close();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

const endOfStream = { done: true, value: undefined } as const;
