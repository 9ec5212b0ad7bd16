import type { StreamEndReason } from '../events/events.js';
import type { Clock } from '../net/environment.js';
import type { TokenSigner } from '../token/verification.js';
import type { GuardedStream } from './guarded-stream.js';
import { TimerWheel } from './timer-wheel.js';

/** Once a second: a set of keys is asked about four times less often than time. */
const ticksPerLook = 4;

/** How long a stream may take to complete an event. */
const graceMs = 5000;

/** Streams whose right is watched with one timer: that their time is over, and that their keys are published. */
export class StreamWatch {
  readonly #now: Clock;
  readonly #wheel: TimerWheel<GuardedStream>;
  readonly #bySigner = new Map<TokenSigner, Set<GuardedStream>>();
  readonly #end: (streams: Iterable<GuardedStream>, reason: StreamEndReason) => void;
  readonly #onLook: ((streams: Iterable<GuardedStream>) => void) | undefined;
  #ticks = 0;

  /**
   * @param end - called with those whose right has ended
   * @param onLook - called once a second with all of them, where nobody else can reach them
   */
  constructor(
    now: Clock,
    end: (streams: Iterable<GuardedStream>, reason: StreamEndReason) => void,
    onLook?: (streams: Iterable<GuardedStream>) => void,
  ) {
    this.#now = now;
    this.#end = end;
    this.#onLook = onLook;
    this.#wheel = new TimerWheel(now, (due) => this.#tick(due));
  }

  get size(): number {
    return this.#wheel.size;
  }

  streams(): Iterable<GuardedStream> {
    return this.#wheel.entries();
  }

  add(stream: GuardedStream): void {
    stream.slot = this.#wheel.add(stream, stream.dueMs);
    const { signer } = stream.token;
    if (signer === undefined) return;
    const group = this.#bySigner.get(signer);
    if (group === undefined) this.#bySigner.set(signer, new Set([stream]));
    else group.add(stream);
  }

  /** Whether it was there. */
  remove(stream: GuardedStream): boolean {
    const { signer } = stream.token;
    const group = signer && this.#bySigner.get(signer);
    group?.delete(stream);
    if (signer !== undefined && group?.size === 0) this.#bySigner.delete(signer);
    return this.#wheel.remove(stream, stream.slot);
  }

  /** Looks again in a while at a stream that could not end. */
  postpone(stream: GuardedStream): void {
    this.#wheel.remove(stream, stream.slot);
    stream.slot = this.#wheel.add(stream, this.#now() + graceMs);
  }

  #tick(due: readonly GuardedStream[]): void {
    for (const stream of due) if (stream.isEnding) stream.cut();
    if (due.length > 0) this.#end(due, 'token_expired');
    if (++this.#ticks % ticksPerLook !== 0) return;
    for (const [signer, streams] of [...this.#bySigner]) {
      if (signer.isWithdrawn()) this.#end([...streams], 'key_withdrawn');
    }
    this.#onLook?.([...this.streams()]);
  }
}
