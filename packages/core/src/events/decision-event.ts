import type { BearerAuthErrorCode } from '../errors/bearer-auth-error.js';
import type { ProofErrorCode } from '../errors/proof-error.js';
import type { TokenErrorCode } from '../errors/token-error.js';
import type { Fact } from './facts.js';
import type { Timing } from './timing.js';

/** Why a request was denied. */
export type DenialCode =
  | TokenErrorCode
  | BearerAuthErrorCode
  | ProofErrorCode
  | 'authorization_server_unavailable'
  | 'verification_failed';

/**
 * Which of a route's verifiers a caller came by: keys of an authorization server, a question to it (RFC 7662), a function that verifies all
 * tokens of the route, or a function for keys (`verifiers`).
 */
export type VerifiedBy = 'jwt' | 'introspection' | 'function' | 'key';

/**
 * What a token says, as far as it is not a secret. Strings are cut to a bounded length, and what could break a line is escaped.
 *
 * @see RFC 9068 §2.2
 */
export interface TokenStatement {
  /** `iss`. */
  readonly issuer?: string;
  /** `aud`. */
  readonly audience?: string | readonly string[];
  /** `sub`: personal data. */
  readonly subject?: string;
  readonly clientId?: string;
  /** `typ` of the header. */
  readonly type?: string;
  /** `alg` of the header. */
  readonly algorithm?: string;
  /** `kid` of the header. */
  readonly keyId?: string;
  /** Seconds since the epoch. */
  readonly expiresAt?: number;
}

/** The caller of a request, as its verified token says. */
export interface DecisionCaller {
  /** `iss`. */
  readonly issuer: string;
  /** `sub`, unique per issuer only: personal data. Absent where the token has none. */
  readonly subject?: string;
  /** Absent where the token names none. */
  readonly clientId?: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  /** Which verifier vouches for the caller. */
  readonly verifiedBy?: VerifiedBy;
  /**
   * A hash of `jti`, by which uses of one token can be told together. Absent without `jti`, where `jti` is the token itself or a part of
   * it, for keys, and where no listener hears of allowed requests.
   */
  readonly tokenId?: string;
}

/** One operation of a request (JSON-RPC). Written by the client: bounded and escaped. */
export interface DecisionOperation {
  readonly method: string;
  /** The tool, prompt or resource that it names: personal data in some applications. */
  readonly target?: string;
  /**
   * A rule of `operations` names the target as it is written here; without a target, MCP or a rule has the method. Any other name may be
   * made up by a client: it must not become a label of a metric.
   */
  readonly isNamed?: true;
}

/** What every decision says. */
export interface DecisionFacts {
  readonly type: 'decision';
  /** Identifier of the resource; in legacy mode the issuer. */
  readonly resource: string;
  /** The path of the resource, as configured: nothing of the request. */
  readonly route: string;
  /** The HTTP method, or `(unknown method)` for one that is not registered; absent where somebody else's gate asked. */
  readonly httpMethod?: string;
  /** What the body asked for, where rules for operations had it read. At most ten of a batch. */
  readonly operations?: readonly DecisionOperation[];
  /** How the caller came in: with a token, or without one where that is permitted. `none`: nothing was presented that could be used. */
  readonly via: 'bearer' | 'anonymous' | 'none';
  /**
   * The configured issuer that the token names: nothing that a client can make up. Whether the token comes from there, only a `caller`
   * says.
   */
  readonly configuredIssuer?: string;
  /** Which proof of possession the token is bound to: a key that signs proofs (RFC 9449), a client certificate (RFC 8705). */
  readonly binding: 'none' | 'dpop' | 'mtls';
  /** Whether the verdict on the token was remembered. Absent where no token was judged. */
  readonly memory?: 'remembered' | 'first-sight';
  /** How long it took to verify the token. Absent where it was remembered. */
  readonly verification?: Timing;
  /** How long it took to judge the body, where rules for operations are computed. */
  readonly rules?: Timing;
  /** Scopes that the request needs, as far as that is known: all of them, or those of which one of each set will do. */
  readonly required: readonly string[];
  /** Scopes that the token grants. Absent without a verified token. */
  readonly granted?: readonly string[];
  /** Who calls: verified. */
  readonly caller?: DecisionCaller;
  /** The request's own `X-Request-Id`, where it is 1 to 128 plain characters. */
  readonly requestId?: string;
  /** The request's own `traceparent` (W3C Trace Context §3.2), where it is one. */
  readonly traceparent?: string;
}

/** What can be told without being enforced: the scopes that a route demands, and those that rules for operations demand. */
export type ObservedPart = 'scopes' | 'operations';

/** Why a request would have been denied, were it not only observed. */
export interface ObservedDenial {
  readonly code: 'insufficient_scope';
  /** What is missing: scopes of the route, of rules for operations, or both. */
  readonly parts: readonly ObservedPart[];
  /** The last day, by UTC, on which such a request passes; written as 2027-01-31. */
  readonly until: string;
  /** Of this client on this route, this one included, since the process started. */
  readonly count: number;
  /** `others`: there were 1,000 clients before, and all further ones are counted together. */
  readonly countedAs: 'client' | 'others';
}

/** A request may go on. */
export interface AllowedDecision extends DecisionFacts {
  readonly outcome: 'allow';
  /** It would have been denied, and will be once the option `observe` has ended. Absent where nothing is missing. */
  readonly observed?: ObservedDenial;
}

/** A request was denied, and why in our own words; the wire only says what the RFCs let it say. */
export interface DeniedDecision extends DecisionFacts {
  readonly outcome: 'deny';
  readonly status: number;
  readonly code: DenialCode;
  /** The claim that decided, where one did. */
  readonly claim?: string;
  /** What was accepted there. */
  readonly expected?: Fact;
  /** What was there. Unverified unless `caller` is present. */
  readonly actual?: Fact;
  /** What a token said that did not verify: anybody can write it, so it is not an actor. */
  readonly claimed?: TokenStatement;
  /** What the rule says that denied the operation: for the owner, bounded and escaped. */
  readonly reason?: string;
  /** What to look at, where the denial looks like a mistake of the configuration. */
  readonly hint?: string;
}

/** A decision about a request: one for each that a gate was asked about, allowed and denied alike. */
export type DecisionEvent = AllowedDecision | DeniedDecision;
