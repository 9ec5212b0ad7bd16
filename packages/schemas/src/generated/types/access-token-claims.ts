// Generated from src/sources by pnpm codegen. Do not edit.

/** One entry of authorization_details (RFC 9396). */
export interface AuthorizationDetail {
  /**
   * What kind of authorization it is.
   *
   * @see RFC 9396 section 2
   */
  type: string;
  /**
   * Where it applies.
   *
   * @see RFC 9396 section 2.2
   */
  locations?: string[];
  /**
   * What may be done.
   *
   * @see RFC 9396 section 2.2
   */
  actions?: string[];
  /**
   * Which kinds of data.
   *
   * @see RFC 9396 section 2.2
   */
  datatypes?: string[];
  /**
   * Which resource.
   *
   * @see RFC 9396 section 2.2
   */
  identifier?: string;
  /**
   * With which privileges.
   *
   * @see RFC 9396 section 2.2
   */
  privileges?: string[];
  [other: string]: unknown;
}

/** The key a token is bound to (RFC 7800). */
export interface Confirmation {
  /**
   * Thumbprint of the DPoP key.
   *
   * @see RFC 9449 section 6.1
   */
  jkt?: string;
  /**
   * SHA-256 thumbprint of the client certificate.
   *
   * @see RFC 8705 section 3.1
   */
  'x5t#S256'?: string;
  /**
   * Name of the key.
   *
   * @see RFC 7800 section 3.4
   */
  kid?: string;
  /**
   * The key itself.
   *
   * @see RFC 7800 section 3.2
   */
  jwk?: { [member: string]: unknown };
  [other: string]: unknown;
}

/** Claims of a JWT access token (RFC 9068). */
export interface AccessTokenClaims {
  /**
   * Who issued the token.
   *
   * @see RFC 9068 section 2.2
   */
  iss: string;
  /**
   * When the token expires, in seconds since the epoch.
   *
   * @see RFC 9068 section 2.2
   */
  exp: number;
  /**
   * Whom the token is for.
   *
   * @see RFC 9068 section 2.2
   */
  aud: string | string[];
  /**
   * Whom the token is about.
   *
   * @see RFC 9068 section 2.2
   */
  sub: string;
  /**
   * The client the token was issued to.
   *
   * @see RFC 9068 section 2.2
   */
  client_id: string;
  /**
   * When the token was issued, in seconds since the epoch.
   *
   * @see RFC 9068 section 2.2
   */
  iat: number;
  /**
   * Name of the token, unique per issuer.
   *
   * @see RFC 9068 section 2.2
   */
  jti: string;
  /**
   * When the token becomes valid, in seconds since the epoch.
   *
   * @see RFC 7519 section 4.1.5
   */
  nbf?: number;
  /**
   * When the user logged in, in seconds since the epoch.
   *
   * @see RFC 9068 section 2.2.1
   */
  auth_time?: number;
  /**
   * How the user logged in, as a class.
   *
   * @see RFC 9068 section 2.2.1
   */
  acr?: string;
  /**
   * How the user logged in, as methods.
   *
   * @see RFC 9068 section 2.2.1
   */
  amr?: string[];
  /**
   * Granted scopes, separated by spaces.
   *
   * @see RFC 9068 section 2.2.3
   */
  scope?: string;
  /**
   * Granted authorization in detail.
   *
   * @see RFC 9396 section 9.1
   */
  authorization_details?: AuthorizationDetail[];
  /**
   * Groups of the subject; their form is not fixed.
   *
   * @see RFC 9068 section 2.2.3.1
   */
  groups?: unknown;
  /**
   * Roles of the subject; their form is not fixed.
   *
   * @see RFC 9068 section 2.2.3.1
   */
  roles?: unknown;
  /**
   * Entitlements of the subject; their form is not fixed.
   *
   * @see RFC 9068 section 2.2.3.1
   */
  entitlements?: unknown;
  /**
   * The key the token is bound to.
   *
   * @see RFC 7800 section 3.1
   */
  cnf?: Confirmation;
  /**
   * Who acts on behalf of the subject.
   *
   * @see RFC 8693 section 4.1
   */
  act?: { [member: string]: unknown };
  [other: string]: unknown;
}
