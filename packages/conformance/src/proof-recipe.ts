import type { JsonObject } from './json.js';

/** A key of whoever sends tokens. `holder` is the one that tokens are bound to, where a case says so. */
export type SenderKeyName = 'holder' | 'thief' | 'p384' | 'ed25519' | 'rsa' | 'weak-rsa';

/**
 * How to make a proof (RFC 9449 §4.2), as data. Without any member: a good proof of `holder` for the request.
 *
 * In strings, `{nonce}` stands for the last one that an answer gave, `{origin}` for that of the first resource; a value `{ fromNow: 60 }` for the time in
 * 60 seconds.
 */
export interface ProofRecipe {
  /** The very proof of the request before. */
  readonly again?: true;
  /** Whose key signs, and is shown. Default: `holder`. */
  readonly key?: SenderKeyName;
  /** Whose key is shown. Default: that of `key`. */
  readonly shownKey?: SenderKeyName;
  /** Members of the key that is shown in addition to, or instead of, its own. */
  readonly jwk?: JsonObject;
  /** The order in which members of the key are shown; others follow. Default: that of the platform. */
  readonly jwkOrder?: readonly string[];
  /** Shows the members of the private key too. */
  readonly showsPrivateKey?: true;
  /** Header members in addition to, or instead of, the usual ones. */
  readonly header?: JsonObject;
  readonly omitHeader?: readonly string[];
  /** Claims in addition to, or instead of, the usual ones. */
  readonly claims?: JsonObject;
  readonly omitClaims?: readonly string[];
  /** How the hash of the token is written. Default: as RFC 9449 §4.2 says. */
  readonly ath?: 'hex' | 'padded' | 'base64' | 'with-scheme';
  /** Sign this string instead of the claims. */
  readonly payload?: string;
  readonly spoil?: ProofSpoiling;
  /** Use this string as it is. */
  readonly literal?: string;
}

export type ProofSpoiling =
  | 'flip-signature'
  /** Puts other claims under the signature. */
  | 'swap-claims'
  /** Leaves the third segment empty. */
  | 'empty-signature'
  /** Signs with HMAC, the public key as the secret. */
  | 'hmac-with-public-key'
  /** Five segments, as encrypted tokens have. */
  | 'five-segments'
  /** JWS JSON Serialization. */
  | 'json';
