import type { HeaderList, RefuseDecision } from '../http/answer.js';
import type { BodyBudget, BodyLimits } from '../http/body-collector.js';
import type { BodyOutcome } from '../http/json-body.js';
import { mergeHeaders } from '../http/merge-headers.js';
import type { RequestHead } from '../http/request-head.js';
import { refuseForFault, refuseOperations } from '../challenge/operation-refusals.js';
import {
  type RefusalContext,
  refuseForOutage,
  refuseScope,
  refuseWithoutCredentials,
} from '../challenge/refusals.js';
import { ActiveCall, type AuthContext, type LateChallenge } from '../context/auth-context.js';
import type { CorsPolicy } from '../cors/cors-policy.js';
import { readCredentials } from '../credentials/read-credentials.js';
import type { BearerAuthErrorCode } from '../errors/bearer-auth-error.js';
import type { TokenErrorCode } from '../errors/token-error.js';
import type { EventSink } from '../events/events.js';
import type { Refusal, Verdict } from '../operation/judge-rule.js';
import type { Operation } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import {
  type ChallengeScopes,
  judgeScopes,
  type ScopeRequirement,
  selectChallengeScopes,
} from '../scopes/scope-requirement.js';
import { type AcceptedAudiences, checkAudience } from '../token/audience.js';
import type { ScopeCheck } from '../scopes/scopes.js';
import type { RejectedToken, TokenVerifier, Verification, VerifiedToken } from '../token/verification.js';
import { AuthInfo } from '../caller/auth-info.js';
import type { AllowDecision, Decision } from './decision.js';
import { adviseOnRefusal, judgeBody, type JudgedBody, mayHaveBody } from './judge-operations.js';
import { StandingRefusals } from './standing-refusals.js';

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
  /** Absent in legacy mode, as is the address of its metadata. */
  readonly resource: string | undefined;
  readonly resourceMetadataUrl: string | undefined;
  readonly verifier: TokenVerifier;
  /** By the value a token may carry as `iss`. */
  readonly audiences: ReadonlyMap<string, AcceptedAudiences>;
  readonly requiredScopes: readonly string[];
  readonly scopeCheck: ScopeCheck;
  readonly challengeScopes: ChallengeScopes;
  /** Scopes that this resource knows: a challenge may repeat these when they were granted. */
  readonly relevantScopes: ReadonlySet<string>;
  readonly operations: OperationRules | undefined;
  readonly bodies: BodyPolicy;
  readonly cors: CorsPolicy | undefined;
  readonly events: EventSink;
  /** Tells clients the exact reason of a refusal. */
  readonly showErrorDetails: boolean;
  readonly authContext?: AuthContext | undefined;
}

/**
 * Decides whether a request may reach one protected resource.
 *
 * Two questions, one kind of answer. Neither throws or rejects because of anything a client sent; what does come out as
 * an error is a fault of this process and belongs to the framework's error handling.
 */
export interface Gate {
  /** Identifier of the resource behind this gate; absent in legacy mode. */
  readonly resource: string | undefined;
  /** Whether the second question is ever asked: the route has rules for operations. */
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
  /** What such a context holds for a request that may go on. */
  openCall(head: RequestHead, allowed: AllowDecision): ActiveCall;
}

type RefusalCode = TokenErrorCode | BearerAuthErrorCode | 'authorization_server_unavailable';

/** What an event says of a refusal beside its code. */
interface RefusalFacts {
  readonly claim?: string;
  readonly method?: string;
  readonly target?: string;
}

const noHeaders: HeaderList = Object.freeze([]);
const noAudience: AcceptedAudiences = { values: new Set(), mayBeAbsent: false };

/** Creates the gate of one route. */
export function createGate(options: GateOptions): Gate {
  return new BearerGate(options);
}

class BearerGate implements Gate {
  readonly resource: string | undefined;
  readonly judgesOperations: boolean;
  readonly authContext: AuthContext | undefined;
  readonly #options: GateOptions;
  readonly #context: RefusalContext;
  readonly #refusals: StandingRefusals;
  readonly #requirements: readonly ScopeRequirement[];

  constructor(options: GateOptions) {
    this.resource = options.resource;
    this.judgesOperations = options.operations !== undefined;
    this.authContext = options.authContext;
    this.#options = options;
    this.#context = { resourceMetadataUrl: options.resourceMetadataUrl, scopes: options.requiredScopes };
    this.#refusals = new StandingRefusals(this.#context, options.showErrorDetails);
    this.#requirements = Object.freeze([Object.freeze(options.requiredScopes)]);
  }

  authenticate(head: RequestHead): Decision | Promise<Decision> {
    const { cors } = this.#options;
    if (cors === undefined) return this.#authenticate(head);
    const preflight = cors.preflight(head);
    if (preflight !== undefined) return { kind: 'refuse', ...preflight };
    const headers = cors.headers(head);
    const decision = this.#authenticate(head);
    return decision instanceof Promise
      ? decision.then((settled) => withHeaders(settled, headers))
      : withHeaders(decision, headers);
  }

  authorize(head: RequestHead, auth: AuthInfo | undefined, body: BodyOutcome): Decision | Promise<Decision> {
    const judged = judgeBody(this.#options.operations, head, body, auth);
    return judged instanceof Promise
      ? judged.then((settled) => this.#authorize(head, auth, settled))
      : this.#authorize(head, auth, judged);
  }

  #authorize(head: RequestHead, auth: AuthInfo | undefined, judged: JudgedBody | RefuseDecision): Decision {
    const decision =
      'verdict' in judged ? this.#decideOn(head, auth, judged) : this.#refuseBody(auth, judged);
    const { cors } = this.#options;
    return decision.kind === 'refuse' && cors !== undefined
      ? withHeaders(decision, cors.headers(head))
      : decision;
  }

  bodyLimits(auth: AuthInfo | undefined): BodyLimits {
    const { maxBytes, maxAnonymousBytes, timeoutMs, budget } = this.#options.bodies;
    const anonymous = auth === undefined;
    return {
      maxBytes: anonymous ? Math.min(maxBytes, maxAnonymousBytes) : maxBytes,
      timeoutMs,
      budget,
      anonymous,
    };
  }

  openCall(head: RequestHead, { auth, requirements }: AllowDecision): ActiveCall {
    const granted = [...(auth?.scopes ?? [])];
    const code = auth === undefined ? 'missing_credentials' : 'insufficient_scope';
    return new ActiveCall(auth, {
      covers: (scopes) => this.#options.scopeCheck.covers(granted, scopes),
      refuse: (scopes) => this.#challenge(head, auth && granted, [...requirements, scopes]),
      report: (status) => this.#report(status, code),
    });
  }

  /** The refusal for scopes that a handler turned out to need. */
  #challenge(
    head: RequestHead,
    granted: readonly string[] | undefined,
    requirements: readonly ScopeRequirement[],
  ): LateChallenge {
    const { cors, scopeCheck } = this.#options;
    const { needed } = judgeScopes(requirements, granted ?? [], scopeCheck);
    const scopes =
      granted === undefined
        ? [...new Set([...this.#context.scopes, ...needed])]
        : this.#selectScopes(head, needed, granted);
    const refusal =
      granted === undefined
        ? refuseWithoutCredentials({ ...this.#context, scopes })
        : refuseScope(this.#context, scopes);
    const challenge = refusal.headers.find(([name]) => name === 'WWW-Authenticate')?.[1] ?? '';
    const decision = cors === undefined ? refusal : withHeaders(refusal, cors.headers(head));
    return { decision, scopes, challenge };
  }

  #authenticate(head: RequestHead): Decision | Promise<Decision> {
    const { verifier } = this.#options;
    const credentials = readCredentials(head, verifier.recall);
    switch (credentials.kind) {
      case 'known':
        return this.#applyPolicy(head, credentials.verdict.token);
      case 'none':
        return (
          this.#admitAnonymous(head) ?? this.#refuse(this.#refusals.withoutCredentials, 'missing_credentials')
        );
      case 'empty':
        return this.#refuse(this.#refusals.withoutCredentials, 'missing_credentials');
      case 'other-scheme':
        return this.#refuse(this.#refusals.withoutCredentials, 'unsupported_scheme');
      case 'malformed':
        return this.#refuse(this.#refusals.request('malformed_credentials'), 'malformed_credentials');
      case 'repeated':
        return this.#refuse(this.#refusals.request('repeated_credentials'), 'repeated_credentials');
      case 'bearer': {
        const verification = verifier(credentials.token);
        return verification instanceof Promise
          ? verification.then((result) => this.#decide(head, result))
          : this.#decide(head, verification);
      }
    }
  }

  /** Some operations may come without a token; which one this is, only the body says. */
  #admitAnonymous(head: RequestHead): AllowDecision | undefined {
    if (this.#options.operations?.allowsAnonymous !== true || !mayHaveBody(head)) return undefined;
    return { kind: 'allow', auth: undefined, headers: noHeaders, next: 'authorize', requirements: [] };
  }

  /** Expired beats missing scope: the verifier has spoken before any scope is looked at. */
  #decide(head: RequestHead, verification: Verification): Decision {
    switch (verification.kind) {
      case 'rejected':
        return this.#refuseToken(verification);
      case 'unavailable':
        return this.#refuse(
          refuseForOutage(verification.retryAfterSeconds),
          'authorization_server_unavailable',
        );
      case 'verified':
        return this.#applyPolicy(head, verification.token);
    }
  }

  /** Where the body decides, the scopes of the route wait for it too: one challenge must name everything. */
  #applyPolicy(head: RequestHead, token: VerifiedToken): Decision {
    const { audiences, operations, requiredScopes, scopeCheck } = this.#options;
    const rejected = checkAudience(token.audience, audiences.get(token.issuer) ?? noAudience);
    if (rejected !== undefined) return this.#refuseToken(rejected);
    const next = operations !== undefined && mayHaveBody(head) ? 'authorize' : 'proceed';
    if (next === 'proceed' && !scopeCheck.covers(token.scopes, requiredScopes)) {
      const refusal = this.#checkScopes(head, token.scopes, this.#requirements);
      if (refusal !== undefined) return refusal;
    }
    return {
      kind: 'allow',
      auth: new AuthInfo(token, this.#options),
      headers: noHeaders,
      next,
      requirements: this.#requirements,
    };
  }

  /** An error of ours beats a missing token, which beats all else that speaks against a request. */
  #decideOn(head: RequestHead, auth: AuthInfo | undefined, judged: JudgedBody): Decision {
    const { verdict } = judged;
    if (verdict.kind === 'anonymous') return allow(auth, []);
    if (verdict.kind === 'error') return this.#refuseForFault(judged, verdict);
    const requirements = [
      this.#options.requiredScopes,
      ...(verdict.kind === 'needs' ? verdict.requirements : []),
    ];
    if (auth === undefined) {
      const { needed } = judgeScopes(requirements, [], this.#options.scopeCheck);
      const refusal = refuseWithoutCredentials({ ...this.#context, scopes: needed });
      return this.#refuse(refusal, 'missing_credentials');
    }
    if (verdict.kind === 'refuse') return this.#refuseOperation(head, judged, verdict);
    return this.#checkScopes(head, auth.scopes, requirements) ?? allow(auth, requirements);
  }

  #refuseForFault(
    judged: JudgedBody,
    { error, operation }: Extract<Verdict, { kind: 'error' }>,
  ): RefuseDecision {
    this.#options.events.emit({ type: 'policy', resource: this.resource, error });
    return this.#refuse(refuseForFault(judged), 'operation_failed', describe(operation));
  }

  #refuseOperation(head: RequestHead, judged: JudgedBody, refusal: Refusal): RefuseDecision {
    for (const each of judged.refusals) {
      if (each !== undefined && each.reason !== 'rule') this.#options.events.advise(adviseOnRefusal(each));
    }
    const version = head.header('mcp-protocol-version');
    return this.#refuse(
      refuseOperations(judged, judged.refusals, version),
      refusal.reason === 'rule' ? 'refused_operation' : 'unknown_operation',
      describe(refusal.operation),
    );
  }

  /** No credentials beats a body that cannot be judged; the connection's fate stays that of the body. */
  #refuseBody(auth: AuthInfo | undefined, refusal: RefuseDecision): RefuseDecision {
    if (auth !== undefined || refusal.status === 503) return refusal;
    const connection = refusal.headers.filter(([name]) => name === 'Connection');
    return withHeaders(this.#refuse(this.#refusals.withoutCredentials, 'missing_credentials'), connection);
  }

  #checkScopes(
    head: RequestHead,
    granted: readonly string[],
    requirements: readonly ScopeRequirement[],
  ): RefuseDecision | undefined {
    const { covered, needed } = judgeScopes(requirements, granted, this.#options.scopeCheck);
    if (covered) return undefined;
    const scopes = this.#selectScopes(head, needed, granted);
    return this.#refuse(refuseScope(this.#context, scopes), 'insufficient_scope');
  }

  #selectScopes(head: RequestHead, needed: readonly string[], granted: readonly string[]): readonly string[] {
    const { challengeScopes, relevantScopes } = this.#options;
    const version = head.header('mcp-protocol-version');
    return selectChallengeScopes(challengeScopes, version, needed, granted, relevantScopes);
  }

  #refuseToken({ code, claim }: RejectedToken): RefuseDecision {
    return this.#refuse(this.#refusals.token(code), code, claim === undefined ? undefined : { claim });
  }

  #refuse(decision: RefuseDecision, code: RefusalCode, facts?: RefusalFacts): RefuseDecision {
    this.#report(decision.status, code, facts);
    return decision;
  }

  #report(status: number, code: RefusalCode, facts?: RefusalFacts): void {
    this.#options.events.emit({ type: 'refusal', resource: this.resource, status, code, ...facts });
  }
}

function allow(auth: AuthInfo | undefined, requirements: readonly ScopeRequirement[]): AllowDecision {
  return { kind: 'allow', auth, headers: noHeaders, next: 'proceed', requirements };
}

/** What an event may say of an operation: bounded, because a client wrote it. */
function describe({ method, target }: Operation): RefusalFacts {
  return {
    method: method.slice(0, 200),
    ...(target === undefined ? undefined : { target: target.slice(0, 500) }),
  };
}

function withHeaders<D extends Decision>(decision: D, headers: HeaderList): D {
  return { ...decision, headers: mergeHeaders(decision.headers, headers) };
}
