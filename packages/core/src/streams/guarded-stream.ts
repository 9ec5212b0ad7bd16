import { type AuthInfo, factsOf } from '../caller/auth-info.js';
import type { StreamEndReason } from '../events/events.js';
import type { VerifiedToken } from '../token/verification.js';
import type { RequestId } from './closing-frames.js';
import { addToTail, type Chunk, readFrames, readSubscriptionId } from './event-frames.js';

/** The token of a stream: all of it where a gate has verified it. */
export type StreamToken = Pick<VerifiedToken, 'issuer' | 'subject' | 'clientId' | 'expiresAt' | 'claims'> &
  Partial<Pick<VerifiedToken, 'authorizationServer' | 'signer'>>;

/** All that is known of the token of a caller. */
export function tokenOf(auth: AuthInfo): StreamToken {
  // Made of a verified token by a gate; by an application, of the same members
  return (factsOf(auth) ?? auth) as StreamToken;
}

/** What a stream is written to. */
export interface StreamSink {
  /** Writes this as the last of the stream, where it is not empty, and ends it. Never destroys it. */
  finish(last: string): void;
}

/** Whoever ends streams. */
export interface StreamKeeper {
  opened(stream: GuardedStream): void;
  closed(stream: GuardedStream): void;
  /** What a stream ends with. */
  closing(reason: StreamEndReason, unanswered: Iterable<RequestId>): string;
  /** Called with a stream that is to end, and is in the middle of an event. */
  waits(stream: GuardedStream): void;
}

/** What is known of a stream before it is one. */
export interface StreamRequest {
  readonly resource: string;
  readonly auth: AuthInfo;
  /** When the right of its token ends, by the clock of the keeper. */
  readonly dueMs: number;
  /** Requests that it answers. `unknown`: those of one subscription, which its first event names. */
  readonly answers: readonly RequestId[] | 'unknown';
}

/**
 * One response that may turn out to be an event stream, and is ended between two events when the right to it ends.
 *
 * For adapters: hand it to `guardNodeStream` or `guardWebStream`, which call its methods.
 */
export class GuardedStream {
  readonly resource: string;
  readonly auth: AuthInfo;
  readonly dueMs: number;
  /** For its keeper: where it is kept. */
  place: unknown;
  slot = Number.NaN;
  readonly #keeper: StreamKeeper;
  #sink: StreamSink | undefined;
  #unanswered: Set<RequestId> | undefined;
  #isUnknown: boolean;
  /** Whether nobody can see where its events end: they are compressed. */
  #isOpaque = false;
  /** Of an event that is not complete. */
  #tail = '';
  #reason: StreamEndReason | undefined;

  constructor({ resource, auth, dueMs, answers }: StreamRequest, keeper: StreamKeeper) {
    this.resource = resource;
    this.auth = auth;
    this.dueMs = dueMs;
    this.#keeper = keeper;
    this.#isUnknown = answers === 'unknown';
    if (answers !== 'unknown' && answers.length > 0) this.#unanswered = new Set(answers);
  }

  get token(): StreamToken {
    return tokenOf(this.auth);
  }

  /** Whether it is to end, as soon as an event is complete. */
  get isEnding(): boolean {
    return this.#reason !== undefined;
  }

  /**
   * The response is an event stream: its head is about to be sent. Ends nothing yet.
   *
   * @param isOpaque - it has a content coding, so that its bytes do not show events: each write is taken for one
   */
  open(sink: StreamSink, isOpaque = false): void {
    this.#sink = sink;
    this.#isOpaque = isOpaque;
    this.#keeper.opened(this);
  }

  /** What was handed on. Ends the stream where it was to end, and an event is complete. */
  wrote(chunk: unknown): void {
    if (isChunk(chunk) && !this.#isOpaque) this.#note(chunk);
    this.#settle();
  }

  /** The stream was ended by its handler, or its client has gone. */
  closed(): void {
    if (this.#sink === undefined) return;
    this.#sink = undefined;
    this.#keeper.closed(this);
  }

  /** Lets it end with the next event that is complete, if nobody ends it before. */
  condemn(reason: StreamEndReason): void {
    this.#reason ??= reason;
  }

  /** Ends the stream: now, or when the event that is being written is complete. */
  end(reason: StreamEndReason): void {
    if (this.#sink === undefined) return;
    this.condemn(reason);
    this.#settle();
    // The call may have ended it
    if (this.#sink as StreamSink | undefined) this.#keeper.waits(this);
  }

  /** Ends the stream, be it in the middle of an event, which no client takes for one then. */
  cut(): void {
    this.#settle();
    if (this.#sink) this.#finish('');
  }

  #note(chunk: Chunk): void {
    this.#tail = addToTail(this.#tail, chunk);
    if (this.#isUnknown) this.#readId(chunk);
    else if (this.#unanswered !== undefined) this.#noteAnswers(chunk);
  }

  #settle(): void {
    if (this.#reason === undefined || this.#tail !== '') return;
    this.#finish(this.#keeper.closing(this.#reason, this.#unanswered ?? []));
  }

  #finish(last: string): void {
    const sink = this.#sink;
    this.closed();
    sink?.finish(last);
  }

  #readId(chunk: Chunk): void {
    for (const message of readFrames(chunk)) {
      const id = readSubscriptionId(message);
      if (id !== undefined) this.#unanswered = new Set([id]);
      // Nothing else comes first (MCP 2026-07-28, Subscriptions)
      this.#isUnknown = false;
    }
  }

  /** A request must not be answered twice. */
  #noteAnswers(chunk: Chunk): void {
    for (const { id, method } of readFrames(chunk)) {
      if (method === undefined) this.#unanswered?.delete(id as RequestId);
    }
  }
}

function isChunk(value: unknown): value is Chunk {
  return typeof value === 'string' || value instanceof Uint8Array;
}
