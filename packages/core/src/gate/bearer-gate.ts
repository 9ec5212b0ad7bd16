import type { AuthInfo } from '../caller/auth-info.js';
import type { ActiveCall, AuthContext } from '../context/auth-context.js';
import { checkToken, type NoToken, splitCredentials } from '../credentials/read-credentials.js';
import type { HeaderList } from '../http/answer.js';
import type { BodyLimits } from '../http/body-collector.js';
import type { Timing } from '../events/timing.js';
import type { BodyOutcome } from '../http/json-body.js';
import type { RequestHead } from '../http/request-head.js';
import type { Attempt } from '../limits/failed-attempts.js';
import type { GuardedStream } from '../streams/guarded-stream.js';
import { reject, type TokenVerifier, type Verification } from '../token/verification.js';
import { CorsGate } from './cors-gate.js';
import type { AllowDecision, Decision } from './decision.js';
import type { Circumstances } from './circumstances.js';
import { DecisionReport } from './decision-report.js';
import type { Gate, GateOptions } from './gate.js';
import { GateRefusals, type UnreadCode } from './gate-refusals.js';
import { openCall } from './late-challenge.js';
import { OperationGate } from './operation-gate.js';
import { RoutePolicy } from './route-policy.js';
import { SetupAdvice } from './setup-advice.js';
import { guardStream } from './stream-gate.js';
import { warnOfFailure } from './verification-failure.js';

/** Creates the gate of one route. */
export function createGate(options: GateOptions): Gate {
  const gate = new BearerGate(options);
  return options.cors === undefined ? gate : new CorsGate(gate, options.cors);
}

class BearerGate implements Gate {
  readonly resource: string;
  readonly judgesOperations: boolean;
  readonly endsCalls: boolean;
  readonly authContext: AuthContext | undefined;
  readonly #options: GateOptions;
  readonly #tokenHeader: string | undefined;
  readonly #takesProofs: boolean;
  readonly #decisions: DecisionReport;
  readonly #refusals: GateRefusals;
  readonly #operations: OperationGate;
  readonly #advice: SetupAdvice;
  readonly #policy: RoutePolicy;

  constructor(options: GateOptions) {
    this.resource = options.resource;
    this.endsCalls = options.streams?.policy === 'end';
    this.judgesOperations = options.operations !== undefined || this.endsCalls;
    this.authContext = options.authContext;
    this.#options = options;
    this.#tokenHeader = options.tokenHeader?.toLowerCase();
    this.#takesProofs = options.proofs !== undefined;
    this.#decisions = new DecisionReport(options);
    this.#refusals = new GateRefusals(options, this.#decisions);
    this.#operations = new OperationGate(options, this.#decisions, this.#refusals);
    this.#advice = new SetupAdvice(options);
    this.#policy = new RoutePolicy(options, this.#decisions, this.#refusals, this.#operations, (head) =>
      this.#attemptOf(head),
    );
  }

  authenticate(head: RequestHead): Decision | Promise<Decision> {
    const read = splitCredentials(head, this.#tokenHeader, this.#takesProofs);
    if (read.kind !== 'unchecked') {
      this.#options.setup?.noteRequest();
      return this.#withoutToken(head, read.kind);
    }
    // Before its characters are looked at, which costs more than to recall one that has passed: see decision 0008
    const known = this.#recall(head, read.text);
    const { scheme } = read;
    if (known !== undefined) {
      return this.#policy.apply({ head, scheme, isRemembered: true }, known.token, undefined);
    }
    this.#options.setup?.noteRequest();
    const credentials = checkToken(read.text);
    if (credentials.kind !== 'bearer') return this.#withoutToken(head, credentials.kind);
    const attempt = this.#attemptOf(head);
    const early = attempt && this.#refuseUnseen(head, credentials.token, attempt);
    if (early !== undefined) return early;
    const stop = this.#options.events.startTiming();
    const decide = (result: Verification, took = stop?.()) =>
      this.#decide({ head, scheme, verification: took }, result, credentials.token, attempt);
    const verification = this.#verify(head, credentials.token);
    return verification instanceof Promise
      ? this.#whenVerified(head, verification, stop, decide)
      : decide(verification);
  }

  #recall(head: RequestHead, token: string): ReturnType<NonNullable<TokenVerifier['recall']>> {
    try {
      return this.#options.verifier.recall?.(token);
    } catch (error) {
      return this.#fail(head, error);
    }
  }

  #verify(head: RequestHead, token: string): ReturnType<TokenVerifier> {
    try {
      return this.#options.verifier(token);
    } catch (error) {
      return this.#fail(head, error);
    }
  }

  /** Where somebody hears of allowed requests, a token gets its name when it is first seen. */
  async #whenVerified(
    head: RequestHead,
    verification: Promise<Verification>,
    stop: (() => Timing) | undefined,
    decide: (result: Verification, took: Timing | undefined) => Decision | Promise<Decision>,
  ): Promise<Decision> {
    const result = await verification.catch((error: unknown) => this.#fail(head, error));
    const took = stop?.();
    if (result.kind === 'verified') await this.#decisions.tokenIds?.note(result.token);
    return decide(result, took);
  }

  #fail(head: RequestHead, error: unknown): never {
    warnOfFailure(this.#options.events, this.resource, error);
    this.#refusals.tell({ head }, 500, 'verification_failed', { via: 'bearer' });
    throw error;
  }

  /** Who sent it cannot be told by every platform. */
  #attemptOf(head: RequestHead): Attempt | undefined {
    try {
      return this.#options.failedAttempts?.attemptOf(head, this.resource);
    } catch (error) {
      return this.#fail(head, error);
    }
  }

  authorize(head: RequestHead, auth: AuthInfo | undefined, body: BodyOutcome): Decision | Promise<Decision> {
    return this.#operations.authorize(head, auth, body);
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

  openCall(head: RequestHead, allowed: AllowDecision, headers: HeaderList = []): ActiveCall {
    return openCall(this.#options, this.#refusals, head, allowed, headers);
  }

  guardStream(head: RequestHead, allowed: AllowDecision): GuardedStream | undefined {
    return guardStream(this.resource, this.#options.streams, head, allowed);
  }

  #withoutToken(head: RequestHead, kind: NoToken['kind']): Decision {
    switch (kind) {
      case 'none':
        return this.#operations.admitAnonymous(head) ?? this.#challenge(head);
      case 'empty':
        return this.#refusals.credentials({ head }, 'missing_credentials');
      case 'other-scheme':
        return this.#refusals.credentials({ head }, 'unsupported_scheme');
      case 'elsewhere':
        return this.#refusals.elsewhere({ head });
      case 'malformed':
        return this.#refuseUnread(head, 'malformed_credentials');
      case 'repeated':
        return this.#refuseUnread(head, 'repeated_credentials');
    }
  }

  #challenge(head: RequestHead): Decision {
    this.#advice.onChallenge(head);
    return this.#refusals.credentials({ head }, 'missing_credentials');
  }

  #refuseUnread(head: RequestHead, code: UnreadCode): Decision {
    return this.#refusals.unread({ head }, code, this.#attemptOf(head));
  }

  /** What can be said to a peer that failed too often, without a look at the signature; nothing for all others. */
  #refuseUnseen(head: RequestHead, token: string, attempt: Attempt): Decision | undefined {
    const wait = attempt.waitBefore(token);
    if (wait === undefined) return undefined;
    const isExpired = this.#options.verifier.saysExpired?.(token) === true;
    return isExpired
      ? this.#refusals.token({ head }, reject('token_expired', 'exp'))
      : this.#refusals.attempts({ head }, wait, 'bearer');
  }

  /** Expired beats missing scope: the verifier has spoken before any scope is looked at. */
  #decide(
    request: Circumstances,
    verification: Verification,
    token: string,
    attempt: Attempt | undefined,
  ): Decision | Promise<Decision> {
    switch (verification.kind) {
      case 'rejected':
        return this.#refusals.token(request, verification, attempt, token);
      case 'unavailable':
        return this.#refusals.outage(request, verification.retryAfterSeconds);
      case 'verified':
        return this.#policy.apply({ ...request, isRemembered: false }, verification.token, attempt);
    }
  }
}
