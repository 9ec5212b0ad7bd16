import type { AuthInfo } from '../caller/auth-info.js';
import type { AuthContext, AuthContextStore } from '../context/auth-context.js';
import type { DenialForm } from '../challenge/operation-refusals.js';
import type { AcceptedProofs } from '../challenge/refusals.js';
import type { CorsPolicy } from '../cors/cors-policy.js';
import type { EventSink } from '../events/event-sink.js';
import type { HeaderList, LateRefusal } from '../http/answer.js';
import type { FailedAttempts } from '../limits/failed-attempts.js';
import type { BodyBudget, BodyLimits } from '../http/body-collector.js';
import type { BodyOutcome } from '../http/json-body.js';
import type { RequestHead } from '../http/request-head.js';
import type { RequiredLogin } from '../policy/check-login.js';
import type { OperationRules } from '../operation/operation-rules.js';
import type { ChallengeScopes } from '../scopes/scope-requirement.js';
import type { SenderCheck } from '../sender/sender-check.js';
import type { ScopeChecks } from '../scopes/scope-names.js';
import type { AcceptedAudiences } from '../token/audience.js';
import type { TokenVerifier } from '../token/verification.js';
import type { GuardedStream } from '../streams/guarded-stream.js';
import type { RevocationList } from '../streams/revocation-list.js';
import type { ChallengeChoice } from './challenge-form.js';
import type { AllowDecision, Decision } from './decision.js';
import type { Observation } from './observation.js';
import type { SetupWatch } from './setup-watch.js';
import type { StreamRules } from './stream-gate.js';

/**
 * Decides whether a request may reach one protected resource.
 *
 * Two questions, one kind of answer. Neither throws or rejects because of anything a client sent; what does come out as
 * an error is an error of this process and belongs to the framework's error handling.
 */
export interface Gate {
  /** Identifier of the resource behind this gate; in legacy mode the issuer. */
  readonly resource: string;
  /** Whether the second question is ever asked: the route has rules for operations, or ends streams while tools are running. */
  readonly judgesOperations: boolean;
  /** What may be spent on the body of such a caller for the second question. */
  bodyLimits(auth: AuthInfo | undefined): BodyLimits;
  /** Before any body is read: who calls, and may they call this resource at all? */
  authenticate(head: RequestHead): Decision | Promise<Decision>;
  /**
   * After the body was read, where the first answer says so: does the caller's token cover what the body asks for? A batch
   * needs the union.
   */
  authorize(head: RequestHead, auth: AuthInfo | undefined, body: BodyOutcome): Decision | Promise<Decision>;
  /** Carries the caller to handlers; absent unless the route asks for it. */
  readonly authContext: AuthContext | undefined;
  /** What such a context holds for a request that may go on. A refusal of its handler carries `headers` as well. */
  openCall(head: RequestHead, allowed: AllowDecision, headers?: HeaderList): AuthContextStore & LateRefusal;
  /** Whether streams of the route end although a tool is running, which takes an adapter with `capabilities.guardStream`. */
  readonly endsCalls: boolean;
  /** The response of a request that may go on, where it may be a stream that has to end with its right. */
  guardStream(head: RequestHead, allowed: AllowDecision): GuardedStream | undefined;
}

/** What may be spent on bodies that have to be judged. */
export interface BodyPolicy {
  readonly maxBytes: number;
  /** For callers without a token. */
  readonly maxAnonymousBytes: number;
  readonly timeoutMs: number;
  /** Shared by all gates. */
  readonly budget: BodyBudget;
}

/** Everything one gate decides by. */
export interface GateOptions {
  readonly resource: string;
  /** Absent in legacy mode. */
  readonly resourceMetadataUrl: string | undefined;
  readonly verifier: TokenVerifier;
  /** How it is told who sends a token. A bound token is refused without it. */
  readonly sender?: SenderCheck | undefined;
  /** Present where the scheme DPoP is taken. */
  readonly proofs?: AcceptedProofs | undefined;
  /** By the value a token may carry as `iss`. */
  readonly audiences: ReadonlyMap<string, AcceptedAudiences>;
  readonly requiredScopes: readonly string[];
  /** How the users of the route must have logged in. */
  readonly requiredLogin?: RequiredLogin | undefined;
  readonly scopeChecks: ScopeChecks;
  readonly challengeScopes: ChallengeScopes;
  /** Scopes that this resource knows: a challenge may repeat these when they were granted. */
  readonly relevantScopes: ReadonlySet<string>;
  readonly operations: OperationRules | undefined;
  /** What is told and not enforced yet. */
  readonly observation?: Observation | undefined;
  /** How clients are told of an operation that a rule denies. */
  readonly denials: DenialForm;
  /** How clients that call a tool are told what they lack. */
  readonly challenges: ChallengeChoice;
  readonly bodies: BodyPolicy;
  readonly cors: CorsPolicy | undefined;
  /** The header that holds the token alone, as the owner spells it; absent where it is Authorization. */
  readonly tokenHeader?: string | undefined;
  readonly events: EventSink;
  /** Absent unless it is asked for. Shared by all gates. */
  readonly failedAttempts?: FailedAttempts | undefined;
  /** What is seen of the setup; nothing is without it. */
  readonly setup?: SetupWatch | undefined;
  /** For the owner: what to look at where tokens of an issuer are refused for their audience, by the value a token may carry as `iss`. */
  readonly providerHints?: ReadonlyMap<string, string> | undefined;
  /** Tells clients the exact reason of a refusal. */
  readonly showErrorDetails: boolean;
  readonly authContext?: AuthContext | undefined;
  /** When streams end; they do not without it. */
  readonly streams?: StreamRules | undefined;
  /** Tokens that must not pass any more. Shared by all gates. */
  readonly revocations?: RevocationList | undefined;
}
