/** Share of the budget that callers without a token may have together: nobody without one can crowd out the others. */
const anonymousShare = 0.25;

/** The memory that all bodies take that are being read at a time. */
export class BodyBudget {
  readonly #maxBytes: number;
  #bytes = 0;
  #anonymousBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether so many bytes more may be taken; they are then, and have to be given back. */
  take(bytes: number, anonymous: boolean): boolean {
    if (this.#bytes + bytes > this.#maxBytes) return false;
    if (anonymous && this.#anonymousBytes + bytes > this.#maxBytes * anonymousShare) return false;
    this.#bytes += bytes;
    if (anonymous) this.#anonymousBytes += bytes;
    return true;
  }

  give(bytes: number, anonymous: boolean): void {
    this.#bytes -= bytes;
    if (anonymous) this.#anonymousBytes -= bytes;
  }
}
