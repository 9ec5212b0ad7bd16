/** All claims of a token whose signature has been verified. */
export type Claims = Readonly<Record<string, unknown>>;

/** Where a policy applies. */
export interface TokenPolicyContext {
  /** Identifier of the protected resource. */
  readonly resource: string;
  /** JOSE header; empty for tokens that are not JWTs. */
  readonly header: Readonly<Record<string, unknown>>;
}

/**
 * Rules for the tokens of one provider, beside or in place of those every token has to meet.
 *
 * A policy may refuse, never admit: signature, issuer, time and kind of token are checked before it is asked.
 */
export interface TokenPolicy {
  /** Shown in events when the policy refuses. */
  readonly name: string;
  /**
   * Whether a token without `aud` may pass because `check` establishes another binding to this resource. Default: false.
   *
   * An `aud` that is present is compared in any case.
   */
  readonly audienceMayBeAbsent?: boolean | undefined;
  /** Returns the claim that speaks against a token, or nothing. Must not throw because of a claim's shape. */
  readonly check?: ((claims: Claims, context: TokenPolicyContext) => string | undefined) | undefined;
  /** Reads the granted scopes. Default: `scope`, else `scp`, else `scopes`. */
  readonly scopes?: ((claims: Claims) => readonly string[]) | undefined;
  /** Reads the client identifier. Default: `client_id`, else `azp`, else `cid`. */
  readonly clientId?: ((claims: Claims) => string | undefined) | undefined;
  /** What is weaker than an audience check, said once when a resource uses the policy. */
  readonly warning?: string | undefined;
}
