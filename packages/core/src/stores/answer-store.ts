/**
 * Where processes share what authorization servers say of tokens. Keys are keyed hashes and values are sealed: whoever reads or writes
 * there learns no token, and makes none pass.
 *
 * Each method may answer immediately or with a promise. One that throws, rejects, does not answer in time or returns something
 * that was not sealed for its key counts as a miss: a faulty store makes requests slower and decides nothing.
 */
export interface AnswerStore {
  /** The value that was set under this key and is not older than its lifetime; `undefined` or `null` for none. */
  get(key: string): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps a value for at most this many whole seconds, 1 or more. An earlier value under the key is replaced. */
  set(key: string, value: string, ttlSeconds: number): unknown;
  /** Forgets a key; one that is not there is no error. */
  delete(key: string): unknown;
}
