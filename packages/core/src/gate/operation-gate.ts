import type { AuthInfo } from '../caller/auth-info.js';
import { refuseForFault, refuseOperations } from '../challenge/operation-refusals.js';
import type { Timing } from '../events/timing.js';
import type { RefuseDecision } from '../http/answer.js';
import type { BodyOutcome } from '../http/json-body.js';
import type { RequestHead } from '../http/request-head.js';
import type { Refusal, Verdict } from '../operation/judge-rule.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import { allow, type AllowDecision, type Decision, withHeaders } from './decision.js';
import type { GateOptions } from './gate.js';
import type { Circumstances, DecisionReport } from './decision-report.js';
import type { GateRefusals } from './gate-refusals.js';
import { OwnToken } from './own-token.js';
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
  /** What is known of the tokens of callers, between the two questions. */
  readonly #noted = new WeakMap<AuthInfo, OfToken>();

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
      this.#noted.set(auth, { isRemembered, verification });
  }

  #ofToken(auth: AuthInfo | undefined): OfToken {
    return auth === undefined ? {} : (this.#noted.get(auth) ?? { isRemembered: false });
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
    const { verdict } = judged;
    if (verdict.kind === 'anonymous') return this.#allow(request, auth, [], judged);
    if (verdict.kind === 'error') return this.#refuseForFault(request, judged, verdict);
    const requirements: readonly ScopeRequirement[] = [
      this.#options.requiredScopes,
      ...(verdict.kind === 'needs' ? verdict.requirements : []),
    ];
    if (auth === undefined) return this.#refusals.anonymous(request, requirements);
    if (verdict.kind === 'refuse') return this.#refuseOperation(request, judged, verdict);
    return (
      this.#refusals.scopes(request, auth, requirements) ?? this.#allow(request, auth, requirements, judged)
    );
  }

  #allow(
    request: Circumstances,
    auth: AuthInfo | undefined,
    requirements: readonly ScopeRequirement[],
    { messages }: JudgedBody,
  ): AllowDecision {
    this.#decisions.allow({ ...request, required: requirements });
    return allow(auth, requirements, 'proceed', auth && messages);
  }

  #describe(
    head: RequestHead,
    caller: AuthInfo | undefined,
    { messages }: JudgedBody,
    rules: Timing | undefined,
  ): Circumstances {
    const operations = messages.flatMap((message) => (message.kind === 'response' ? [] : message.operations));
    return { ...this.#ofToken(caller), head, caller, rules, operations };
  }

  /** A URI may hold the token of its client: then there is nothing to write into a rule. */
  #advise(head: RequestHead, refusal: Refusal): void {
    const { method, target } = refusal.operation;
    if (this.#ownToken.isIn(target ?? method, head)) return;
    this.#options.events.advise(adviseOnRefusal(refusal));
  }

  #refuseForFault(
    request: Circumstances,
    judged: JudgedBody,
    { error, operation }: Extract<Verdict, { kind: 'error' }>,
  ): RefuseDecision {
    this.#options.events.emit({ type: 'policy', resource: this.#options.resource, error });
    const about = { ...request, operations: [operation] };
    return this.#refusals.report(about, refuseForFault(judged), 'operation_failed');
  }

  #refuseOperation(request: Circumstances, judged: JudgedBody, refusal: Refusal): RefuseDecision {
    for (const each of judged.refusals) {
      if (each !== undefined && each.reason !== 'rule') this.#advise(request.head, each);
    }
    const version = request.head.header('mcp-protocol-version');
    return this.#refusals.report(
      { ...request, operations: [refusal.operation] },
      refuseOperations(judged, judged.refusals, version),
      refusal.reason === 'rule' ? 'refused_operation' : 'unknown_operation',
    );
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
