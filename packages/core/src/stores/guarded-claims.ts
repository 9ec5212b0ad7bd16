import type { Claim, ClaimOutcome, ClaimStore } from './claim-store.js';
import type { StoreGuard } from './store-guard.js';

const outcomes: ReadonlySet<unknown> = new Set<ClaimOutcome>([
  'claimed',
  'known',
  'holder-full',
  'full',
  'forgotten',
]);
/** What can stand in a nonce. */
const eraForm = /^[\w-]{1,64}$/;

/**
 * A store of claims that processes share, with its time limit and the owner's choice for when it is down.
 *
 * Without a store of this process (`refuse`) a claim that nobody answers for is an error, and may have been carried out all the same:
 * then the same identifier is `known` the next time, and its holder needs a new one. With one (`local`) every claim is made there first
 * and kept, so that this process never lets an identifier pass twice; another process may, once, while the shared store is down.
 */
export class GuardedClaims implements ClaimStore {
  readonly #shared: ClaimStore;
  readonly #guard: StoreGuard;
  readonly #local: ClaimStore | undefined;

  constructor(shared: ClaimStore, guard: StoreGuard, local: ClaimStore | undefined) {
    this.#shared = shared;
    this.#guard = guard;
    this.#local = local;
  }

  /** @throws {StoreUnavailableError} where there is no store of this process */
  async claim(claim: Claim): Promise<ClaimOutcome> {
    const own = await this.#local?.claim(claim);
    if (own !== undefined && own !== 'claimed') return own;
    try {
      return await this.#guard.run('claim', () => this.#shared.claim(claim), readOutcome);
    } catch (error) {
      if (own === undefined) throw error;
      return own;
    }
  }

  /** Empty where the store says none: then it claims nothing for nonces that are made now, if it has eras. */
  async era(holder: string): Promise<string> {
    if (this.#shared.era === undefined) return '';
    try {
      return await this.#guard.run('era', () => this.#shared.era?.(holder) ?? '', readEra);
    } catch {
      return '';
    }
  }
}

function readOutcome(answer: unknown): ClaimOutcome {
  if (!outcomes.has(answer)) throw new Error('the answer to a claim is none');
  return answer as ClaimOutcome;
}

function readEra(answer: unknown): string {
  if (typeof answer !== 'string' || !eraForm.test(answer)) throw new Error('the era it told is none');
  return answer;
}
