import {
  type RefusalContext,
  refuseForAttempts,
  refuseForClaims,
  refuseForProofs,
  refuseCredentials,
  refuseForOutage,
  refuseLogin,
  refuseProof,
  refuseScope,
  refuseWithoutCredentials,
} from '../challenge/refusals.js';
import { readScheme, type TokenScheme } from '../credentials/read-credentials.js';
import { toToolResult } from '../challenge/tool-challenge.js';
import { type CredentialErrorCode, describeBearerAuthError } from '../errors/bearer-auth-error.js';
import { describeProofError, type ProofErrorCode } from '../errors/proof-error.js';
import type { DenialCode } from '../events/decision-event.js';
import type { RefuseDecision } from '../http/answer.js';
import type { RequestHead } from '../http/request-head.js';
import { judgeScopes, type ScopeRequirement, selectChallengeScopes } from '../scopes/scope-requirement.js';
import type { Attempt } from '../limits/failed-attempts.js';
import type { NeededLogin } from '../operation/verdict.js';
import type { RejectedProof } from '../sender/sender-check.js';
import type { RejectedToken } from '../token/verification.js';
import type { Circumstances, DenialFacts, GrantedScopes } from './circumstances.js';
import { type DecisionReport, toFacts } from './decision-report.js';
import type { GateOptions } from './gate.js';
import { type Observed, observeScopes } from './observe-scopes.js';
import { StandingRefusals } from './standing-refusals.js';

export type UnreadCode = 'malformed_credentials' | 'repeated_credentials';

/** What decides about the form of a challenge. */
type Challenged = Pick<Circumstances, 'head' | 'answeredCall'>;

/** The refusals of one gate. The owner hears of each as it is made. */
export class GateRefusals {
  readonly #options: GateOptions;
  readonly #decisions: DecisionReport;
  readonly #context: RefusalContext;
  readonly #standing: StandingRefusals;

  constructor(options: GateOptions, decisions: DecisionReport) {
    this.#options = options;
    this.#decisions = decisions;
    const { resourceMetadataUrl, requiredScopes, scopeChecks, proofs } = options;
    this.#context = { resourceMetadataUrl, scopes: scopeChecks.first.publish(requiredScopes), proofs };
    this.#standing = new StandingRefusals(this.#context, options.showErrorDetails, options.tokenHeader);
  }

  /** There are no credentials that this server could use. It counts to nobody: that is how every client begins. */
  credentials(
    request: Circumstances,
    code: Exclude<CredentialErrorCode, UnreadCode | 'insufficient_scope'>,
  ): RefuseDecision {
    return this.report(request, this.#standing.withoutCredentials, code);
  }

  /** There is an Authorization header, which this resource does not read: that it was sent proves nothing. */
  elsewhere(request: Circumstances): RefuseDecision {
    const hint = `tokenHeader: the request has an Authorization header and no ${this.#options.tokenHeader ?? ''}, which the gateway in front adds. Did it go around the gateway?`;
    return this.report(request, this.#standing.withoutCredentials, 'unsupported_scheme', { hint });
  }

  /** There are credentials that cannot be read. */
  unread(request: Circumstances, code: UnreadCode, attempt: Attempt | undefined): RefuseDecision {
    const wait = attempt?.fail(undefined);
    return wait === undefined
      ? this.report(request, this.#standing.request(code, this.#schemeOf(request.head)), code)
      : this.attempts(request, wait, 'none');
  }

  token(request: Circumstances, rejected: RejectedToken, attempt?: Attempt, token?: string): RefuseDecision {
    const { code, client } = rejected;
    if (code === 'token_expired') attempt?.forget(token);
    const wait = code === 'token_expired' ? undefined : attempt?.fail(client, token);
    if (wait !== undefined) return this.attempts(request, wait, 'bearer');
    const refusal = this.#standing.token(code, this.#schemeOf(request.head));
    return this.report(request, refusal, code, toFacts(rejected));
  }

  /** The token is good, and the proof of its sender is not. */
  proof(request: Circumstances, rejected: RejectedProof, attempt: Attempt | undefined): RefuseDecision {
    const { code, nonce, retryAfterSeconds = 5 } = rejected;
    const wait = isOfAttacker[code] ? attempt?.fail(undefined) : undefined;
    if (wait !== undefined) return this.attempts(request, wait, 'bearer');
    const facts = toProofFacts(rejected);
    if (code === 'too_many_proofs') {
      return this.report(request, refuseForProofs(retryAfterSeconds), code, facts);
    }
    if (code === 'proofs_unavailable') {
      return this.report(request, refuseForClaims(retryAfterSeconds), code, facts);
    }
    const refusal = refuseProof(this.#context, describeProofError(code), nonce);
    return this.report(request, refusal, code, facts);
  }

  /** Where proofs are taken, errors are told with the scheme of the request. */
  contextOf(head: RequestHead): RefusalContext {
    const scheme = this.#schemeOf(head);
    return scheme === undefined ? this.#context : { ...this.#context, scheme };
  }

  #schemeOf(head: RequestHead): TokenScheme | undefined {
    return this.#options.proofs === undefined ? undefined : readScheme(head);
  }

  /** There were too many attempts that failed. */
  attempts(request: Circumstances, retryAfterSeconds: number, via: 'bearer' | 'none'): RefuseDecision {
    return this.report(request, refuseForAttempts(retryAfterSeconds), 'too_many_attempts', { via });
  }

  /** Nobody can tell whether the token is good. */
  outage(request: Circumstances, retryAfterSeconds: number): RefuseDecision {
    const via = { via: 'bearer' } as const;
    return this.report(request, refuseForOutage(retryAfterSeconds), 'authorization_server_unavailable', via);
  }

  /** There is no token, and what the request asks for needs one with these scopes. */
  anonymous(request: Circumstances, requirements: readonly ScopeRequirement[]): RefuseDecision {
    const { first } = this.#options.scopeChecks;
    const scopes = first.publish(judgeScopes(requirements, [], first).needed);
    const about = { ...request, required: requirements };
    return this.report(about, this.challengeAnonymous(request, scopes), 'missing_credentials');
  }

  /**
   * Nothing where the granted scopes cover everything.
   *
   * @param requirements - the first one is that of the route, all others are those of rules for operations
   */
  scopes(
    request: Circumstances,
    granted: GrantedScopes,
    requirements: readonly ScopeRequirement[],
  ): RefuseDecision | Observed | undefined {
    const check = this.#options.scopeChecks.of(granted.issuer);
    const { covered, needed } = judgeScopes(requirements, granted.scopes, check);
    if (covered) return undefined;
    const observed = observeScopes(this.#options, granted, requirements);
    if (observed !== undefined) return observed;
    const scopes = this.selectScopes(request.head, needed, granted);
    const hint = granted.scopes.length === 0 ? noScopes : undefined;
    return this.report(
      { ...request, required: requirements },
      this.challengeScopes(request, scopes),
      'insufficient_scope',
      hint === undefined ? undefined : { hint },
    );
  }

  /** The caller has to log in anew: one challenge names the scopes too, so that one login is enough. */
  authentication(
    request: Circumstances,
    { need, lack }: Pick<NeededLogin, 'need' | 'lack'>,
    granted: GrantedScopes,
    requirements: readonly ScopeRequirement[],
  ): RefuseDecision {
    const check = this.#options.scopeChecks.of(granted.issuer);
    const { needed } = judgeScopes(requirements, granted.scopes, check);
    const scopes = this.selectScopes(request.head, needed, granted);
    const code = 'insufficient_user_authentication';
    const refusal = this.#answer(request, refuseLogin(this.contextOf(request.head), need, scopes), code);
    return this.report({ ...request, required: requirements }, refusal, code, lack);
  }

  /**
   * What a client without a token is told. In a tool result the challenge has an error code: RFC 6750 §3.1 speaks of requests to which
   * HTTP answers, and ChatGPT offers no login without one.
   */
  challengeAnonymous({ head, answeredCall }: Challenged, scopes: readonly string[]): RefuseDecision {
    const context = { ...this.#context, scopes };
    const call = answeredCall?.();
    if (call === undefined) return refuseWithoutCredentials(context);
    const words = describeBearerAuthError('missing_credentials');
    const version = head.header('mcp-protocol-version');
    return toToolResult(refuseCredentials(context, 'invalid_token', words), call, words, version);
  }

  /** What a client is told whose token lacks scopes. */
  challengeScopes(request: Challenged, scopes: readonly string[]): RefuseDecision {
    return this.#answer(request, refuseScope(this.contextOf(request.head), scopes), 'insufficient_scope');
  }

  #answer(
    { head, answeredCall }: Challenged,
    refusal: RefuseDecision,
    code: 'insufficient_scope' | 'insufficient_user_authentication',
  ): RefuseDecision {
    const call = answeredCall?.();
    if (call === undefined) return refusal;
    return toToolResult(refusal, call, describeBearerAuthError(code), head.header('mcp-protocol-version'));
  }

  /** Whether a call goes on though it lacks scopes, for these are only observed; its owner has heard of it then. */
  passes(request: Circumstances, granted: GrantedScopes, requirements: readonly ScopeRequirement[]): boolean {
    const observed = observeScopes(this.#options, granted, requirements);
    if (observed === undefined) return false;
    this.#decisions.allow({ ...request, required: requirements }, observed.denial);
    return true;
  }

  /** The scopes a challenge names to a client that holds these. */
  selectScopes(head: RequestHead, needed: readonly string[], granted: GrantedScopes): readonly string[] {
    const { challengeScopes: mode, relevantScopes: relevant, scopeChecks } = this.#options;
    const version = head.header('mcp-protocol-version');
    const check = scopeChecks.of(granted.issuer);
    return selectChallengeScopes(mode, version, needed, granted.scopes, relevant, check);
  }

  report(
    request: Circumstances,
    decision: RefuseDecision,
    code: DenialCode,
    facts?: DenialFacts,
  ): RefuseDecision {
    this.tell(request, decision.status, code, facts);
    return decision;
  }

  /** The event alone, for a refusal that was built before. */
  tell(request: Circumstances, status: number, code: DenialCode, facts?: DenialFacts): void {
    this.#decisions.deny(request, status, code, facts);
  }
}

/** Proofs that no honest client sends, as far as it can help it. A clock that is wrong, or a store that is down, it cannot help. */
const isOfAttacker: Readonly<Record<ProofErrorCode, boolean>> = {
  missing_proof: false,
  repeated_proof: true,
  invalid_proof: true,
  proof_expired: false,
  proof_from_future: false,
  replayed_proof: true,
  use_dpop_nonce: false,
  too_many_proofs: false,
  proofs_unavailable: false,
};

function toProofFacts({ claim, expected, actual, hint }: RejectedProof): DenialFacts {
  return {
    ...(claim === undefined ? undefined : { claim }),
    ...(expected === undefined ? undefined : { expected }),
    ...(actual === undefined ? undefined : { actual }),
    ...(hint === undefined ? undefined : { hint }),
  };
}

const noScopes =
  'The token grants no scope that was found. Scopes are read from scope, scp or scopes; where the provider writes them somewhere else, name that claim with scopeClaims.';
