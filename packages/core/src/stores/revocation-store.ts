/** A revocation as processes share it. */
export interface SharedRevocation {
  /** A keyed hash of what is revoked. */
  readonly name: string;
  /** Sealed: whoever reads it learns nothing, and whoever makes one up revokes nothing. */
  readonly entry: string;
  /** The later of two with one name has the higher one. */
  readonly order: number;
  /** When it is not needed any more in any case. Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Entries of the list, oldest first. */
export interface RevocationPage {
  readonly entries: readonly string[];
  /** Where the next page begins; `undefined` for the beginning. */
  readonly cursor: string | undefined;
  /** Whether this page is from the beginning: there was no cursor, or it is of a list that is gone. */
  readonly isFromStart: boolean;
  /** Whether there are more entries now. */
  readonly hasMore: boolean;
}

/**
 * A list of revocations that processes share: each adds its own, and all read those of the others a few times a second. A list that is lost is made
 * anew: processes add again what they know when a page is from the beginning.
 *
 * Each method may answer immediately or with a promise, and throws or rejects where it cannot do what it is asked for.
 */
export interface RevocationStore {
  /** Adds an entry at the end, and removes one of the same name; not where that has an order as high. */
  add(revocation: SharedRevocation): unknown;
  /** A page after a cursor of an earlier one. */
  read(cursor: string | undefined): RevocationPage | Promise<RevocationPage>;
}
