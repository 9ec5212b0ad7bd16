import type { Claim, ClaimOutcome, ClaimStore } from '../stores/claim-store.js';

const outcomes: ReadonlySet<unknown> = new Set<ClaimOutcome>([
  'claimed',
  'known',
  'holder-full',
  'full',
  'forgotten',
]);

/** How long a store is waited for; one that others share has a shorter limit itself. */
const timeoutMs = 2000;

/** A store that is asked: one that throws, rejects, answers late or with anything else lets no proof pass. */
export class ClaimGate {
  readonly #store: ClaimStore;
  readonly #report: (problem: string, cause?: unknown) => void;

  /** @param report - tells the owner */
  constructor(store: ClaimStore, report: (problem: string, cause?: unknown) => void) {
    this.#store = store;
    this.#report = report;
  }

  claim(claim: Claim): ClaimOutcome | 'failed' | Promise<ClaimOutcome | 'failed'> {
    try {
      const outcome: unknown = this.#store.claim(claim);
      return isThenable(outcome) ? this.#wait(outcome) : this.#settle(outcome);
    } catch (error) {
      return this.#fail('threw', error);
    }
  }

  /** What nonces of this holder are made with; empty where the store has no eras, or says none now. */
  era(holder: string): string | Promise<string> {
    return this.#store.era?.(holder) ?? '';
  }

  async #wait(pending: PromiseLike<unknown>): Promise<ClaimOutcome | 'failed'> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), timeoutMs)));
    try {
      const outcome = await Promise.race([pending, late]);
      return outcome === 'late' ? this.#fail(`did not answer within ${timeoutMs} ms`) : this.#settle(outcome);
    } catch (error) {
      return this.#fail('rejected', error);
    } finally {
      clearTimeout(timer);
    }
  }

  #settle(outcome: unknown): ClaimOutcome | 'failed' {
    return outcomes.has(outcome) ? (outcome as ClaimOutcome) : this.#fail('answered with an unknown outcome');
  }

  #fail(problem: string, cause?: unknown): 'failed' {
    this.#report(problem, cause);
    return 'failed';
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
