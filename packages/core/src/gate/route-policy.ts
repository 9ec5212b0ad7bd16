import { toNonceHeaders } from '../challenge/refusals.js';
import { AuthInfo } from '../caller/auth-info.js';
import type { RequestHead } from '../http/request-head.js';
import type { Attempt } from '../limits/failed-attempts.js';
import { judgeLogin } from '../operation/judge-login.js';
import type { SenderCheck, SenderOutcome } from '../sender/sender-check.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import { checkAudience, noAudience } from '../token/audience.js';
import { reject, type RejectedToken, type VerifiedToken } from '../token/verification.js';
import type { Circumstances } from './circumstances.js';
import { allow, type Decision, withHeaders } from './decision.js';
import type { DecisionReport } from './decision-report.js';
import type { GateOptions } from './gate.js';
import type { GateRefusals } from './gate-refusals.js';
import type { OperationGate } from './operation-gate.js';

/** What a route demands of a token that was verified: that it is not revoked, its audience, its sender, its login, its scopes. */
export class RoutePolicy {
  readonly #options: GateOptions;
  readonly #decisions: DecisionReport;
  readonly #refusals: GateRefusals;
  readonly #operations: OperationGate;
  readonly #attemptOf: (head: RequestHead) => Attempt | undefined;
  readonly #requirements: readonly ScopeRequirement[];

  /** @param attemptOf - for tokens that are remembered, whose sender nobody has looked at */
  constructor(
    options: GateOptions,
    decisions: DecisionReport,
    refusals: GateRefusals,
    operations: OperationGate,
    attemptOf: (head: RequestHead) => Attempt | undefined,
  ) {
    this.#options = options;
    this.#decisions = decisions;
    this.#refusals = refusals;
    this.#operations = operations;
    this.#attemptOf = attemptOf;
    this.#requirements = Object.freeze([Object.freeze(options.requiredScopes)]);
  }

  /**
   * Where the body decides, the scopes of the route wait for it too: one challenge must name everything.
   *
   * @param request - with the token as its caller
   */
  apply(
    request: Circumstances,
    token: VerifiedToken,
    attempt: Attempt | undefined,
  ): Decision | Promise<Decision> {
    const { audiences, revocations, sender } = this.#options;
    if (request.isRemembered !== true) revocations?.note(token);
    if (revocations?.refuses(token) === true) {
      // As one that has expired: nobody has done anything wrong
      attempt?.forget(token.token);
      return this.#refusals.token(request, reject('revoked_token'));
    }
    const rejected = checkAudience(token.audience, audiences.get(token.issuer) ?? noAudience);
    if (rejected !== undefined) return this.#refuseAudience(request, rejected, token, attempt);
    if (sender !== undefined) return this.#askSender(sender, request, token, attempt);
    // Nobody here can tell whose it is
    if (token.confirmation !== undefined) {
      return this.#refusals.token(request, reject('sender_constrained', 'cnf'), attempt, token.token);
    }
    return this.#admit(request, token, attempt);
  }

  /** Each time it comes, remembered or not. */
  #askSender(
    sender: SenderCheck,
    request: Circumstances,
    token: VerifiedToken,
    attempt: Attempt | undefined,
  ): Decision | Promise<Decision> {
    const outcome = sender.check({ head: request.head, scheme: request.scheme ?? 'bearer', token });
    if (!(outcome instanceof Promise)) return this.#afterSender(outcome, request, token, attempt);
    // Now: a connection that has gone does not tell whose it was
    const failing = attempt ?? this.#attemptOf(request.head);
    return outcome.then((settled) => this.#afterSender(settled, request, token, attempt, failing));
  }

  /** The token stays one that was good: whoever sends it without its key may have stolen it. */
  #afterSender(
    outcome: SenderOutcome,
    request: Circumstances,
    token: VerifiedToken,
    attempt: Attempt | undefined,
    failing = attempt,
  ): Decision {
    switch (outcome.kind) {
      case 'proven': {
        const decision = this.#admit(request, token, attempt);
        return outcome.nonce === undefined ? decision : withHeaders(decision, toNonceHeaders(outcome.nonce));
      }
      case 'rejected':
        return this.#refusals.token(request, outcome, failing ?? this.#attemptOf(request.head));
      case 'proof-rejected':
        return this.#refusals.proof(request, outcome, failing ?? this.#attemptOf(request.head));
    }
  }

  #admit(request: Circumstances, token: VerifiedToken, attempt: Attempt | undefined): Decision {
    const { requiredScopes, requiredLogin, scopeChecks } = this.#options;
    attempt?.succeed(token.token);
    const next = this.#operations.concerns(request.head) ? 'authorize' : 'proceed';
    if (next === 'proceed' && requiredLogin !== undefined) {
      const login = judgeLogin(requiredLogin.need, token, requiredLogin.now);
      if (login.kind === 'authentication') {
        return this.#refusals.authentication(request, login, token, this.#requirements);
      }
    }
    if (next === 'proceed' && !scopeChecks.of(token.issuer).covers(token.scopes, requiredScopes)) {
      return this.#withoutScopes(request, token);
    }
    const auth = new AuthInfo(token, this.#options);
    if (next === 'proceed') this.#decisions.allow(request);
    else this.#operations.note(auth, request);
    return allow(auth, this.#requirements, next);
  }

  /** By itself, so that what every good request runs through stays short. */
  #withoutScopes(request: Circumstances, token: VerifiedToken): Decision {
    const found = this.#refusals.scopes(request, token, this.#requirements);
    if (found?.kind === 'refuse') return found;
    this.#decisions.allow(request, found?.denial);
    return allow(new AuthInfo(token, this.#options), this.#requirements);
  }

  /** The token is genuine, so its client is known. */
  #refuseAudience(
    request: Circumstances,
    rejected: RejectedToken,
    { token, issuer: tokenIssuer, authorizationServer: issuer, clientId }: VerifiedToken,
    attempt = this.#attemptOf(request.head),
  ): Decision {
    const hint = rejected.hint ?? this.#options.providerHints?.get(tokenIssuer);
    const told = {
      ...rejected,
      client: { issuer, clientId },
      ...(hint === undefined ? undefined : { hint }),
    };
    return this.#refusals.token(request, told, attempt, token);
  }
}
