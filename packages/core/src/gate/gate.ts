import type { HeaderList } from '../adapter/answer.js';
import type { RequestHead } from '../adapter/request-head.js';
import {
  refuseCredentials,
  refuseForOutage,
  refuseScope,
  refuseWithoutCredentials,
  type RefusalContext,
} from '../challenge/refusals.js';
import type { CorsPolicy } from '../cors/cors-policy.js';
import { readCredentials } from '../credentials/read-credentials.js';
import { describeBearerAuthError, type BearerAuthErrorCode } from '../errors/bearer-auth-error.js';
import { describeTokenError, type TokenErrorCode } from '../errors/token-error.js';
import type { EventSink } from '../events/event-sink.js';
import { checkAudience, type AcceptedAudiences } from '../policy/audience.js';
import { coversScopes } from '../policy/scopes.js';
import type { RejectedToken, TokenVerifier, Verification, VerifiedToken } from '../verifier/verification.js';
import { AuthInfo } from './auth-info.js';
import type { AllowDecision, Decision, RefuseDecision } from './decision.js';
import type { Operation, OperationScopes } from './operation.js';

/** Everything one gate decides by. */
export interface GateOptions {
  readonly resource: string;
  readonly resourceMetadataUrl: string;
  readonly verifier: TokenVerifier;
  /** By the value a token may carry as `iss`. */
  readonly audiences: ReadonlyMap<string, AcceptedAudiences>;
  readonly requiredScopes: readonly string[];
  readonly operationScopes?: OperationScopes | undefined;
  readonly cors?: CorsPolicy | undefined;
  readonly events: EventSink;
  /** Tells clients the exact reason of a refusal. */
  readonly showErrorDetails: boolean;
}

/**
 * Decides whether a request may reach one protected resource.
 *
 * Two questions, one kind of answer. Neither throws or rejects because of anything a client sent; what does come out as
 * an error is a fault of this process and belongs to the framework's error handling.
 */
export interface Gate {
  /** Identifier of the resource behind this gate. */
  readonly resource: string;
  /** Whether {@link Gate.authorize} has anything to decide, so that the body must be read. */
  readonly needsOperation: boolean;
  /** Before any body is read: who calls, and may they call this resource at all? */
  authenticate(head: RequestHead): Decision | Promise<Decision>;
  /** After the body is known: does the caller's token cover these operations? A batch needs the union of their scopes. */
  authorize(auth: AuthInfo | undefined, operations: readonly Operation[]): Decision;
}

const noHeaders: AllowDecision['headers'] = [];
const noAudience: AcceptedAudiences = { values: new Set(), mayBeAbsent: false };

/** Creates the gate of one route. */
export function createGate(options: GateOptions): Gate {
  return new BearerGate(options);
}

class BearerGate implements Gate {
  readonly resource: string;
  readonly needsOperation: boolean;
  readonly #options: GateOptions;
  readonly #context: RefusalContext;
  readonly #withoutCredentials: RefuseDecision;

  constructor(options: GateOptions) {
    this.resource = options.resource;
    this.needsOperation = options.operationScopes !== undefined;
    this.#options = options;
    this.#context = { resourceMetadataUrl: options.resourceMetadataUrl, scopes: options.requiredScopes };
    this.#withoutCredentials = refuseWithoutCredentials(this.#context);
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

  #authenticate(head: RequestHead): Decision | Promise<Decision> {
    const credentials = readCredentials(head);
    switch (credentials.kind) {
      case 'none':
        return this.#refuse(this.#withoutCredentials, 'missing_credentials');
      case 'other-scheme':
        return this.#refuse(this.#withoutCredentials, 'unsupported_scheme');
      case 'malformed':
        return this.#refuseRequest('malformed_credentials');
      case 'repeated':
        return this.#refuseRequest('repeated_credentials');
      case 'bearer': {
        const verification = this.#options.verifier(credentials.token);
        return verification instanceof Promise
          ? verification.then((result) => this.#decide(result))
          : this.#decide(verification);
      }
    }
  }

  authorize(auth: AuthInfo | undefined, operations: readonly Operation[]): Decision {
    const { operationScopes } = this.#options;
    if (operationScopes === undefined) return { kind: 'allow', auth, headers: noHeaders };
    const needed = [...new Set(operations.flatMap((operation) => operationScopes(operation) ?? []))];
    if (coversScopes(auth?.scopes ?? [], needed)) return { kind: 'allow', auth, headers: noHeaders };
    if (auth === undefined) return this.#refuse(this.#withoutCredentials, 'missing_credentials');
    return this.#refuse(refuseScope(this.#context, needed), 'insufficient_scope');
  }

  /** Expired beats missing scope: the verifier has spoken before any scope is looked at. */
  #decide(verification: Verification): Decision {
    switch (verification.kind) {
      case 'rejected':
        return this.#refuseToken(verification);
      case 'unavailable':
        return this.#refuse(
          refuseForOutage(verification.retryAfterSeconds),
          'authorization_server_unavailable',
        );
      case 'verified':
        return this.#applyPolicy(verification.token);
    }
  }

  #applyPolicy(token: VerifiedToken): Decision {
    const accepted = this.#options.audiences.get(token.issuer);
    const rejected = checkAudience(token.audience, accepted ?? noAudience);
    if (rejected !== undefined) return this.#refuseToken(rejected);
    const { requiredScopes, resource, resourceMetadataUrl } = this.#options;
    if (!coversScopes(token.scopes, requiredScopes)) {
      return this.#refuse(refuseScope(this.#context, requiredScopes), 'insufficient_scope');
    }
    return {
      kind: 'allow',
      auth: new AuthInfo({ ...token, resource, resourceMetadataUrl }),
      headers: noHeaders,
    };
  }

  /** RFC 9068 §4: what failed exactly is for the operator; the client learns that the token is of no use, or expired. */
  #refuseToken({ code, claim }: RejectedToken): RefuseDecision {
    const coarse = code === 'token_expired' ? code : undefined;
    const description =
      this.#options.showErrorDetails || coarse !== undefined
        ? describeTokenError(code)
        : 'The access token is not valid for this resource';
    return this.#refuse(refuseCredentials(this.#context, 'invalid_token', description), code, claim);
  }

  #refuseRequest(
    code: Extract<BearerAuthErrorCode, 'malformed_credentials' | 'repeated_credentials'>,
  ): RefuseDecision {
    return this.#refuse(
      refuseCredentials(this.#context, 'invalid_request', describeBearerAuthError(code)),
      code,
    );
  }

  #refuse(
    decision: RefuseDecision,
    code: TokenErrorCode | BearerAuthErrorCode | 'authorization_server_unavailable',
    claim?: string,
  ): RefuseDecision {
    this.#options.events.emit({
      type: 'refusal',
      resource: this.resource,
      status: decision.status,
      code,
      ...(claim === undefined ? undefined : { claim }),
    });
    return decision;
  }
}

function withHeaders(decision: Decision, headers: HeaderList): Decision {
  return { ...decision, headers: [...decision.headers, ...headers] };
}
