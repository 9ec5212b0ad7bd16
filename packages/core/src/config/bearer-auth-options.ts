import type { DenialForm } from '../challenge/operation-refusals.js';
import type { AuthContext } from '../context/auth-context.js';
import type { ChallengeChoice } from '../gate/challenge-form.js';
import type { StreamPolicy } from '../gate/stream-gate.js';
import type { OperationPolicy } from '../operation/operation-policy.js';
import type { AuthenticationNeed } from '../policy/authentication-need.js';
import type { ChallengeScopes } from '../scopes/scope-requirement.js';
import {
  jwtVerifyHints,
  jwtVerifyOptions,
  type JwtVerifyOptions,
  type RemoteJwkSetOptions,
  remoteJwkSetOptions,
} from './jwt-verify-options.js';
import { bearerAuthHints } from './bearer-auth-hints.js';
import { type AudienceOption, audienceOption } from './audience-option.js';
import { object, type Described } from './check-options.js';
import { type KeyVerifier, keyVerifiers, type PrefixVerifiersOption } from './key-verifiers.js';
import { observe, type ObserveOptions } from './observe.js';
import { flag, kind, lifetimeWithoutExpirySeconds, maxTokenBytes, number, oneOf } from './kinds.js';
import { authenticationNeed, operationPolicy, scopeList } from './operation-policy.js';
import { type ProofMode, proofModes } from './proofs.js';
import { challenges, challengeScopes, denials } from './refusal-options.js';
import { type VerifierChecks, verifierChecks } from './verifier-checks.js';

/**
 * Options of a route's gate, for every way to verify its tokens.
 *
 * @see RFC 6750 §3
 * @see RFC 9068 §4
 * @example
 * ```ts
 * import type { BearerAuthOptions } from '@mcp-auth/core';
 *
 * export const options: BearerAuthOptions = {
 *   resource: 'https://api.example.com/mcp',
 *   requiredScopes: ['notes:read'],
 * };
 * ```
 */
export interface BearerAuthOptions {
  /**
   * Identifier of the resource this route belongs to; one of those that are configured. Default: the configured resource, where
   * there is one; with several, none.
   */
  readonly resource?: string | undefined;
  /**
   * The audiences this route accepts. Default: what the configuration of the authorization server says, which is the
   * resource identifier unless it names others.
   *
   * With one authorization server this sets the list; with several it narrows theirs. An entry `{ value, until }` is accepted in addition,
   * until the end of that day: without other entries, what the configuration says stays.
   */
  readonly audience?: AudienceOption | undefined;
  /** Scopes a token must have, all of them. Named in every challenge of the route. Default: none. */
  readonly requiredScopes?: readonly string[] | undefined;
  /**
   * How users must have logged in, by `acr` and `auth_time` of the token or the introspection answer (RFC 9470); else they are answered with
   * 401 and `insufficient_user_authentication`. Default: none, any login does.
   */
  readonly requiredAuthentication?: AuthenticationNeed | undefined;
  /**
   * What single operations (tools, resources, prompts, methods) need beyond `requiredScopes`. Reads the body, once, bounded
   * by `maxBodyBytes`, and hands the parsed value on. Default: nothing, and no body is touched.
   */
  readonly operations?: OperationPolicy | undefined;
  /**
   * What is told and not enforced until a day, so that scopes can be demanded of clients that do not ask for them yet. Default: nothing, all
   * of it is enforced.
   */
  readonly observe?: ObserveOptions | undefined;
  /**
   * How clients are told that a rule of `operations` denies what they ask for; see {@link DenialForm}. Default: `json-rpc`.
   */
  readonly denials?: DenialForm | undefined;
  /**
   * How a client that calls a tool is told that it needs a token, more scopes or another login; see {@link ChallengeForm}. For all clients,
   * for those that declare a capability, or as a function says. Needs `operations`: the body says what is called. A request whose token is
   * bad, or that no `'anonymous'` rule could be about, is answered over HTTP in any case. Default: `http`.
   */
  readonly challenges?: ChallengeChoice | undefined;
  /**
   * Longest token that is looked at, in bytes; a longer one is answered with 401. Default: 16384 (16 KiB). At most 131072 (128 KiB).
   *
   * The server in front decides first: Node answers 431 to more than 16 KiB of headers, unless `maxHeaderSize` allows more.
   */
  readonly maxTokenBytes?: number | undefined;
  /** What a 403 asks for; see {@link ChallengeScopes}. Default: `by-version`. */
  readonly challengeScopes?: ChallengeScopes | undefined;
  /** Largest body that `operations` reads, in bytes; a larger one is answered with 413. Default: 4194304 (4 MiB). */
  readonly maxBodyBytes?: number | undefined;
  /**
   * The same for callers without a token, whose bodies are read where a rule is `'anonymous'` or a function; a larger one is
   * answered with 401. Default: 65536 (64 KiB).
   */
  readonly maxAnonymousBodyBytes?: number | undefined;
  /** Milliseconds for reading such a body; a slower one is answered with 408, or 401 without a token. Default: 30000. */
  readonly bodyTimeoutMs?: number | undefined;
  /**
   * Whether tokens of this route must be bound to a key of their sender; see {@link ProofMode}. Default: the `mode` of `dpop` of the resource,
   * and `bearer` where it has none.
   */
  readonly dpop?: ProofMode | undefined;
  /**
   * What happens to the response stream of a POST whose tool is running when the right to it ends: its token expires, its key is
   * withdrawn, its session ends, or it is revoked. `'finish'` lets the tool answer. `'end'` writes a JSON-RPC error for the request and
   * ends the stream between two events, so that nothing more of the answer is received; the tool's `signal` is aborted by that, but a
   * tool that does not look at it runs to its end. `'end'` reads the body as `operations` does. Streams of GET requests and of
   * `subscriptions/listen` always end. Default: `'finish'`.
   */
  readonly streams?: StreamPolicy | undefined;
  /**
   * Makes the caller known to everything a request starts: pass `authContext` of the `context` entry, and `getAuthInfo()` and
   * `requireScopes()` work in handlers without plumbing. Default: none, because on Node 20 it makes every await slower.
   *
   * With it, the head of a POST response is held back until its first byte, so that a handler can still be refused with 403.
   */
  readonly asyncContext?: AuthContext | undefined;
  /**
   * Tells clients which check refused their token. Default: false; operators learn it from events in any case.
   *
   * The texts are fixed and hold nothing of a token. For development.
   */
  readonly showErrorDetails?: boolean | undefined;
}

/** Options of a route whose tokens are JWTs. */
export interface JwtBearerAuthOptions extends BearerAuthOptions {
  /**
   * Verifiers for keys of your own, such as API keys, next to the JWTs: each for the tokens that begin with its prefix, or one for all that
   * do not have the form of a JWT (`kind: 'opaque'`). Default: none.
   *
   * A token goes to one verifier, by its text alone; what that one refuses is refused. Clients without a token are told of the authorization
   * servers only.
   */
  readonly verifiers?: readonly KeyVerifier[] | undefined;
  /** What JWTs must fulfil. For the modes `jwt` and `auto`. Default: the defaults of {@link JwtVerifyOptions}. */
  readonly jwtVerify?: JwtVerifyOptions | undefined;
  /**
   * How the keys of an authorization server are fetched and kept. For the modes `jwt` and `auto`. Default: the defaults of
   * {@link RemoteJwkSetOptions}.
   */
  readonly remoteJwkSet?: RemoteJwkSetOptions | undefined;
  readonly lifetimeWithoutExpirySeconds?: never;
  readonly verifierChecks?: never;
}

/** What stands in for an expiry that nobody states. */
export interface LifetimeOptions {
  /**
   * Seconds that a token without a stated expiry is good for, counted from `iat`, or from the moment it was vouched for where
   * there is none. It becomes `expiresAt`. Default: none, such a token is refused.
   *
   * It never extends an expiry that is stated. 1 to 31536000 (a year).
   */
  readonly lifetimeWithoutExpirySeconds?: number | undefined;
}

/** Options of a route whose tokens are checked by asking the authorization server. */
export interface IntrospectionBearerAuthOptions
  extends BearerAuthOptions, LifetimeOptions, PrefixVerifiersOption {
  readonly jwtVerify?: never;
  readonly remoteJwkSet?: never;
  readonly verifierChecks?: never;
}

/**
 * Options of a route that takes both: `jwtVerify` and `remoteJwkSet` for JWTs, `lifetimeWithoutExpirySeconds` for the others. The clock of
 * `jwtVerify` (`clockTolerance`, `currentDate`) goes for both.
 */
export interface AutoBearerAuthOptions extends BearerAuthOptions, LifetimeOptions, PrefixVerifiersOption {
  readonly jwtVerify?: JwtVerifyOptions | undefined;
  readonly remoteJwkSet?: RemoteJwkSetOptions | undefined;
}

/** Options of a route whose tokens are verified by a function. */
export interface CustomBearerAuthOptions extends BearerAuthOptions, LifetimeOptions, PrefixVerifiersOption {
  readonly jwtVerify?: never;
  readonly remoteJwkSet?: never;
  /**
   * What the function checks itself and does not report, such as a verifier written for the official SDK's `requireBearerAuth`. Stands for
   * the `issuer` and the `audience` that it leaves out. Default: none, and a report without an issuer is refused.
   *
   * Checks: an issuer or audience that the report states anyway, in `extra` and `claims` too, must agree, and so must `resource`. What the
   * report shows of an ID token, or of another kind of token, refuses it.
   * Does not check: that the function really compares them. If it does not look at `aud`, tokens for any other application of the
   * issuer open this route.
   */
  readonly verifierChecks?: VerifierChecks | undefined;
}

/** Options of a route whose function reports neither issuer nor audience. */
export interface SdkVerifierBearerAuthOptions extends CustomBearerAuthOptions {
  /** What the function checks itself; see {@link CustomBearerAuthOptions.verifierChecks}. Default: none, it must be given. */
  readonly verifierChecks: VerifierChecks;
}

/** Everything that some route's options may name; which go together is a matter of the mode. */
export type AnyBearerAuthOptions =
  | JwtBearerAuthOptions
  | IntrospectionBearerAuthOptions
  | AutoBearerAuthOptions
  | CustomBearerAuthOptions;

/** Whether something can carry a caller. */
function isAuthContext(value: unknown): boolean {
  return typeof (value as Partial<AuthContext> | null)?.run === 'function';
}

export const verifierOptions = {
  audience: audienceOption,
  showErrorDetails: flag,
  maxTokenBytes,
  jwtVerify: object<JwtVerifyOptions>(jwtVerifyOptions, jwtVerifyHints),
  remoteJwkSet: object<RemoteJwkSetOptions>(remoteJwkSetOptions),
  lifetimeWithoutExpirySeconds,
  verifierChecks,
  verifiers: keyVerifiers,
} satisfies Partial<Described<AnyBearerAuthOptions>>;

export const bearerAuthMembers = {
  // Looked up among the configured ones, which says more than its kind
  resource: kind<string>('the identifier of a configured resource', () => true),
  requiredScopes: scopeList,
  requiredAuthentication: authenticationNeed,
  operations: operationPolicy,
  observe,
  denials,
  challenges,
  challengeScopes,
  maxBodyBytes: number({ unit: 'bytes', min: 1, whole: true, default: 4 * 1024 * 1024 }),
  maxAnonymousBodyBytes: number({ unit: 'bytes', min: 1, whole: true, default: 65_536 }),
  bodyTimeoutMs: number({ unit: 'milliseconds', min: 1, max: 300_000, default: 30_000 }),
  dpop: oneOf<ProofMode>(proofModes),
  streams: { ...oneOf<StreamPolicy>(['end', 'finish']), default: 'finish' },
  asyncContext: kind<AuthContext>('authContext of the context entry', isAuthContext),
  ...verifierOptions,
} satisfies Described<AnyBearerAuthOptions>;

export const bearerAuthOptions = object<AnyBearerAuthOptions>(bearerAuthMembers, bearerAuthHints);
