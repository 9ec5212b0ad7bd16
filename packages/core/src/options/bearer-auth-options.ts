import type { RemoteJwkSetOptions } from './key-set-settings.js';
import type { JwtVerifyOptions } from './jwt-verify-options.js';

/** Options of a route's gate, whatever verifies its tokens. */
export interface BearerAuthOptions {
  /** Identifier of the resource this route belongs to; one of the configured `protectedResources`. */
  readonly resource: string;
  /**
   * The audiences this route accepts. Default: what the configuration of the authorization server says, which is the
   * resource identifier unless it names others.
   *
   * With one authorization server this sets the list; with several it narrows theirs.
   */
  readonly audience?: string | readonly string[] | undefined;
  /** Scopes a token must have, all of them. Named in every challenge of the route. Default: none. */
  readonly requiredScopes?: readonly string[] | undefined;
  /**
   * Tells clients which check refused their token. Default: false; operators learn it from events in any case.
   *
   * The texts are fixed and hold nothing of a token. For development.
   */
  readonly showErrorDetails?: boolean | undefined;
}

/** Options of a route whose tokens are JWTs. */
export interface JwtBearerAuthOptions extends BearerAuthOptions {
  readonly jwtVerify?: JwtVerifyOptions | undefined;
  readonly remoteJwkSet?: RemoteJwkSetOptions | undefined;
}
