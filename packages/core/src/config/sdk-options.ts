import type { VerifyAccessToken } from '../verifier/token-info.js';
import type { AnyVerifyAccessToken } from '../verifier/token-info.js';
import {
  type AutoBearerAuthOptions,
  type BearerAuthOptions,
  type CustomBearerAuthOptions,
  type IntrospectionBearerAuthOptions,
  type JwtBearerAuthOptions,
  type SdkVerifierBearerAuthOptions,
  verifierOptions,
} from './bearer-auth-options.js';
import { object, type Described } from './check-options.js';
import { callable, flag, kind } from './kinds.js';
import { observe, type ObserveOptions } from './observe.js';
import { challengeScopes } from './refusal-options.js';
import { verificationMode } from './verification-mode.js';
import type { OperationPolicy } from '../operation/operation-policy.js';
import { authenticationNeed, operationPolicy, scopeList } from './operation-policy.js';
import type { AuthenticationNeed } from '../policy/authentication-need.js';
import type { ChallengeScopes } from '../scopes/scope-requirement.js';

/** `OAuthError` of `@modelcontextprotocol/server`. */
export type OAuthErrorClass = new (code: 'invalid_token', message: string) => Error;

/** Options of any verifier for the official SDK's own gate. What routes have too means what it means there. */
interface CommonVerifierOptions extends Pick<
  BearerAuthOptions,
  'audience' | 'maxTokenBytes' | 'showErrorDetails'
> {
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
    | ({ readonly mode: AnyVerifyAccessToken } & VerifyingOptions<SdkVerifierBearerAuthOptions>)
  );

export const accessTokenVerifierOptions = object<AccessTokenVerifierOptions>(
  {
    mode: verificationMode,
    OAuthError: callable<OAuthErrorClass>('the class OAuthError of the official SDK'),
    ...verifierOptions,
  },
  { renamed: { maxAgeSeconds: 'lifetimeWithoutExpirySeconds' } },
);

/** Options of a `ListFilter`, and of `SecuritySchemes`. */
export interface ListFilterOptions {
  /**
   * Identifier of the resource whose hierarchy applies; one of those that are configured. Default: the configured resource, where
   * there is one; with several, none.
   */
  readonly resource?: string | undefined;
  /** What single operations need: the value that the route's gate has. */
  readonly operations: OperationPolicy;
  /** Scopes that the route needs in any case: the value that the route's gate has. Default: none. */
  readonly requiredScopes?: readonly string[] | undefined;
  /** How users must have logged in for the route in any case: the value that the route's gate has. Default: none. */
  readonly requiredAuthentication?: AuthenticationNeed | undefined;
  /**
   * What the route's gate tells and does not enforce yet: the value that it has. A list then shows what the gate lets pass. Security schemes
   * name all scopes in any case, so that clients ask for them in time. Default: nothing, what lacks scopes is hidden.
   */
  readonly observe?: ObserveOptions | undefined;
}

export const listFilterOptions = object<ListFilterOptions>({
  resource: kind('the identifier of a configured resource', () => true),
  operations: { ...operationPolicy, required: true },
  requiredScopes: scopeList,
  requiredAuthentication: authenticationNeed,
  observe,
});

/** Which extensions a server advertises. */
export interface AuthorizationExtensionOptions {
  /**
   * Identifier of the resource whose authorization servers are looked at; one of those that are configured. Default: the configured
   * resource, where there is one; with several, none.
   */
  readonly resource?: string | undefined;
  /** OAuth client credentials: clients without a user get tokens for themselves. Default: false. */
  readonly clientCredentials?: boolean | undefined;
  /**
   * Enterprise-managed authorization: the identity provider of an organization decides which of its users may use this server. Default:
   * false.
   */
  readonly enterpriseManagedAuthorization?: boolean | undefined;
}

export const authorizationExtensionMembers = {
  resource: kind<string>('the identifier of a configured resource', () => true),
  clientCredentials: { ...flag, default: false },
  enterpriseManagedAuthorization: { ...flag, default: false },
} satisfies Described<AuthorizationExtensionOptions>;

export const authorizationExtensionOptions = object<AuthorizationExtensionOptions>(
  authorizationExtensionMembers,
);

/** Options of a scope challenge for the official SDK. */
export interface ScopeChallengeOptions {
  /**
   * Identifier of the resource whose hierarchy and scopes apply; one of those that are configured. Default: the configured
   * resource, where there is one; with several, none.
   */
  readonly resource?: string | undefined;
  /** Scopes that the route needs in any case, to be named too. Default: none. */
  readonly requiredScopes?: readonly string[] | undefined;
  /** How users must have logged in for the route in any case: the value that the route's gate has. Default: none. */
  readonly requiredAuthentication?: AuthenticationNeed | undefined;
  /**
   * What is told and not enforced yet, as on a route: the value that the route's gate has. `operations` is about the rules given here. Each
   * request that passes because of it is told as a decision with `observed`, counted apart from those of the gate. Default: nothing, all of it
   * is enforced.
   */
  readonly observe?: ObserveOptions | undefined;
  /** What a challenge asks for; see {@link ChallengeScopes}. Default: `by-version`. */
  readonly challengeScopes?: ChallengeScopes | undefined;
}

export const scopeChallengeOptions = object<ScopeChallengeOptions>({
  resource: kind('the identifier of a configured resource', () => true),
  requiredScopes: scopeList,
  requiredAuthentication: authenticationNeed,
  observe,
  challengeScopes,
});
