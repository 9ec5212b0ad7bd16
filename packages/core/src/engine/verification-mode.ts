import { MCPAuthConfigError } from '../errors/config-error.js';
import type { BearerAuthOptions, JwtBearerAuthOptions } from '../options/bearer-auth-options.js';
import type { VerifyAccessToken } from '../verifier/custom-verifier.js';

/** How the tokens of a route are verified: as JWTs with the issuer's keys, or by a function. */
export type VerificationMode = 'jwt' | VerifyAccessToken;

/** Options that go with a mode. */
export type OptionsFor<Mode extends VerificationMode> = Mode extends 'jwt'
  ? JwtBearerAuthOptions
  : BearerAuthOptions;

/** For callers without TypeScript: a misspelt mode must not become an error of every request. */
export function checkMode(mode: unknown, options: unknown): void {
  if (mode !== 'jwt' && typeof mode !== 'function') {
    throw new MCPAuthConfigError(
      'invalid_option',
      'mode',
      'must be "jwt" or a function that verifies a token.',
    );
  }
  if (typeof options !== 'object' || options === null) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'options',
      'must name the resource: { resource: "https://…" }.',
    );
  }
}
