import type { IssuerName, KeyName } from './issuer/issuer-name.js';
import type { JsonObject } from './json.js';

/**
 * How to make a token, as data. Without any member: a good access token of `primary` for the first resource.
 *
 * In strings of `header` and `claims`, `{primary}`, `{secondary}` and `{foreign}` stand for the issuers' identifiers. A
 * value `{ fromNow: 60 }` stands for the time in 60 seconds.
 */
export interface TokenRecipe {
  /** The very token of the request before. */
  readonly again?: true;
  /** Whose identifier becomes `iss`. Default: `primary`. */
  readonly issuer?: IssuerName;
  /** Whose key signs, and which. Default: key `es256` of the issuer. */
  readonly signer?: { readonly issuer?: IssuerName; readonly key?: KeyName };
  /** Header members in addition to, or instead of, the usual ones. */
  readonly header?: JsonObject;
  readonly omitHeader?: readonly string[];
  /** Claims in addition to, or instead of, the usual ones. */
  readonly claims?: JsonObject;
  readonly omitClaims?: readonly string[];
  /** Sign this string instead of the claims. */
  readonly payload?: string;
  /** `latin1` makes every character above 127 a byte that is not UTF-8. Default: `utf8`. */
  readonly encoding?: 'utf8' | 'latin1';
  /** How to spoil the finished token. */
  readonly spoil?: TokenSpoiling;
  /** Use this string as it is; all other members are then without meaning. */
  readonly literal?: string;
}

export type TokenSpoiling =
  | 'flip-signature'
  /** Puts other claims under the signature. */
  | 'swap-claims'
  /** Leaves the third segment empty. */
  | 'empty-signature'
  /** Signs with HMAC, the public key of `rs256` as the secret. */
  | 'hmac-with-public-key'
  /** Leaves the signature and its dot out. */
  | 'two-segments'
  /** Adds a fourth segment. */
  | 'four-segments'
  /** Five segments, as encrypted tokens have. */
  | 'five-segments'
  /** Pads the signature with an equals sign. */
  | 'padding'
  /** Sets bits at the end of the signature that belong to no byte. */
  | 'unused-bits'
  /** Puts the token as claims set into another token that nobody signed. */
  | 'nest-unsigned';
