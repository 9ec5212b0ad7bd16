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

/** A few milliseconds of work. */
const streamsPerTurn = 100;

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
    for (const stream of [...this.#shared.watch.streams()]) this.#try(stream, () => stream.cut());
  }

  /**
   * Ends these, tells the owner, and says how many there were. Of many the last ones end a little later, so that requests can pass
   * between them; from now on none of them gets more than the event that is being written.
   */
  endAll(streams: Iterable<GuardedStream>, reason: StreamEndReason): number {
    const open = [...streams].filter(({ isEnding }) => !isEnding);
    for (const stream of open) stream.condemn(reason);
    this.#endInTurns(open, reason);
    return open.length;
  }

  #endInTurns(streams: readonly GuardedStream[], reason: StreamEndReason, from = 0): void {
    const to = this.#isClosed ? streams.length : from + streamsPerTurn;
    for (const stream of streams.slice(from, to)) this.#try(stream, () => stream.end(reason));
    if (to < streams.length) setTimeout(() => this.#endInTurns(streams, reason, to), 0);
    else this.#tell(streams, reason);
  }

  #tell(streams: readonly GuardedStream[], reason: StreamEndReason): void {
    const counts = new Map<string, number>();
    for (const { resource } of streams) counts.set(resource, (counts.get(resource) ?? 0) + 1);
    for (const [resource, count] of counts) {
      this.#environment.events.emit({ type: 'stream', resource, reason, count, open: this.size });
    }
  }

  /** What goes wrong with one response must not keep the others open. */
  #try(stream: GuardedStream, act: () => void): void {
    try {
      act();
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
      (stream) => this.#try(stream, () => stream.cut()),
      onLook,
    );
  }
}
