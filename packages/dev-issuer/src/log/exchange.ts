/** What is shown of a request or a response: nothing in it lets anybody act for somebody. */
export interface ShownMessage {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** A form as lines of parameters, JSON with a line for each member. Absent where there was none, or a page. */
  readonly body?: string;
}

/** One request to the issuer and its answer. */
export interface Exchange {
  /** Counted from 1. */
  readonly number: number;
  /** ISO 8601. */
  readonly time: string;
  /** What it is for, in a sentence. */
  readonly title: string;
  /** Why it was refused: the error, its description, and what to do where that is known. Absent where it was not. */
  readonly reason?: string;
  readonly request: ShownMessage & {
    readonly method: string;
    readonly path: string;
    /** Parameters of the query, a line each. */
    readonly query: readonly string[];
  };
  readonly response: ShownMessage & { readonly status: number };
}

/** The exchanges of an issuer, the latest ones. */
export interface ExchangeLog {
  /** In their order; 200 at most. */
  readonly exchanges: readonly Exchange[];
  /** Forgets them. */
  clear(): void;
}

const maxExchanges = 200;

export class Exchanges implements ExchangeLog {
  #count = 0;
  #kept: Exchange[] = [];

  get exchanges(): readonly Exchange[] {
    return this.#kept;
  }

  add(exchange: Omit<Exchange, 'number'>): Exchange {
    const numbered = { number: ++this.#count, ...exchange };
    this.#kept = [...this.#kept.slice(-(maxExchanges - 1)), numbered];
    return numbered;
  }

  clear(): void {
    this.#kept = [];
  }
}
