import type { LateRefusal } from '../http/answer.js';
import { isEventStreamType } from '../http/event-stream.js';
import { toResponse } from './to-response.js';

/**
 * Holds a web-standard response back until its first byte. Where a handler has raised a refusal by then, that is sent in its
 * place; otherwise everything goes out as it would have.
 *
 * An event stream is waited for; any other response is taken to be complete.
 *
 * @param kept - the headers a refusal keeps: those that were set before the handler ran
 * @see MCP Authorization, Runtime Insufficient Scope Errors
 * @example
 * ```ts
 * import type { LateRefusal } from '@mcp-auth/core/adapter';
 * import { holdWebResponse } from '@mcp-auth/core/web';
 *
 * // capabilities.holdResponse of a binding
 * export const holdResponse = (refusal: LateRefusal, proceed: () => Promise<Response>) =>
 *   holdWebResponse(proceed(), refusal);
 * ```
 */
export async function holdWebResponse(
  pending: Response | Promise<Response>,
  refusal: LateRefusal,
  kept?: Headers,
): Promise<Response> {
  const [response, error] = await settle(pending);
  const isStream = isEventStreamType(response?.headers.get('content-type'));
  const reader = isStream ? response?.body?.getReader() : undefined;
  const first = reader?.read();
  // What goes wrong with a stream is for its consumer to see
  if (first !== undefined) await Promise.race([refusal.raised, first.catch(() => undefined)]);
  const answer = refusal.settle();
  if (answer !== undefined) {
    void (reader ?? response?.body)?.cancel().catch(() => undefined);
    return toResponse(answer, kept);
  }
  if (response === undefined) throw error;
  return reader === undefined || first === undefined
    ? response
    : new Response(resume(reader, first), response);
}

async function settle(
  pending: Response | Promise<Response>,
): Promise<readonly [response: Response] | readonly [undefined, error: unknown]> {
  try {
    return [await pending];
  } catch (error) {
    return [undefined, error];
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

/** The same stream with its first chunk back in front; nothing is read before it is asked for. */
function resume(reader: Reader, first: ReturnType<Reader['read']>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let next: ReturnType<Reader['read']> | undefined = first;
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await (next ?? reader.read());
        next = undefined;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
