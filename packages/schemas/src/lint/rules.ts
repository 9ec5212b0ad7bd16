/** What the generator tells the lint level about one kind of document: member names by rule. */
export interface Rules {
  /** Every registered member. */
  readonly members: readonly string[];
  readonly urls: readonly string[];
  readonly recommended: readonly string[];
  /** Members with language-tagged variants. */
  readonly tagged: readonly string[];
  readonly https: readonly string[];
  readonly noQuery: readonly string[];
  readonly noFragment: readonly string[];
  readonly notEmpty: readonly string[];
  readonly noNone: readonly string[];
  readonly asymmetricOnly: readonly string[];
  readonly jwsAlgorithms: readonly string[];
  readonly languageTags: readonly string[];
  readonly issuerIdentifiers: readonly string[];
  readonly resourceIdentifiers: readonly string[];
  readonly mustHold: Readonly<Record<string, readonly string[]>>;
  readonly shouldHold: Readonly<Record<string, readonly string[]>>;
  /** Closed lists of values. */
  readonly only: Readonly<Record<string, readonly string[]>>;
  /** The section that defines a member, for those whose findings cite it. */
  readonly sources: Readonly<Record<string, string>>;
}
