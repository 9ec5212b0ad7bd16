/** Field lines as pairs: a list, because fields repeat. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A complete HTTP answer that an adapter writes without adding to it. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
  /** Absent for answers without content. */
  readonly body: string | undefined;
}

/** The request ends here with this answer. */
export interface RefuseDecision extends Answer {
  readonly kind: 'refuse';
}
