import type { OAuthErrorClass } from '../sdk/token-verifier.js';
import type { VerifyAccessToken } from '../verifier/custom-verifier.js';
import type { JwtBearerAuthOptions } from './bearer-auth-options.js';

/** Options of a verifier for the official SDK's own gate. The first four mean what they mean on a route. */
export interface AccessTokenVerifierOptions extends Pick<
  JwtBearerAuthOptions,
  'audience' | 'jwtVerify' | 'remoteJwkSet' | 'showErrorDetails'
> {
  /** How tokens are verified: as JWTs with the issuer's keys, or by a function. Default: `jwt`. */
  readonly mode?: 'jwt' | VerifyAccessToken | undefined;
  /**
   * The class `OAuthError` of the `@modelcontextprotocol/server` that runs the gate: what a refused token is thrown as.
   *
   * Default: an error of our own that the SDK recognises from version 2 on by its mark. Passing the class makes sure of it;
   * an error that is not recognised is answered with 500, never let through.
   */
  readonly OAuthError?: OAuthErrorClass | undefined;
}
