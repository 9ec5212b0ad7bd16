/** Something that people do wrong, and what they read then. */
export interface Mistake {
  /** Of the table of mistakes. */
  readonly row: number;
  readonly what: string;
  /** Makes it. What it returns is not looked at; what it throws is read like a line. */
  readonly make: () => unknown;
  /** One line has all of these: the cause, and what to do. */
  readonly says: readonly (string | RegExp)[];
}

/** Something that was a mistake once, and works now. */
export interface Harmless {
  readonly row: number;
  readonly what: string;
  /** Returns what `expected` is. */
  readonly make: () => unknown;
  readonly expected: unknown;
}

/** A mistake that nothing in the process can see, with the row of the table of symptoms that explains it. */
export interface Explained {
  readonly row: number;
  readonly what: string;
  readonly symptom: string;
}
