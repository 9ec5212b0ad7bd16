import type { AuthInfo } from '../caller/auth-info.js';
import { refuseForFault, refuseOperations } from '../challenge/operation-refusals.js';
import type { RefuseDecision } from '../http/answer.js';
import type { BodyOutcome } from '../http/json-body.js';
import type { RequestHead } from '../http/request-head.js';
import type { Refusal, Verdict } from '../operation/judge-rule.js';
import type { Operation } from '../operation/operation.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import { allow, type AllowDecision, type Decision, withHeaders } from './decision.js';
import type { GateOptions } from './gate.js';
import type { GateRefusals, RefusalFacts } from './gate-refusals.js';
import { adviseOnRefusal, judgeBody, type JudgedBody, mayHaveBody } from './judge-operations.js';

/** The second question of a gate: does the caller's token cover what the body asks for? */
export class OperationGate {
  readonly #options: GateOptions;
  readonly #refusals: GateRefusals;

  constructor(options: GateOptions, refusals: GateRefusals) {
    this.#options = options;
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

  authorize(head: RequestHead, auth: AuthInfo | undefined, body: BodyOutcome): Decision | Promise<Decision> {
    const judged = judgeBody(this.#options.operations, head, body, auth);
    return judged instanceof Promise
      ? judged.then((settled) => this.#decide(head, auth, settled))
      : this.#decide(head, auth, judged);
  }

  #decide(head: RequestHead, auth: AuthInfo | undefined, judged: JudgedBody | RefuseDecision): Decision {
    return 'verdict' in judged ? this.#decideOn(head, auth, judged) : this.#refuseBody(auth, judged);
  }

  /** An error of ours beats a missing token, which beats all else that speaks against a request. */
  #decideOn(head: RequestHead, auth: AuthInfo | undefined, judged: JudgedBody): Decision {
    const { verdict } = judged;
    if (verdict.kind === 'anonymous') return allow(auth, []);
    if (verdict.kind === 'error') return this.#refuseForFault(judged, verdict);
    const requirements: readonly ScopeRequirement[] = [
      this.#options.requiredScopes,
      ...(verdict.kind === 'needs' ? verdict.requirements : []),
    ];
    if (auth === undefined) return this.#refusals.anonymous(requirements);
    if (verdict.kind === 'refuse') return this.#refuseOperation(head, judged, verdict);
    return this.#refusals.scopes(head, auth, requirements) ?? allow(auth, requirements);
  }

  #refuseForFault(
    judged: JudgedBody,
    { error, operation }: Extract<Verdict, { kind: 'error' }>,
  ): RefuseDecision {
    this.#options.events.emit({ type: 'policy', resource: this.#options.resource, error });
    return this.#refusals.report(refuseForFault(judged), 'operation_failed', describe(operation));
  }

  #refuseOperation(head: RequestHead, judged: JudgedBody, refusal: Refusal): RefuseDecision {
    for (const each of judged.refusals) {
      if (each !== undefined && each.reason !== 'rule') this.#options.events.advise(adviseOnRefusal(each));
    }
    const version = head.header('mcp-protocol-version');
    return this.#refusals.report(
      refuseOperations(judged, judged.refusals, version),
      refusal.reason === 'rule' ? 'refused_operation' : 'unknown_operation',
      describe(refusal.operation),
    );
  }

  /** No credentials beats a body that cannot be judged; the connection's fate stays that of the body. */
  #refuseBody(auth: AuthInfo | undefined, refusal: RefuseDecision): RefuseDecision {
    if (auth !== undefined || refusal.status === 503) return refusal;
    const connection = refusal.headers.filter(([name]) => name === 'Connection');
    return withHeaders(this.#refusals.credentials('missing_credentials'), connection);
  }
}

/** What an event may say of an operation: bounded, because a client wrote it. */
function describe({ method, target }: Operation): RefusalFacts {
  return {
    method: method.slice(0, 200),
    ...(target === undefined ? undefined : { target: target.slice(0, 500) }),
  };
}
