/** All claims of a token whose signature has been verified. */
export type Claims = Readonly<Record<string, unknown>>;

/** Where a policy applies. */
export interface TokenPolicyContext {
  /** Identifier of the protected resource; in legacy mode the issuer. */
  readonly resource: string;
  /** JOSE header; empty for tokens that are not JWTs. */
  readonly header: Readonly<Record<string, unknown>>;
}

/** Judges the claims of one token. */
type CheckClaims = (claims: Claims, context: TokenPolicyContext) => string | undefined;

/**
 * Rules for the tokens of one provider, in addition to those that every token has to meet.
 *
 * A policy refuses, it never admits: signature, issuer, time and kind of token are checked before it is asked, audience and
 * scopes after. What it can take the place of is an absent `aud`, see `audienceMayBeAbsent`, and the rule that a `nonce` marks an ID
 * token, see `nonceMayBePresent`; both need a `check`.
 */
export type TokenPolicy = {
  /** Shown in warnings. */
  readonly name: string;
  /**
   * Returns the name of the claim that speaks against a token, or nothing; the name is shown in events, so never return a
   * value. Asked on every request, so it must not wait for anything. One that throws refuses the token. Default: none.
   */
  readonly check?: CheckClaims | undefined;
  /**
   * Reads the granted scopes, from the claims alone: what it returns is kept with a verified token. One that throws grants
   * none. Default: `scope`, else `scp`, else `scopes`.
   */
  readonly scopes?: ((claims: Claims) => readonly string[]) | undefined;
  /**
   * The name by which clients ask this provider for a scope, where its tokens call it something shorter: challenges and
   * `scopes_supported` say this name. Requirements may be written in either way. A name of a name must be that name itself. Default:
   * a scope has one name.
   */
  readonly publishedScope?: ((scope: string) => string) | undefined;
  /** Reads the client identifier, from the claims alone. Default: `client_id`, else `azp`, else `cid`, else `appid`. */
  readonly clientId?: ((claims: Claims) => string | undefined) | undefined;
  /** What is weaker than an audience check, said once when a resource uses the policy. Default: none. */
  readonly warning?: string | undefined;
  /**
   * Whether access tokens of this provider may have a `nonce`, because `check` tells them from ID tokens in another way; it must be
   * given then. Default: false, a `nonce` marks an ID token unless `typ` says that the token is an access token.
   *
   * The hashes that only ID tokens carry (`at_hash`, `c_hash`, `s_hash`) refuse a token in any case.
   */
  readonly nonceMayBePresent?: boolean | undefined;
} & (
  | { readonly audienceMayBeAbsent?: false | undefined }
  | {
      /**
       * Lets a token without `aud` pass, because `check` establishes another binding to this resource; it must be given
       * then. Default: false.
       *
       * An `aud` that is present is compared in any case, and an empty one is refused.
       */
      readonly audienceMayBeAbsent: true;
      readonly check: CheckClaims;
    }
);
