import { isPromise } from '../errors/promises.js';
import { hideUrlSecrets } from '../errors/shown-text.js';
import type { EventSink } from '../events/event-sink.js';
import { printable } from '../events/facts.js';
import type { StoreName } from '../events/store-event.js';

/** What stands where a store does not answer: a refusal, or what this process knows by itself. */
export type WhenUnavailable = 'refuse' | 'local';

/** A store did not answer, not in time, or with something else. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** So many failures in a row, and requests do not wait any more for the next. */
const failuresBeforePause = 3;
const firstPauseMs = 100;
const longestPauseMs = 1000;
/** So long does a store answer without a failure, and the owner hears that it does: one that is full takes what has room now and then. */
const steadyMs = 1000;
/** A kind of command that failed, and is not tried any more for so long, says nothing about the store now. */
const silentMs = 60_000;

/** What a store is asked to do. One that is full still answers some of them. */
export type StoreCommand = 'add' | 'claim' | 'delete' | 'era' | 'get' | 'read' | 'set';

export interface StoreGuardOptions {
  readonly store: StoreName;
  readonly whenUnavailable: WhenUnavailable;
  /** For each command. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly events: EventSink;
}

/** How commands of one kind fare. */
interface Lane {
  /** In a row. */
  failures: number;
  retryAt: number;
  isTrying: boolean;
}

/**
 * Stands in front of a store: no command takes longer than its time, one that has failed repeatedly is tried by one request at a time,
 * and the owner hears when an outage begins and ends.
 *
 * Kinds of commands fail apart: a store that is full can be read, which does not end its outage. When one that failed is answered
 * again the store was out of reach as a whole, and the others are tried again too.
 *
 * A command that was given up may be carried out all the same, and its answer is not looked at any more.
 */
export class StoreGuard {
  readonly #options: StoreGuardOptions;
  readonly #lanes = new Map<StoreCommand, Lane>();
  #failingSince: number | undefined;
  /** Since when nothing has failed during an outage. */
  #answeringSince: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: StoreGuardOptions) {
    this.#options = options;
  }

  /**
   * Runs one command.
   *
   * @param read - turns an answer into what it stands for; throws for one that is none
   * @param isLast - whether there is no later time to try
   * @throws {StoreUnavailableError}
   */
  async run<Answer, Result>(
    kind: StoreCommand,
    command: () => Answer | Promise<Answer>,
    read: (answer: Answer) => Result,
    isLast = false,
  ): Promise<Result> {
    const lane = this.#laneOf(kind);
    const isPaused = lane.failures >= failuresBeforePause && !isLast;
    if (isPaused && (lane.isTrying || this.#isTooEarly(lane))) {
      throw new StoreUnavailableError(`The store of ${this.#options.store} is left alone for a while.`);
    }
    if (isPaused) lane.isTrying = true;
    try {
      const result = read(await this.#inTime(command));
      if (this.#failingSince !== undefined) this.#answered(lane, this.#failingSince);
      return result;
    } catch (error) {
      this.#failed(lane, error);
      throw new StoreUnavailableError(`The store of ${this.#options.store} failed.`, { cause: error });
    } finally {
      if (isPaused) lane.isTrying = false;
    }
  }

  #laneOf(kind: StoreCommand): Lane {
    let lane = this.#lanes.get(kind);
    if (lane === undefined) {
      lane = { failures: 0, retryAt: -Infinity, isTrying: false };
      this.#lanes.set(kind, lane);
    }
    return lane;
  }

  #isTooEarly(lane: Lane): boolean {
    const wait = lane.retryAt - this.#options.now();
    // A clock that was set back must not keep the store shut for as long
    return wait > 0 && wait <= longestPauseMs;
  }

  #inTime<Answer>(command: () => Answer | Promise<Answer>): Answer | Promise<Answer> {
    const answer = command();
    if (!isPromise(answer)) return answer;
    const pending = answer as Promise<Answer>;
    return new Promise((resolve, reject) => {
      const { timeoutMs } = this.#options;
      const giveUp = () => reject(new Error(`no answer in ${timeoutMs} ms`));
      // Where the process was busy, an answer that is there already is read between the two timers
      let timer = setTimeout(() => (timer = setTimeout(giveUp, 1)), timeoutMs);
      const stop = () => clearTimeout(timer);
      pending.then(stop, stop);
      pending.then(resolve, reject);
    });
  }

  #answered(lane: Lane, failingSince: number): void {
    if (lane.failures > 0) for (const each of this.#lanes.values()) each.failures = 0;
    const now = this.#options.now();
    if ([...this.#lanes.values()].some((each) => each.failures > 0 && now - each.retryAt < silentMs)) return;
    this.#answeringSince ??= now;
    if (now - this.#answeringSince >= steadyMs) this.#end(failingSince, this.#answeringSince);
    else this.#endLater();
  }

  /** For a store that nobody asks any more. */
  #endLater(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      if (this.#failingSince !== undefined && this.#answeringSince !== undefined) {
        this.#end(this.#failingSince, this.#answeringSince);
      }
    }, steadyMs);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  #end(since: number, until: number): void {
    this.#failingSince = undefined;
    this.#stopEnding();
    // A clock that was set back says nothing about how long it was
    this.#options.events.emit({ ...this.#common, phase: 'end', durationMs: Math.max(0, until - since) });
  }

  #stopEnding(): void {
    this.#answeringSince = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #failed(lane: Lane, error: unknown): void {
    const now = this.#options.now();
    lane.failures++;
    const doublings = Math.max(0, lane.failures - failuresBeforePause);
    lane.retryAt = now + Math.min(longestPauseMs, firstPauseMs * 2 ** doublings);
    this.#stopEnding();
    if (this.#failingSince !== undefined) return;
    this.#failingSince = now;
    const reason = error instanceof Error ? hideUrlSecrets(error.message) : 'an error without a message';
    this.#options.events.emit({ ...this.#common, phase: 'begin', reason: printable(reason, 200) });
  }

  get #common() {
    const { store, whenUnavailable } = this.#options;
    return { type: 'store', store, whenUnavailable } as const;
  }
}
