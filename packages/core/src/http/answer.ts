/** Headers as pairs: a list, because headers repeat. */
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

/** A refusal that a handler may raise while it works, as long as the response has not begun. */
export interface LateRefusal {
  /** Resolves when a handler has raised one; stays pending otherwise, and never rejects. */
  readonly raised: Promise<void>;
  /** Whether one has. */
  readonly isRaised: boolean;
  /**
   * To be called when the first byte of the response is about to be sent, or instead of it: the answer to send in its
   * place, or nothing. From then on a handler can only answer with a tool error. Every call returns the same.
   */
  settle(): Answer | undefined;
}
