/** What processes share in a store: option `stores`. */
export type StoreName = 'answers' | 'claims' | 'revocations';

/** A store that processes share began to fail, or answers again. One of each for every time it does. */
export interface StoreEvent {
  readonly type: 'store';
  readonly store: StoreName;
  readonly phase: 'begin' | 'end';
  /** What stands meanwhile: `refuse`: requests that need it are answered with 503. `local`: what this process knows by itself. */
  readonly whenUnavailable: 'refuse' | 'local';
  /** What went wrong, in the words of the store's client. Only at its beginning. */
  readonly reason?: string;
  /** How long it has lasted, in milliseconds. Only at its end. */
  readonly durationMs?: number;
}
