import type { AuthInfo } from '../caller/auth-info.js';
import type { AuthContext, AuthContextStore } from '../context/auth-context.js';
import type { CorsPolicy } from '../cors/cors-policy.js';
import type { HeaderList, LateRefusal } from '../http/answer.js';
import type { BodyLimits } from '../http/body-collector.js';
import type { BodyOutcome } from '../http/json-body.js';
import type { RequestHead } from '../http/request-head.js';
import type { GuardedStream } from '../streams/guarded-stream.js';
import { type AllowDecision, type Decision, withHeaders } from './decision.js';
import type { Gate } from './gate.js';

/** A gate whose answers pages of other origins may read: preflights are answered, every decision carries the headers of CORS. */
export class CorsGate implements Gate {
  readonly #gate: Gate;
  readonly #cors: CorsPolicy;

  constructor(gate: Gate, cors: CorsPolicy) {
    this.#gate = gate;
    this.#cors = cors;
  }

  get resource(): string {
    return this.#gate.resource;
  }

  get judgesOperations(): boolean {
    return this.#gate.judgesOperations;
  }

  get authContext(): AuthContext | undefined {
    return this.#gate.authContext;
  }

  get endsCalls(): boolean {
    return this.#gate.endsCalls;
  }

  guardStream(head: RequestHead, allowed: AllowDecision): GuardedStream | undefined {
    return this.#gate.guardStream(head, allowed);
  }

  bodyLimits(auth: AuthInfo | undefined): BodyLimits {
    return this.#gate.bodyLimits(auth);
  }

  authenticate(head: RequestHead): Decision | Promise<Decision> {
    const preflight = this.#cors.preflight(head);
    if (preflight !== undefined) return { kind: 'refuse', ...preflight };
    const headers = this.#cors.headers(head);
    const decision = this.#gate.authenticate(head);
    return decision instanceof Promise
      ? decision.then((settled) => withHeaders(settled, headers))
      : withHeaders(decision, headers);
  }

  /** An answer that lets the request go on has its headers from the first question. */
  authorize(head: RequestHead, auth: AuthInfo | undefined, body: BodyOutcome): Decision | Promise<Decision> {
    const decision = this.#gate.authorize(head, auth, body);
    return decision instanceof Promise
      ? decision.then((settled) => this.#decorate(head, settled))
      : this.#decorate(head, decision);
  }

  openCall(head: RequestHead, allowed: AllowDecision, headers?: HeaderList): AuthContextStore & LateRefusal {
    return this.#gate.openCall(head, allowed, [...this.#cors.headers(head), ...(headers ?? [])]);
  }

  #decorate(head: RequestHead, decision: Decision): Decision {
    return decision.kind === 'refuse' ? withHeaders(decision, this.#cors.headers(head)) : decision;
  }
}
