import type { RequestId } from './closing-frames.js';

export type Chunk = string | Uint8Array;

/** A blank line in each of the ways that a line may end (Server-Sent Events, §9.2.5). */
const blankLines = ['\n\n', '\r\r', '\n\r', '\n\r\n', '\r\r\n'];
/** Of the longest of them. */
const tailLength = 3;

/** The end of all that was written so far, as far as it tells whether an event is complete: empty when it is. */
export function addToTail(tail: string, chunk: Chunk): string {
  const end =
    typeof chunk === 'string'
      ? chunk.slice(-tailLength)
      : String.fromCharCode(...chunk.subarray(Math.max(0, chunk.length - tailLength)));
  const whole = end.length === tailLength ? end : `${tail}${end}`.slice(-tailLength);
  // Of what is complete, only lines that are blank too may follow without beginning an event
  return isBlank(whole) || blankLines.some((line) => whole.endsWith(line)) ? '' : whole;
}

function isBlank(text: string): boolean {
  return /^[\r\n]*$/.test(text);
}

/** A JSON-RPC message, as far as it matters to who ends its stream. */
export interface FrameMessage {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: { readonly _meta?: Readonly<Record<string, unknown>> };
}

/** The messages that a chunk holds whole; the official SDKs write an event in one piece. */
export function readFrames(chunk: Chunk): readonly FrameMessage[] {
  const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    if (!line.startsWith('data:')) return [];
    try {
      const value: unknown = JSON.parse(line.slice('data:'.length));
      return [value].flat().filter((each): each is FrameMessage => typeof each === 'object' && each !== null);
    } catch {
      return [];
    }
  });
}

/** MCP 2026-07-28: each notification of a subscription carries the identifier of its request. */
const subscriptionId = 'io.modelcontextprotocol/subscriptionId';

/** The request that a stream of `subscriptions/listen` answers, by one of its notifications. */
export function readSubscriptionId({ params }: FrameMessage): RequestId | undefined {
  const id = params?._meta?.[subscriptionId];
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}
