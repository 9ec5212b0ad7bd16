/** A header line. */
export type HeaderLine = readonly [name: string, value: string];

/** What went over the wire and what came back, without secrets. */
export interface Exchange {
  readonly number: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly HeaderLine[];
    readonly body?: string | undefined;
  };
  readonly response?: {
    readonly status: number;
    readonly headers: readonly HeaderLine[];
    /** The first of it. */
    readonly body: string;
    readonly bytes: number;
  };
  readonly failure?: { readonly kind: DoorFailure; readonly message: string };
}

/** Why a request has no answer. */
export type DoorFailure =
  | 'dns'
  | 'connect'
  | 'tls'
  | 'client_certificate'
  | 'timeout'
  | 'too_large'
  | 'not_http'
  | 'budget'
  | 'out_of_time'
  | 'private_address'
  | 'foreign_secret'
  | 'unsupported_url';

/** A request without an answer: its `kind` says why, its message says it in words. */
export class DoorError extends Error {
  override readonly name = 'DoorError';

  constructor(
    readonly kind: DoorFailure,
    message: string,
    readonly exchange?: Exchange,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
