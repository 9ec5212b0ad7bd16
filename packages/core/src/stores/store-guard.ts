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

export interface StoreGuardOptions {
  readonly store: StoreName;
  readonly whenUnavailable: WhenUnavailable;
  /** For each command. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly events: EventSink;
}

/**
 * Stands in front of a store: no command takes longer than its time, one that has failed repeatedly is tried by one request at a time,
 * and the owner hears when an outage begins and ends.
 *
 * A command that was given up may be carried out all the same, and its answer is not looked at any more.
 */
export class StoreGuard {
  readonly #options: StoreGuardOptions;
  #failures = 0;
  #failingSince: number | undefined;
  #retryAt = -Infinity;
  #isTrying = false;

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
    command: () => Answer | Promise<Answer>,
    read: (answer: Answer) => Result,
    isLast = false,
  ): Promise<Result> {
    const isPaused = this.#failures >= failuresBeforePause && !isLast;
    if (isPaused && (this.#isTrying || this.#isTooEarly())) {
      throw new StoreUnavailableError(`The store of ${this.#options.store} is left alone for a while.`);
    }
    if (isPaused) this.#isTrying = true;
    try {
      const result = read(await this.#inTime(command));
      this.#succeeded();
      return result;
    } catch (error) {
      this.#failed(error);
      throw new StoreUnavailableError(`The store of ${this.#options.store} failed.`, { cause: error });
    } finally {
      if (isPaused) this.#isTrying = false;
    }
  }

  #isTooEarly(): boolean {
    const wait = this.#retryAt - this.#options.now();
    // A clock that was set back must not keep the store shut for as long
    return wait > 0 && wait <= longestPauseMs;
  }

  async #inTime<Answer>(command: () => Answer | Promise<Answer>): Promise<Answer> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const giveUp = () => reject(new Error(`no answer in ${this.#options.timeoutMs} ms`));
      // Where the process was busy, an answer that is there already is read between the two timers
      timer = setTimeout(() => (timer = setTimeout(giveUp, 1)), this.#options.timeoutMs);
    });
    try {
      return await Promise.race([command(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #succeeded(): void {
    this.#failures = 0;
    if (this.#failingSince === undefined) return;
    // A clock that was set back says nothing about how long it was
    const durationMs = Math.max(0, this.#options.now() - this.#failingSince);
    this.#failingSince = undefined;
    this.#options.events.emit({ ...this.#common, phase: 'end', durationMs });
  }

  #failed(error: unknown): void {
    const now = this.#options.now();
    this.#failures++;
    const doublings = Math.max(0, this.#failures - failuresBeforePause);
    this.#retryAt = now + Math.min(longestPauseMs, firstPauseMs * 2 ** doublings);
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
