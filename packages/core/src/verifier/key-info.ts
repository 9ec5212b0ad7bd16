interface KeyFacts {
  /** Scopes that the key has. Default: none. */
  readonly scopes?: readonly string[] | undefined;
  /** Seconds since the epoch. Default: none, and the verifier needs `lifetimeWithoutExpirySeconds`. */
  readonly expiresAt?: number | undefined;
  /** The resource that the key is for; must be that of the route where it is given. Default: the resource of the route. */
  readonly audience?: string | readonly string[] | undefined;
  /** Becomes `claims` of the caller. Nothing in it may be the key, or be made of it. Default: none. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * What a function says of a key that it knows: whose it is, and what it opens. One of `subject` and `clientId` must be there; neither may be
 * the key, or hold a part of it.
 *
 * @see {@link VerifyKey}
 */
export type KeyInfo = KeyFacts &
  (
    | { readonly subject: string; readonly clientId?: string | undefined }
    | { readonly clientId: string; readonly subject?: string | undefined }
  );

/**
 * Says whose a key is, and nothing (`undefined`) for one that it does not know.
 *
 * It is called for every request, unless `keepVerdicts` is set. It must compare keys in constant time, as `createKeyVerifier` does, or look
 * for the digest of the key and never for the key. `MCPAuthTokenVerificationError` refuses a key too; `MCPAuthAuthServerError` says that
 * nobody can tell (503); anything else is an error of the application (500).
 *
 * @see {@link KeyInfo}
 */
export type VerifyKey = (key: string) => KeyInfo | undefined | Promise<KeyInfo | undefined>;
