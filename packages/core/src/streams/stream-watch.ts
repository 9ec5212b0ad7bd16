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
  /** How many streams there are of each: they are looked for when it is withdrawn. */
  readonly #signers = new Map<TokenSigner, number>();
  readonly #end: (streams: Iterable<GuardedStream>, reason: StreamEndReason) => void;
  readonly #cut: (stream: GuardedStream) => void;
  readonly #onLook: ((streams: Iterable<GuardedStream>) => void) | undefined;
  #ticks = 0;

  /**
   * @param end - called with those whose right has ended
   * @param cut - called with one that has not ended in time; must not throw
   * @param onLook - called once a second with all of them, where nobody else can reach them
   */
  constructor(
    now: Clock,
    end: (streams: Iterable<GuardedStream>, reason: StreamEndReason) => void,
    cut: (stream: GuardedStream) => void,
    onLook?: (streams: Iterable<GuardedStream>) => void,
  ) {
    this.#now = now;
    this.#end = end;
    this.#cut = cut;
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
    this.#count(stream, 1);
  }

  /** Whether it was there. */
  remove(stream: GuardedStream): boolean {
    this.#count(stream, -1);
    return this.#wheel.remove(stream, stream.slot);
  }

  /** Looks again in a while at a stream that could not end. */
  postpone(stream: GuardedStream): void {
    this.#wheel.remove(stream, stream.slot);
    stream.slot = this.#wheel.add(stream, this.#now() + graceMs);
  }

  #count({ token: { signer } }: GuardedStream, change: 1 | -1): void {
    if (signer === undefined) return;
    const count = (this.#signers.get(signer) ?? 0) + change;
    if (count > 0) this.#signers.set(signer, count);
    else this.#signers.delete(signer);
  }

  #tick(due: readonly GuardedStream[]): void {
    for (const stream of due) if (stream.isEnding) this.#cut(stream);
    if (due.length > 0) this.#end(due, 'token_expired');
    if (++this.#ticks % ticksPerLook !== 0) return;
    const withdrawn = new Set([...this.#signers.keys()].filter((signer) => signer.isWithdrawn()));
    if (withdrawn.size > 0) {
      const lost = [...this.streams()].filter(({ token: { signer } }) => signer && withdrawn.has(signer));
      this.#end(lost, 'key_withdrawn');
    }
    this.#onLook?.([...this.streams()]);
  }
}
