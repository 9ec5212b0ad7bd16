import { scopeOf } from '../caller/auth-info.js';
import type { EventSink } from '../events/event-sink.js';
import type { StreamEndReason } from '../events/events.js';
import type { Clock } from '../net/environment.js';
import { mayShareCalls } from '../net/fetch-json.js';
import { formatClosing, type RequestId } from './closing-frames.js';
import type { GuardedStream, StreamKeeper, StreamToken } from './guarded-stream.js';
import { StreamWatch } from './stream-watch.js';

/** What streams may belong to, in addition to a token: they end with it. */
export class StreamScope {
  /** Made when the first comes: most requests are none. */
  #streams: Set<GuardedStream> | undefined;

  add(stream: GuardedStream): void {
    (this.#streams ??= new Set()).add(stream);
  }

  delete(stream: GuardedStream): void {
    this.#streams?.delete(stream);
  }

  /** Ends them, for the session is over. */
  end(): void {
    const streams = [...(this.#streams ?? [])];
    const [first] = streams;
    this.#streams = undefined;
    (first?.place as Place | undefined)?.keeper.endAll(streams, 'session_ended');
  }
}

interface Place {
  readonly keeper: OpenStreams;
  readonly watch: StreamWatch;
}

interface StreamEnvironment {
  readonly now: Clock;
  readonly events: EventSink;
}

/** All streams of one configuration that end with their right. */
export class OpenStreams implements StreamKeeper {
  readonly #environment: StreamEnvironment;
  readonly #isRevoked: (token: StreamToken) => boolean;
  readonly #random: () => number;
  readonly #shared: Place;
  #isClosed = false;

  constructor(
    environment: StreamEnvironment,
    isRevoked: (token: StreamToken) => boolean,
    random: () => number = Math.random,
  ) {
    this.#environment = environment;
    this.#isRevoked = isRevoked;
    this.#random = random;
    this.#shared = { keeper: this, watch: this.#createWatch() };
  }

  /** Streams that are open; where requests do not share a timer, nobody can tell. */
  get size(): number {
    return this.#shared.watch.size;
  }

  opened(stream: GuardedStream): void {
    const place = this.#findPlace();
    stream.place = place;
    place.watch.add(stream);
    const scope = scopeOf(stream.auth);
    if (scope instanceof StreamScope) scope.add(stream);
    // Its head is not sent yet, and the right may have ended while the handler worked
    queueMicrotask(() => {
      if (this.#isClosed) stream.end('closed');
      else if (this.#isRevoked(stream.token)) this.endAll([stream], 'revoked');
    });
  }

  closed(stream: GuardedStream): void {
    (stream.place as Place | undefined)?.watch.remove(stream);
    const scope = scopeOf(stream.auth);
    if (scope instanceof StreamScope) scope.delete(stream);
  }

  closing(reason: StreamEndReason, unanswered: Iterable<RequestId>): string {
    return formatClosing(reason, unanswered, this.#random);
  }

  waits(stream: GuardedStream): void {
    (stream.place as Place | undefined)?.watch.postpone(stream);
  }

  /** Ends those whose token is revoked, and says how many. */
  endRevoked(): number {
    const streams = [...this.#shared.watch.streams()];
    return this.endAll(
      streams.filter(({ token }) => this.#isRevoked(token)),
      'revoked',
    );
  }

  /** Ends all, and each that is opened from now on: nobody would watch it any more. */
  close(): void {
    this.#isClosed = true;
    this.endAll([...this.#shared.watch.streams()], 'closed');
    for (const stream of [...this.#shared.watch.streams()]) stream.cut();
  }

  /** Ends these, tells the owner, and says how many there were. */
  endAll(streams: Iterable<GuardedStream>, reason: StreamEndReason): number {
    const counts = new Map<string, number>();
    let ended = 0;
    for (const stream of streams) {
      if (stream.isEnding) continue;
      ended++;
      counts.set(stream.resource, (counts.get(stream.resource) ?? 0) + 1);
      this.#end(stream, reason);
    }
    for (const [resource, count] of counts) {
      this.#environment.events.emit({ type: 'stream', resource, reason, count, open: this.size });
    }
    return ended;
  }

  /** What goes wrong with one response must not keep the others open. */
  #end(stream: GuardedStream, reason: StreamEndReason): void {
    try {
      stream.end(reason);
    } catch {
      this.#environment.events.warn(
        `${stream.resource}: a stream could not be ended, because its response threw. Look at what wraps write() and end() of responses.`,
      );
    }
  }

  /** A Worker must not touch the response of one request for another: each stream has a timer there, which its request keeps. */
  #findPlace(): Place {
    if (mayShareCalls()) return this.#shared;
    const watch = this.#createWatch((streams) => {
      const all = [...streams];
      if (this.#isClosed) this.endAll(all, 'closed');
      else {
        this.endAll(
          all.filter(({ token }) => this.#isRevoked(token)),
          'revoked',
        );
      }
    });
    return { keeper: this, watch };
  }

  #createWatch(onLook?: (streams: Iterable<GuardedStream>) => void): StreamWatch {
    return new StreamWatch(
      this.#environment.now,
      (streams, reason) => void this.endAll(streams, reason),
      onLook,
    );
  }
}
