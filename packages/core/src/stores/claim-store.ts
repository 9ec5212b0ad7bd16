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
  /**
   * The era of the store in which the nonce of the identifier was made, as `era` said it then; empty where it was not known. The store
   * claims nothing of another era: what it has forgotten may have been used before. Absent where there is no nonce to tell by.
   */
  readonly era?: string | undefined;
}

/**
 * What became of a claim: `claimed` for the first one, `known` for every later one of the same identifier. `holder-full`: its holder has
 * as many live ones as it may have; `full`: all of them together take the room there is; `forgotten`: it is of another era, so nobody
 * knows whether it was used. None of these three keeps anything.
 */
export type ClaimOutcome = 'claimed' | 'known' | 'holder-full' | 'full' | 'forgotten';

/** Keeps what was used once, for as long as it could be used again. One that several processes share answers all of them as one. */
export interface ClaimStore {
  claim(claim: Claim): ClaimOutcome | Promise<ClaimOutcome>;
  /**
   * A word for the time since the store last forgot claims of this holder: 1 to 64 letters, digits and characters of `_` and `-`. It is put into
   * nonces. May be an earlier one: the claim decides. Absent for a store that forgets nothing as long as it is used.
   */
  era?(holder: string): string | Promise<string>;
}
