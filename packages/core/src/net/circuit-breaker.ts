import type { Clock } from './environment.js';
import { FailureBackoff } from './retry-budget.js';

/** How much a dead endpoint may cost. */
export interface CircuitBreakerOptions {
  readonly maxConcurrent: number;
  /** Callers that may wait for their turn. */
  readonly maxWaiting: number;
  /** Milliseconds after which a call that was never settled no longer counts: some platforms end requests without a word. */
  readonly maxCallMs: number;
  readonly now: Clock;
  readonly random?: () => number;
}

/** What a call says about the endpoint; `undecided` where it may be the caller's fault. */
export type CallOutcome = 'succeeded' | 'failed' | 'undecided';

/** Permission for one call; `settle` must be called once with what became of it. */
export interface Permit {
  readonly settle: (outcome: CallOutcome) => void;
}

interface Waiting {
  readonly since: number;
  readonly admit: (permit: Permit | undefined) => void;
}

/** Failures in a row after which the breaker opens. */
const failuresToOpen = 5;
/** When no call has come back for as long, newcomers do not wait for their turn. */
const stallMs = 1000;

/**
 * Stands between callers of one kind and an endpoint that may be dead.
 *
 * While it is closed, `maxConcurrent` calls run at the same time and the others wait, for no longer than `maxCallMs` and one call more:
 * whoever asked first is gone by then. After five failures in a row it is open: everybody is refused immediately, those that
 * wait included, and one call is tried after 1 s, then after twice as long each time, up to 5 s, counted from when the call before began. After a first
 * failure only as many calls run as it takes to make up the five, so that an outage costs `maxConcurrent` + 4 calls at most
 * before that.
 *
 * What calls of another kind say about the endpoint can open it as well, but refuses nobody by itself: the next call is tried
 * immediately, and the others wait for what becomes of it.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  readonly #backoff: FailureBackoff;
  readonly #waiting: Waiting[] = [];
  /** When each call under way began. */
  readonly #running = new Set<{ readonly startedAt: number }>();
  #failures = 0;
  /** Those of them that happened here. */
  #ownFailures = 0;
  #isHeld = false;
  /** When a call last came back, or began while none was under way. */
  #movedAt = 0;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
    this.#backoff = new FailureBackoff(options.now, options.random);
  }

  /** Whole seconds after which a caller that was refused may come again, at least 1. */
  get retryAfterSeconds(): number {
    return this.#isOpen ? this.#backoff.retryAfterSeconds : 1;
  }

  /** A permit, immediately or when it is this caller's turn; `undefined` where nobody may call now. */
  enter(): Permit | undefined | Promise<Permit | undefined> {
    if (this.#running.size >= this.#limit) this.#forgetLostCalls();
    if (this.#running.size < this.#limit) return this.#start();
    if (this.#refuses || this.#waiting.length >= this.#options.maxWaiting || this.#isStalled)
      return undefined;
    return new Promise((admit) => this.#waiting.push({ since: this.#options.now(), admit }));
  }

  /** Counts a failure of a call of another kind. */
  failElsewhere(): void {
    this.#failures += 1;
  }

  /** Forgets such failures. */
  succeedElsewhere(): void {
    if (this.#ownFailures > 0) return;
    this.#failures = 0;
    this.#admit();
  }

  /** Opens it: there is proof that calls of this kind fail. */
  open(): void {
    this.#failures = failuresToOpen;
    this.#ownFailures = failuresToOpen;
    this.#backoff.fail();
    this.#admit();
  }

  /** Closes it: there is proof that the endpoint works. */
  close(): void {
    this.#failures = 0;
    this.#ownFailures = 0;
    this.#backoff.succeed();
    this.#admit();
  }

  /** No further call begins until `release`; callers wait. */
  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#admit();
  }

  get #isOpen(): boolean {
    return this.#failures >= failuresToOpen;
  }

  /** Open, and not only because of calls of another kind. */
  get #refuses(): boolean {
    return this.#isOpen && this.#ownFailures > 0;
  }

  get #isStalled(): boolean {
    return this.#options.now() - this.#movedAt > stallMs;
  }

  get #limit(): number {
    if (this.#isHeld) return 0;
    if (this.#refuses) return this.#backoff.open ? 1 : 0;
    if (this.#isOpen) return 1;
    const { maxConcurrent } = this.#options;
    return this.#failures === 0 ? maxConcurrent : Math.min(maxConcurrent, failuresToOpen - this.#failures);
  }

  #start(): Permit {
    const call = { startedAt: this.#options.now() };
    if (this.#running.size === 0) this.#movedAt = call.startedAt;
    this.#running.add(call);
    const isTrial = this.#isOpen;
    return {
      settle: (outcome) => {
        if (this.#running.delete(call)) this.#settle(outcome, isTrial, call.startedAt);
      },
    };
  }

  #forgetLostCalls(): void {
    const { now, maxCallMs } = this.#options;
    for (const call of this.#running) {
      const age = now() - call.startedAt;
      // A clock that was set back must not keep a lost call for as long
      if (age > maxCallMs || age < 0) this.#running.delete(call);
    }
  }

  #settle(outcome: CallOutcome, isTrial: boolean, startedAt: number): void {
    this.#movedAt = this.#options.now();
    if (outcome === 'succeeded') {
      this.close();
      return;
    }
    if (outcome === 'failed') {
      this.#failures += 1;
      this.#ownFailures += 1;
    }
    // Calls that were under way when it opened say nothing new
    if (isTrial || (outcome === 'failed' && this.#failures === failuresToOpen)) {
      this.#backoff.fail(startedAt);
    }
    this.#admit();
  }

  #admit(): void {
    if (this.#refuses) {
      for (const { admit } of this.#waiting.splice(0)) admit(undefined);
      return;
    }
    const { now, maxCallMs } = this.#options;
    while (this.#waiting[0] !== undefined && now() - this.#waiting[0].since >= maxCallMs) {
      this.#waiting.shift()?.admit(undefined);
    }
    while (this.#running.size < this.#limit) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next.admit(this.#start());
    }
  }
}
