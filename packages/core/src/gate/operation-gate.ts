import { type AuthInfo, noteOf, setNote } from '../caller/auth-info.js';
import {
  refuseForFault,
  refuseForUnavailablePolicy,
  refuseOperations,
} from '../challenge/operation-refusals.js';
import type { ObservedDenial } from '../events/decision-event.js';
import type { Timing } from '../events/timing.js';
import type { RefuseDecision } from '../http/answer.js';
import type { BodyOutcome } from '../http/json-body.js';
import type { RequestHead } from '../http/request-head.js';
import type { Operation } from '../operation/operation.js';
import { withRouteLogin } from '../operation/judge-login.js';
import type { DeniedOperation, Refusal, UnavailablePolicy, Verdict } from '../operation/verdict.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import { allow, type AllowDecision, type Decision, withHeaders } from './decision.js';
import type { GateOptions } from './gate.js';
import { answeredCall } from './challenge-form.js';
import type { Circumstances } from './circumstances.js';
import type { DecisionReport } from './decision-report.js';
import type { GateRefusals } from './gate-refusals.js';
import { OwnToken } from './own-token.js';
import { type RuleError, withoutSecrets } from './rule-error.js';
import {
  adviseOnRefusal,
  bodyHints,
  judgeBody,
  type JudgedBody,
  mayHaveBody,
  type UnjudgedBody,
} from './judge-operations.js';

/** What the first question found out about a token. */
type OfToken = Pick<Circumstances, 'isRemembered' | 'verification'>;

/** The second question of a gate: does the caller's token cover what the body asks for? */
export class OperationGate {
  readonly #options: GateOptions;
  readonly #decisions: DecisionReport;
  readonly #refusals: GateRefusals;
  readonly #ownToken: OwnToken;

  constructor(options: GateOptions, decisions: DecisionReport, refusals: GateRefusals) {
    this.#options = options;
    this.#decisions = decisions;
    this.#refusals = refusals;
    this.#ownToken = new OwnToken(options.tokenHeader);
  }

  /** Whether the body of this request has to be read: rules are about it, or an error for its requests may have to be written. */
  concerns(head: RequestHead): boolean {
    const { operations, streams } = this.#options;
    if (operations === undefined) return streams?.policy === 'end' && head.method === 'POST';
    return mayHaveBody(head);
  }

  /** Some operations may come without a token; which one this is, only the body says. */
  admitAnonymous(head: RequestHead): AllowDecision | undefined {
    const mayBe = this.#options.operations?.allowsAnonymous === true && mayHaveBody(head);
    return mayBe ? allow(undefined, [], 'authorize') : undefined;
  }

  /** For the event of the second question. */
  note(auth: AuthInfo, { isRemembered, verification }: OfToken): void {
    if (isRemembered === true || verification !== undefined)
      setNote(auth, { isRemembered, verification } satisfies OfToken);
  }

  #ofToken(auth: AuthInfo | undefined): OfToken {
    if (auth === undefined) return {};
    const note: OfToken | undefined = noteOf(auth);
    return note ?? { isRemembered: false };
  }

  authorize(head: RequestHead, auth: AuthInfo | undefined, body: BodyOutcome): Decision | Promise<Decision> {
    const { operations, events } = this.#options;
    const stop = operations?.isComputed === true ? events.startTiming() : undefined;
    const judged = judgeBody(operations, head, body, auth);
    return judged instanceof Promise
      ? judged.then((settled) => this.#decide(head, auth, settled, stop?.()))
      : this.#decide(head, auth, judged, stop?.());
  }

  #decide(
    head: RequestHead,
    auth: AuthInfo | undefined,
    judged: JudgedBody | UnjudgedBody,
    rules: Timing | undefined,
  ): Decision {
    if (!('verdict' in judged)) return this.#refuseBody(head, auth, judged);
    return this.#decideOn(this.#describe(head, auth, judged, rules), auth, judged);
  }

  /** An error of ours beats a missing token, which beats all else that speaks against a request. */
  #decideOn(request: Circumstances, auth: AuthInfo | undefined, judged: JudgedBody): Decision {
    const verdict = withRouteLogin(judged.verdict, this.#options.requiredLogin, auth);
    if (verdict.kind === 'anonymous') return this.#allow(request, auth, [], judged);
    if (verdict.kind === 'error') return this.#refuseForFault(request, judged, verdict);
    if (verdict.kind === 'unavailable') return this.#refuseForNow(request, judged, verdict);
    const requirements: readonly ScopeRequirement[] = [
      this.#options.requiredScopes,
      ...('requirements' in verdict ? verdict.requirements : []),
    ];
    if (auth === undefined) return this.#refusals.anonymous(request, requirements);
    switch (verdict.kind) {
      case 'refuse':
        return this.#refuseOperation(request, judged, verdict);
      case 'deny':
        return this.#deny(request, judged, verdict);
      case 'authentication':
        return this.#refusals.authentication(request, verdict, auth, requirements);
      case 'needs':
        return this.#judgeScopes(request, auth, requirements, judged);
      case 'depends':
        throw new Error('Only a list can depend on arguments.');
    }
  }

  #judgeScopes(
    request: Circumstances,
    auth: AuthInfo,
    requirements: readonly ScopeRequirement[],
    judged: JudgedBody,
  ): Decision {
    const found = this.#refusals.scopes(request, auth, requirements);
    if (found?.kind === 'refuse') return found;
    return this.#allow(request, auth, requirements, judged, found?.denial);
  }

  #allow(
    request: Circumstances,
    auth: AuthInfo | undefined,
    requirements: readonly ScopeRequirement[],
    { messages }: JudgedBody,
    observed?: ObservedDenial,
  ): AllowDecision {
    this.#decisions.allow({ ...request, required: requirements }, observed);
    return { ...allow(auth, requirements, 'proceed', auth && messages), answeredCall: request.answeredCall };
  }

  #describe(
    head: RequestHead,
    caller: AuthInfo | undefined,
    { messages, isBatch }: JudgedBody,
    rules: Timing | undefined,
  ): Circumstances {
    const operations: Operation[] = [];
    for (const message of messages) {
      if (message.kind !== 'response') operations.push(...message.operations);
    }
    const call = answeredCall(this.#options, head, messages, isBatch);
    const { isRemembered, verification } = this.#ofToken(caller);
    return { head, caller, isRemembered, verification, rules, operations, answeredCall: call };
  }

  /** A URI may hold the token of its client: then there is nothing to write into a rule. */
  #advise(head: RequestHead, refusal: Refusal): void {
    const { method, target } = refusal.operation;
    const written = (target ?? method).slice(0, 200);
    if (this.#ownToken.hide(written, head) !== written) return;
    // Its own topic: clients invent names
    this.#options.events.advise(adviseOnRefusal(refusal), `operations of ${this.#options.resource}`);
  }

  #refuseForFault(
    request: Circumstances,
    judged: JudgedBody,
    { error, operation }: Extract<Verdict, { kind: 'error' }>,
  ): RefuseDecision {
    this.#tellOfRule(request, error);
    const about = { ...request, operations: [operation] };
    return this.#refusals.report(about, refuseForFault(judged), 'operation_failed');
  }

  #tellOfRule({ head }: Circumstances, error: RuleError): void {
    const { events, resource } = this.#options;
    const told = withoutSecrets(error, (text) => this.#ownToken.isIn(text, head));
    events.emit({ type: 'policy', resource, error: told });
  }

  /** Where the client has left, nobody reads the answer and no engine is down. */
  #refuseForNow(
    request: Circumstances,
    judged: JudgedBody,
    { error, operation, hasLeft }: UnavailablePolicy,
  ): RefuseDecision {
    if (!hasLeft) this.#tellOfRule(request, error);
    const about = { ...request, operations: [operation] };
    const hint = hasLeft ? 'The client left before there was a decision' : undefined;
    return this.#refusals.report(
      about,
      refuseForUnavailablePolicy(judged, error.retryAfterSeconds),
      'policy_unavailable',
      hint === undefined ? undefined : { hint },
    );
  }

  #deny(request: Circumstances, judged: JudgedBody, { operation, denial }: DeniedOperation): RefuseDecision {
    const { reason } = denial;
    return this.#refusals.report(
      { ...request, operations: [operation] },
      this.#answer(request, judged),
      'policy_denied',
      reason === undefined ? undefined : { reason },
    );
  }

  #refuseOperation(request: Circumstances, judged: JudgedBody, refusal: Refusal): RefuseDecision {
    for (const each of judged.verdicts) {
      if (each.kind === 'refuse' && each.reason !== 'rule') this.#advise(request.head, each);
    }
    return this.#refusals.report(
      { ...request, operations: [refusal.operation] },
      this.#answer(request, judged),
      refusal.reason === 'rule' ? 'refused_operation' : 'unknown_operation',
    );
  }

  #answer({ head }: Circumstances, judged: JudgedBody): RefuseDecision {
    const version = head.header('mcp-protocol-version');
    return refuseOperations(judged, judged.verdicts, version, this.#options.denials);
  }

  /** No credentials beats a body that cannot be judged; the connection's fate stays that of the body. */
  #refuseBody(
    head: RequestHead,
    auth: AuthInfo | undefined,
    { refusal, problem }: UnjudgedBody,
  ): RefuseDecision {
    const request: Circumstances = { ...this.#ofToken(auth), head, caller: auth };
    if (auth !== undefined || refusal.status === 503) {
      return this.#refusals.report(request, refusal, 'unreadable_body', {
        actual: problem,
        hint: bodyHints[problem],
      });
    }
    const connection = refusal.headers.filter(([name]) => name === 'Connection');
    return withHeaders(this.#refusals.credentials(request, 'missing_credentials'), connection);
  }
}
