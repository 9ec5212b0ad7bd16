import type { VerifyAccessToken } from '../verifier/custom-verifier.js';
import {
  verifierOptions,
  type AutoBearerAuthOptions,
  type BearerAuthOptions,
  type CustomBearerAuthOptions,
  type IntrospectionBearerAuthOptions,
  type JwtBearerAuthOptions,
} from './bearer-auth-options.js';
import { object } from './check-options.js';
import { callable } from './kinds.js';
import { verificationMode } from './verification-mode.js';

/** `OAuthError` of `@modelcontextprotocol/server`. */
export type OAuthErrorClass = new (code: 'invalid_token', message: string) => Error;

/** Options of any verifier for the official SDK's own gate. The first two mean what they mean on a route. */
interface CommonVerifierOptions extends Pick<BearerAuthOptions, 'audience' | 'showErrorDetails'> {
  /**
   * The class `OAuthError` of the `@modelcontextprotocol/server` that runs the gate: what a refused token is thrown as.
   *
   * Default: an error of our own that the SDK recognises from version 2 on by its mark. Passing the class makes sure of it;
   * an error that is not recognised is answered with 500, never let through.
   */
  readonly OAuthError?: OAuthErrorClass | undefined;
}

type VerifyingOptions<Options extends BearerAuthOptions> = Omit<Options, keyof BearerAuthOptions>;

/**
 * Options of a verifier for the official SDK's own gate: `mode` as on a route, with the options that go with it. Default
 * mode: `jwt`.
 */
export type AccessTokenVerifierOptions = CommonVerifierOptions &
  (
    | ({
        /** How tokens are verified, as on a route. Default: `jwt`. */
        readonly mode?: 'jwt' | undefined;
      } & VerifyingOptions<JwtBearerAuthOptions>)
    | ({ readonly mode: 'introspection' } & VerifyingOptions<IntrospectionBearerAuthOptions>)
    | ({ readonly mode: 'auto' } & VerifyingOptions<AutoBearerAuthOptions>)
    | ({ readonly mode: VerifyAccessToken } & VerifyingOptions<CustomBearerAuthOptions>)
  );

export const accessTokenVerifierOptions = object<AccessTokenVerifierOptions>({
  mode: verificationMode,
  OAuthError: callable<OAuthErrorClass>('the class OAuthError of the official SDK'),
  ...verifierOptions,
});
