import { MCPAuthConfigError } from '../errors/config-error.js';
import type {
  AutoBearerAuthOptions,
  CustomBearerAuthOptions,
  IntrospectionBearerAuthOptions,
  JwtBearerAuthOptions,
  SdkVerifierBearerAuthOptions,
} from './bearer-auth-options.js';
import type { VerifyAccessToken } from '../verifier/token-info.js';
import type { AnyVerifyAccessToken, VerifySdkToken } from '../verifier/token-info.js';
import { checkKeyVerifiers, type KeyVerifier } from './key-verifiers.js';
import { kind } from './kinds.js';

/**
 * How the tokens of a route are verified: `jwt`, as JWTs with the issuer's keys; `introspection`, by asking the authorization
 * server (RFC 7662); `auto`, JWTs the first way and all others the second; or by a function, which may be one that was written for the
 * official SDK's own gate.
 */
export type VerificationMode = 'jwt' | 'introspection' | 'auto' | AnyVerifyAccessToken;

/** Options that go with a mode. */
export type OptionsFor<Mode extends VerificationMode> = Mode extends 'jwt'
  ? JwtBearerAuthOptions
  : Mode extends 'introspection'
    ? IntrospectionBearerAuthOptions
    : Mode extends 'auto'
      ? AutoBearerAuthOptions
      : Mode extends VerifyAccessToken
        ? CustomBearerAuthOptions
        : Mode extends VerifySdkToken
          ? SdkVerifierBearerAuthOptions
          : CustomBearerAuthOptions;

const foreignOptions: Readonly<Record<'jwt' | 'introspection' | 'auto' | 'custom', readonly string[]>> = {
  jwt: ['lifetimeWithoutExpirySeconds', 'verifierChecks'],
  introspection: ['jwtVerify', 'remoteJwkSet', 'verifierChecks'],
  auto: ['verifierChecks'],
  custom: ['jwtVerify', 'remoteJwkSet'],
};

/** Which modes there are. */
export const verificationMode = kind<VerificationMode>(
  '"jwt", "introspection", "auto", a function that verifies a token, or the options of a route, as { resource }',
  (value) =>
    typeof value === 'function' ||
    (typeof value === 'string' && Object.hasOwn(foreignOptions, value) && value !== 'custom'),
  { shown: true },
);

/** What a route is made of. */
export interface RouteArguments {
  readonly mode: VerificationMode;
  readonly options: OptionsFor<VerificationMode>;
}

/** The first argument of `bearerAuth`: how tokens are verified, or the options of a route whose tokens are JWTs. */
export type ModeOrOptions = VerificationMode | OptionsFor<'jwt'>;

/**
 * The arguments of `bearerAuth` in one form. Without a mode tokens are JWTs.
 *
 * @see {@link BaseMCPAuth}
 * @example
 * ```ts
 * import { BaseMCPAuth, readRoute, type ModeOrOptions, type OptionsFor, type VerificationMode } from '@mcp-auth/core/adapter';
 *
 * export class MCPAuth extends BaseMCPAuth {
 *   static override readonly interfaceVersion = 1;
 *
 *   bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>) {
 *     return this.engine.createGateFor(readRoute(first, second));
 *   }
 * }
 * ```
 */
export function readRoute(
  first: ModeOrOptions | undefined,
  second: OptionsFor<VerificationMode> | undefined,
): RouteArguments {
  const isMode = typeof first === 'string' || typeof first === 'function' || second !== undefined;
  // What is not a mode is told when it is checked
  return isMode
    ? { mode: first as VerificationMode, options: second === undefined ? {} : second }
    : { mode: 'jwt', options: first === undefined ? {} : first };
}

/**
 * Checks that no option is given that has no meaning in this mode, and that each token has one verifier.
 *
 * @throws {MCPAuthConfigError} `unsupported_option`, `invalid_option`
 */
export function checkMode(mode: VerificationMode, options: object): void {
  const name = typeof mode === 'function' ? 'custom' : mode;
  const { verifiers } = options as { readonly verifiers?: readonly KeyVerifier[] | undefined };
  if (verifiers !== undefined) checkKeyVerifiers(verifiers, typeof mode === 'function' ? 'a function' : mode);
  const foreign = foreignOptions[name].find(
    (option) => (options as Readonly<Record<string, unknown>>)[option] !== undefined,
  );
  if (foreign === undefined) return;
  const problem =
    foreign === 'verifierChecks'
      ? 'is about a function that verifies tokens. Remove it: issuer and audience of these tokens are checked here.'
      : name === 'jwt'
        ? 'has no meaning for JWTs, which must state their expiry; jwtVerify.maxTokenAge limits their age.'
        : 'has no meaning where no JWT is verified. Remove it, or use the mode "auto".';
  throw new MCPAuthConfigError('unsupported_option', foreign, problem);
}
