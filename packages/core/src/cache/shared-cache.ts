/**
 * A cache that several processes may share. Keys are digests and values are short JSON texts with a version of their own;
 * neither ever holds a token.
 *
 * Each method may answer at once or with a promise. One that throws, rejects, does not answer in time or returns something
 * unreadable counts as a miss: a faulty cache makes requests slower and decides nothing.
 *
 * Whoever can write to it decides which tokens pass: give it the protection of your signing keys.
 */
export interface SharedCache {
  /** The value that was set under this key and is not older than its lifetime; `undefined` for none. */
  get(key: string): string | undefined | Promise<string | undefined>;
  /** Keeps a value for at most this many whole seconds, 1 or more. An earlier value under the key is replaced. */
  set(key: string, value: string, ttlSeconds: number): unknown;
  /** Forgets a key; one that is not there is no error. */
  delete(key: string): unknown;
}
