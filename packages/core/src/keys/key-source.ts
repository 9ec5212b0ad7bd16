import type { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import type { KeyQuery } from './select-keys.js';
import type { PublicJwk } from './public-jwk.js';

/** What a key source found. */
export type KeyLookup =
  | { readonly kind: 'found'; readonly keys: readonly PublicJwk[] }
  /** The issuer has no such key, as far as a current key set can tell. */
  | { readonly kind: 'unknown' }
  /** The key identifier exists, but its key does not fit the algorithm or must not verify. */
  | { readonly kind: 'unsuitable' }
  | {
      readonly kind: 'unavailable';
      readonly error: MCPAuthAuthServerError;
      readonly retryAfterSeconds: number;
    };

/** The keys of exactly one issuer. Synchronous when the answer is at hand. */
export interface KeySource {
  lookup(query: KeyQuery): KeyLookup | Promise<KeyLookup>;
  /**
   * Looks for keys beyond those that did not verify a token: a provider may have changed a key and kept its identifier, or
   * use none. Never answers `unavailable`: the keys at hand have spoken against the token.
   */
  lookupAgain(
    query: KeyQuery,
    tried: readonly PublicJwk[],
  ): readonly PublicJwk[] | Promise<readonly PublicJwk[]>;
  /** Whether this very key is still part of the current set: the condition for trusting an earlier verdict. */
  holds(key: PublicJwk): boolean;
  /** Resolves when keys are at hand; rejects with `MCPAuthAuthServerError` when they cannot be had. */
  ready(): Promise<void>;
}
