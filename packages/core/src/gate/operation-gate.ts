import type { AuthInfo } from '../caller/auth-info.js';
import { refuseForFault, refuseOperations } from '../challenge/operation-refusals.js';
import type { RefuseDecision } from '../http/answer.js';
import type { BodyOutcome } from '../http/json-body.js';
import type { RequestHead } from '../http/request-head.js';
import type { Refusal, Verdict } from '../operation/judge-rule.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import { allow, type AllowDecision, type Decision, withHeaders } from './decision.js';
import type { GateOptions } from './gate.js';
import type { Circumstances, DecisionReport } from './decision-report.js';
import type { GateRefusals } from './gate-refusals.js';
import {
  adviseOnRefusal,
  bodyHints,
  judgeBody,
  type JudgedBody,
  mayHaveBody,
  type UnjudgedBody,
} from './judge-operations.js';

/** The second question of a gate: does the caller's token cover what the body asks for? */
export class OperationGate {
  readonly #options: GateOptions;
  readonly #decisions: DecisionReport;
  readonly #refusals: GateRefusals;
  /** Callers whose tokens were known, between the two questions. */
  readonly #remembered = new WeakSet<AuthInfo>();

  constructor(options: GateOptions, decisions: DecisionReport, refusals: GateRefusals) {
    this.#options = options;
    this.#decisions = decisions;
    this.#refusals = refusals;
  }

  /** Whether the body of this request has to be judged. */
  concerns(head: RequestHead): boolean {
    return this.#options.operations !== undefined && mayHaveBody(head);
  }

  /** Some operations may come without a token; which one this is, only the body says. */
  admitAnonymous(head: RequestHead): AllowDecision | undefined {
    const mayBe = this.#options.operations?.allowsAnonymous === true && mayHaveBody(head);
    return mayBe ? allow(undefined, [], 'authorize') : undefined;
  }

  /** For the event of the second question. */
  noteRemembered(auth: AuthInfo): void {
    this.#remembered.add(auth);
  }

  authorize(head: RequestHead, auth: AuthInfo | undefined, body: BodyOutcome): Decision | Promise<Decision> {
    const judged = judgeBody(this.#options.operations, head, body, auth);
    return judged instanceof Promise
      ? judged.then((settled) => this.#decide(head, auth, settled))
      : this.#decide(head, auth, judged);
  }

  #decide(head: RequestHead, auth: AuthInfo | undefined, judged: JudgedBody | UnjudgedBody): Decision {
    return 'verdict' in judged ? this.#decideOn(head, auth, judged) : this.#refuseBody(head, auth, judged);
  }

  /** An error of ours beats a missing token, which beats all else that speaks against a request. */
  #decideOn(head: RequestHead, auth: AuthInfo | undefined, judged: JudgedBody): Decision {
    const { verdict } = judged;
    const request = this.#describe(head, auth, judged);
    if (verdict.kind === 'anonymous') return this.#allow(request, auth, []);
    if (verdict.kind === 'error') return this.#refuseForFault(request, judged, verdict);
    const requirements: readonly ScopeRequirement[] = [
      this.#options.requiredScopes,
      ...(verdict.kind === 'needs' ? verdict.requirements : []),
    ];
    if (auth === undefined) return this.#refusals.anonymous(request, requirements);
    if (verdict.kind === 'refuse') return this.#refuseOperation(request, judged, verdict);
    return this.#refusals.scopes(request, auth, requirements) ?? this.#allow(request, auth, requirements);
  }

  #allow(
    request: Circumstances,
    auth: AuthInfo | undefined,
    requirements: readonly ScopeRequirement[],
  ): AllowDecision {
    this.#decisions.allow({ ...request, required: requirements });
    return allow(auth, requirements);
  }

  #describe(head: RequestHead, caller: AuthInfo | undefined, { messages }: JudgedBody): Circumstances {
    const operations = messages.flatMap((message) => (message.kind === 'response' ? [] : message.operations));
    const isRemembered = caller && this.#remembered.has(caller);
    return { head, caller, isRemembered, operations };
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
      if (each !== undefined && each.reason !== 'rule') this.#options.events.advise(adviseOnRefusal(each));
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
    const isRemembered = auth && this.#remembered.has(auth);
    const request: Circumstances = { head, caller: auth, isRemembered };
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
