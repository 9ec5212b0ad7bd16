/** An identifier that may be used once, and who uses it. Both are digests. */
export interface Claim {
  /** What the bound counts by, such as a key that signs proofs. */
  readonly holder: string;
  readonly id: string;
  /**
   * When the identifier cannot be used any more, by the clock of the process that claims. Milliseconds since the epoch. A store that processes
   * share keeps it for 60 seconds more, since their clocks may differ by so much.
   */
  readonly expiresAt: number;
}

/**
 * What became of a claim: `claimed` for the first one, `known` for every later one of the same identifier. `holder-full`: its holder has
 * as many live ones as it may have; `full`: all of them together take the room there is. Neither of the two keeps anything.
 */
export type ClaimOutcome = 'claimed' | 'known' | 'holder-full' | 'full';

/** Keeps what was used once, for as long as it could be used again. One that several processes share answers all of them as one. */
export interface ClaimStore {
  claim(claim: Claim): ClaimOutcome | Promise<ClaimOutcome>;
}
