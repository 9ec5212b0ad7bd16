import type { HeaderList } from '../http/answer.js';
import type { BodyOutcome } from '../http/body-outcome.js';
import type { RequestHead } from '../http/request-head.js';
import { refuseBody, refuseMalformedRequest } from '../challenge/body-refusals.js';
import {
  refuseForOutage,
  refuseScope,
  refuseWithoutCredentials,
  type RefusalContext,
} from '../challenge/refusals.js';
import { ActiveCall, type LateChallenge } from '../context/active-call.js';
import type { AuthContext } from '../context/auth-context.js';
import type { CorsPolicy } from '../cors/cors-policy.js';
import { readCredentials } from '../credentials/read-credentials.js';
import type { BearerAuthErrorCode } from '../errors/bearer-auth-error.js';
import type { TokenErrorCode } from '../errors/token-error.js';
import type { EventSink } from '../events/event-sink.js';
import { readOperations, type Operation } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import type { ScopeRequirement } from '../operation/scope-requirement.js';
import { checkAudience, type AcceptedAudiences } from '../policy/audience.js';
import { judgeScopes, selectChallengeScopes, type ChallengeScopes } from '../policy/challenge-scopes.js';
import type { ScopeCheck } from '../policy/scope-hierarchy.js';
import type { RejectedToken, TokenVerifier, Verification, VerifiedToken } from '../verifier/verification.js';
import { AuthInfo } from './auth-info.js';
import type { AllowDecision, Decision, RefuseDecision } from './decision.js';
import { StandingRefusals } from './standing-refusals.js';

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
  readonly maxBodyBytes: number;
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
  /** Largest body that may be read for the second question. */
  readonly maxBodyBytes: number;
  /** Before any body is read: who calls, and may they call this resource at all? */
  authenticate(head: RequestHead): Decision | Promise<Decision>;
  /**
   * After the body was read, where the first answer says so: does the caller's token cover what the body asks for? A batch
   * needs the union.
   */
  authorize(head: RequestHead, auth: AuthInfo | undefined, body: BodyOutcome): Decision;
  /** Carries the caller to handlers; absent unless the route asks for it. */
  readonly authContext: AuthContext | undefined;
  /** What such a context holds for a request that may go on. */
  openCall(head: RequestHead, allowed: AllowDecision): ActiveCall;
}

type RefusalCode = TokenErrorCode | BearerAuthErrorCode | 'authorization_server_unavailable';

const noHeaders: HeaderList = Object.freeze([]);
const noAudience: AcceptedAudiences = { values: new Set(), mayBeAbsent: false };

/** Creates the gate of one route. */
export function createGate(options: GateOptions): Gate {
  return new BearerGate(options);
}

class BearerGate implements Gate {
  readonly resource: string | undefined;
  readonly judgesOperations: boolean;
  readonly maxBodyBytes: number;
  readonly authContext: AuthContext | undefined;
  readonly #options: GateOptions;
  readonly #context: RefusalContext;
  readonly #refusals: StandingRefusals;
  readonly #requirements: readonly ScopeRequirement[];

  constructor(options: GateOptions) {
    this.resource = options.resource;
    this.judgesOperations = options.operations !== undefined;
    this.maxBodyBytes = options.maxBodyBytes;
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

  authorize(head: RequestHead, auth: AuthInfo | undefined, body: BodyOutcome): Decision {
    const decision = this.#authorize(head, auth, body);
    const { cors } = this.#options;
    return decision.kind === 'refuse' && cors !== undefined
      ? withHeaders(decision, cors.headers(head))
      : decision;
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

  #authorize(head: RequestHead, auth: AuthInfo | undefined, body: BodyOutcome): Decision {
    const found = readOperationsOf(head, body);
    if (!('operations' in found)) return auth === undefined ? this.#refuseStranger(found) : found;
    const { anonymous, requirements } = this.#collectNeeds(found.operations, auth);
    if (auth === undefined && !anonymous) {
      const { needed } = judgeScopes(requirements, [], this.#options.scopeCheck);
      return this.#refuse(
        refuseWithoutCredentials({ ...this.#context, scopes: needed }),
        'missing_credentials',
      );
    }
    const refusal = anonymous ? undefined : this.#checkScopes(head, auth?.scopes ?? [], requirements);
    if (refusal !== undefined) return refusal;
    return {
      kind: 'allow',
      auth,
      headers: noHeaders,
      next: 'proceed',
      requirements: anonymous ? [] : requirements,
    };
  }

  /** No credentials beats a body that cannot be judged; the connection's fate stays that of the body. */
  #refuseStranger(judgement: RefuseDecision): RefuseDecision {
    const connection = judgement.headers.filter(([name]) => name === 'Connection');
    return withHeaders(this.#refuse(this.#refusals.withoutCredentials, 'missing_credentials'), connection);
  }

  #collectNeeds(
    operations: readonly Operation[],
    auth: AuthInfo | undefined,
  ): { readonly anonymous: boolean; readonly requirements: readonly ScopeRequirement[] } {
    const { operations: rules, requiredScopes } = this.#options;
    const needs = operations.map((operation) => rules?.need(operation, auth));
    const anonymous = needs.length > 0 && needs.every((need) => need?.anonymous === true);
    return {
      anonymous,
      requirements: [requiredScopes, ...needs.flatMap((need) => need?.requirements ?? [])],
    };
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
    return this.#refuse(this.#refusals.token(code), code, claim);
  }

  #refuse(decision: RefuseDecision, code: RefusalCode, claim?: string): RefuseDecision {
    this.#report(decision.status, code, claim);
    return decision;
  }

  #report(status: number, code: RefusalCode, claim?: string): void {
    const { resource } = this;
    const event = { type: 'refusal', resource, status, code } as const;
    this.#options.events.emit(claim === undefined ? event : { ...event, claim });
  }
}

/** The operations of a body, or the answer to one that cannot be judged. */
function readOperationsOf(
  head: RequestHead,
  body: BodyOutcome,
): { readonly operations: readonly Operation[] } | RefuseDecision {
  const isBodiless = body.kind === 'empty' && head.method !== 'POST';
  if (body.kind !== 'json') return isBodiless ? { operations: [] } : refuseBody(body.kind);
  const found = readOperations(body.value);
  return found.kind === 'malformed' ? refuseMalformedRequest : found;
}

/**
 * Whether the second question has to be asked. Over HTTP/2 a body need not be announced (RFC 9113 §8.1), so only the methods
 * that have none by nature are believed.
 */
function mayHaveBody(head: RequestHead): boolean {
  if (!bodiless.has(head.method)) return true;
  const length = head.header('content-length');
  return (length !== undefined && length !== '0') || head.header('transfer-encoding') !== undefined;
}

const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

function withHeaders<D extends Decision>(decision: D, headers: HeaderList): D {
  return { ...decision, headers: [...decision.headers, ...headers] };
}
