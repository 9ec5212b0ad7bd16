// Generated from src/sources by pnpm codegen. Do not edit.

/** A JSON Web Key (RFC 7517). Which further members it needs depends on its type. */
export interface Jwk {
  /**
   * Family of the algorithm, e.g. RSA or EC.
   *
   * @see RFC 7517 section 4.1
   */
  kty: string;
  /**
   * What the key is for: sig or enc.
   *
   * @see RFC 7517 section 4
   */
  use?: string;
  /**
   * Operations the key is meant for.
   *
   * @see RFC 7517 section 4
   */
  key_ops?: string[];
  /**
   * Algorithm the key is meant for.
   *
   * @see RFC 7517 section 4
   */
  alg?: string;
  /**
   * Name of the key inside its set.
   *
   * @see RFC 7517 section 4
   */
  kid?: string;
  /**
   * URL of a certificate chain.
   *
   * @see RFC 7517 section 4
   */
  x5u?: string;
  /**
   * Certificate chain, each in base64.
   *
   * @see RFC 7517 section 4
   */
  x5c?: string[];
  /**
   * SHA-1 thumbprint of the certificate.
   *
   * @see RFC 7517 section 4
   */
  x5t?: string;
  /**
   * SHA-256 thumbprint of the certificate.
   *
   * @see RFC 7517 section 4
   */
  'x5t#S256'?: string;
  /**
   * Curve of an elliptic curve or octet key pair.
   *
   * @see RFC 7518 section 6.2
   */
  crv?: string;
  /**
   * X coordinate, or the public key of an octet key pair.
   *
   * @see RFC 7518 section 6.2
   */
  x?: string;
  /**
   * Y coordinate.
   *
   * @see RFC 7518 section 6.2
   */
  y?: string;
  /**
   * Modulus.
   *
   * @see RFC 7518 section 6.3
   */
  n?: string;
  /**
   * Public exponent.
   *
   * @see RFC 7518 section 6.3
   */
  e?: string;
  /**
   * Private part. Has no place in a published set.
   *
   * @see RFC 7518 section 6
   */
  d?: string;
  /**
   * First prime factor. Private.
   *
   * @see RFC 7518 section 6.3
   */
  p?: string;
  /**
   * Second prime factor. Private.
   *
   * @see RFC 7518 section 6.3
   */
  q?: string;
  /**
   * First factor exponent. Private.
   *
   * @see RFC 7518 section 6.3
   */
  dp?: string;
  /**
   * Second factor exponent. Private.
   *
   * @see RFC 7518 section 6.3
   */
  dq?: string;
  /**
   * First coefficient. Private.
   *
   * @see RFC 7518 section 6.3
   */
  qi?: string;
  /**
   * Further primes. Private.
   *
   * @see RFC 7518 section 6.3
   */
  oth?: unknown;
  /**
   * Symmetric key. Has no place in a published set.
   *
   * @see RFC 7518 section 6.4
   */
  k?: string;
  /**
   * When the key was issued, in seconds since the epoch.
   *
   * @see OpenID Federation section 8.7.2
   */
  iat?: number;
  /**
   * When the key becomes valid, in seconds since the epoch.
   *
   * @see OpenID Federation section 8.7.2
   */
  nbf?: number;
  /**
   * When the key expires, in seconds since the epoch.
   *
   * @see OpenID Federation section 8.7.2
   */
  exp?: number;
  [other: string]: unknown;
}

/** A set of JSON Web Keys (RFC 7517). */
export interface JwkSet {
  /**
   * The keys. Consumers skip those they do not understand.
   *
   * @see RFC 7517 section 5.1
   */
  keys: Jwk[];
  [other: string]: unknown;
}
