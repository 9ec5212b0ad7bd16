/** What a custom verifier reports about a token it found genuine. */
export interface TokenInfo {
  /** Issuer identifier; must be one that the resource trusts. */
  readonly issuer: string;
  /** Default: what `claims` say. */
  readonly clientId?: string | undefined;
  /** Default: what `claims` say, read as the configuration of the authorization server says. */
  readonly scopes?: readonly string[] | undefined;
  /** Whom the token was issued for; must be this resource, unless the configuration names other audiences. */
  readonly audience?: string | readonly string[] | undefined;
  readonly subject?: string | undefined;
  /** Seconds since the epoch. Required, unless the route has `lifetimeWithoutExpirySeconds`. */
  readonly expiresAt?: number | undefined;
  /**
   * Further claims of the token. Where they hold `iss`, `exp`, `nbf`, `iat` or `cnf`, these are checked too, and `active`
   * must not be `false`. The same goes for members of these names outside of `claims`, and for `cnf` in `extra`. Where one of these places
   * has a `token_type` of `DPoP`, one of them must name the key.
   */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Verifies a token in its own way, for tokens that are not JWTs.
 *
 * It must establish that the token is genuine. The gate checks issuer, audience, expiry and scopes of what it returns. It is
 * called for every request, also when several bring one token at a time: only its author knows what a call may be spared.
 * To refuse a token it throws `MCPAuthTokenVerificationError` (401); `MCPAuthAuthServerError` says that nobody can tell
 * (503); anything else is an error of the application and goes to the framework's error handling.
 */
export type VerifyAccessToken = (token: string) => TokenInfo | Promise<TokenInfo>;

/** What a verifier written for the official SDK's own gate reports: its `AuthInfo`, which names neither issuer nor audience. */
export interface SdkTokenInfo {
  readonly token?: string | undefined;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Seconds since the epoch. Required, unless the route has `lifetimeWithoutExpirySeconds`. */
  readonly expiresAt?: number | undefined;
  /** Where it is given, it must be the resource of the route, or an audience of `verifierChecks`. */
  readonly resource?: URL | undefined;
  /**
   * Claims of the token. They are checked as `claims` of a {@link TokenInfo} are, must be those of an access token, and become `claims` of
   * the caller.
   */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * `verifyAccessToken` of a verifier that was written for the official SDK's `requireBearerAuth`. Its route needs `verifierChecks`, which
 * says the issuer and the audience that it leaves out.
 */
export type VerifySdkToken = (token: string) => SdkTokenInfo | Promise<SdkTokenInfo>;

/** Any of these functions: what they return decides which options go with them. */
export type AnyVerifyAccessToken = (
  token: string,
) => TokenInfo | SdkTokenInfo | Promise<TokenInfo | SdkTokenInfo>;
