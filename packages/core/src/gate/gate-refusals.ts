import {
  type RefusalContext,
  refuseForAttempts,
  refuseForOutage,
  refuseScope,
  refuseWithoutCredentials,
} from '../challenge/refusals.js';
import type { BearerAuthErrorCode, CredentialErrorCode } from '../errors/bearer-auth-error.js';
import type { TokenErrorCode } from '../errors/token-error.js';
import type { RefuseDecision } from '../http/answer.js';
import type { RequestHead } from '../http/request-head.js';
import { judgeScopes, type ScopeRequirement, selectChallengeScopes } from '../scopes/scope-requirement.js';
import type { Attempt } from '../limits/failed-attempts.js';
import type { RejectedToken } from '../token/verification.js';
import type { GateOptions } from './gate.js';
import { StandingRefusals } from './standing-refusals.js';

export type RefusalCode = TokenErrorCode | BearerAuthErrorCode | 'authorization_server_unavailable';

export type UnreadCode = 'malformed_credentials' | 'repeated_credentials';

/** What an event says of a refusal in addition to its code. */
export interface RefusalFacts {
  readonly claim?: string;
  readonly hint?: string;
  readonly method?: string;
  readonly target?: string;
}

/** What a token grants, and who issued it: each issuer has its own names for scopes. */
export interface GrantedScopes {
  readonly issuer: string;
  readonly scopes: readonly string[];
}

/** The refusals of one gate. The owner hears of each as it is made. */
export class GateRefusals {
  readonly #options: GateOptions;
  readonly #context: RefusalContext;
  readonly #standing: StandingRefusals;

  constructor(options: GateOptions) {
    this.#options = options;
    const { resourceMetadataUrl, requiredScopes, scopeChecks } = options;
    this.#context = { resourceMetadataUrl, scopes: scopeChecks.first.publish(requiredScopes) };
    this.#standing = new StandingRefusals(this.#context, options.showErrorDetails, options.tokenHeader);
  }

  /** There are no credentials that this server could use. It counts to nobody: that is how every client begins. */
  credentials(code: Exclude<CredentialErrorCode, UnreadCode | 'insufficient_scope'>): RefuseDecision {
    return this.report(this.#standing.withoutCredentials, code);
  }

  /** There is an Authorization header, which this resource does not read: that it was sent proves nothing. */
  elsewhere(): RefuseDecision {
    const hint = `tokenHeader: the request has an Authorization header and no ${this.#options.tokenHeader ?? ''}, which the gateway in front adds. Did it go around the gateway?`;
    return this.report(this.#standing.withoutCredentials, 'unsupported_scheme', { hint });
  }

  /** There are credentials that cannot be read. */
  unread(code: UnreadCode, attempt: Attempt | undefined): RefuseDecision {
    const wait = attempt?.fail(undefined);
    return wait === undefined ? this.report(this.#standing.request(code), code) : this.attempts(wait);
  }

  token({ code, claim, hint, client }: RejectedToken, attempt?: Attempt, token?: string): RefuseDecision {
    if (code === 'token_expired') attempt?.forget(token);
    const wait = code === 'token_expired' ? undefined : attempt?.fail(client, token);
    if (wait !== undefined) return this.attempts(wait);
    const facts = { ...(claim !== undefined && { claim }), ...(hint !== undefined && { hint }) };
    return this.report(this.#standing.token(code), code, facts);
  }

  /** There were too many attempts that failed. */
  attempts(retryAfterSeconds: number): RefuseDecision {
    return this.report(refuseForAttempts(retryAfterSeconds), 'too_many_attempts');
  }

  /** Nobody can tell whether the token is good. */
  outage(retryAfterSeconds: number): RefuseDecision {
    return this.report(refuseForOutage(retryAfterSeconds), 'authorization_server_unavailable');
  }

  /** There is no token, and what the request asks for needs one with these scopes. */
  anonymous(requirements: readonly ScopeRequirement[]): RefuseDecision {
    const { first } = this.#options.scopeChecks;
    const scopes = first.publish(judgeScopes(requirements, [], first).needed);
    return this.report(refuseWithoutCredentials({ ...this.#context, scopes }), 'missing_credentials');
  }

  /** Nothing where the granted scopes cover everything. */
  scopes(
    head: RequestHead,
    granted: GrantedScopes,
    requirements: readonly ScopeRequirement[],
  ): RefuseDecision | undefined {
    const check = this.#options.scopeChecks.of(granted.issuer);
    const { covered, needed } = judgeScopes(requirements, granted.scopes, check);
    if (covered) return undefined;
    const scopes = this.selectScopes(head, needed, granted);
    return this.report(refuseScope(this.#context, scopes), 'insufficient_scope');
  }

  /** The scopes a challenge names to a client that holds these. */
  selectScopes(head: RequestHead, needed: readonly string[], granted: GrantedScopes): readonly string[] {
    const { challengeScopes: mode, relevantScopes: relevant, scopeChecks } = this.#options;
    const version = head.header('mcp-protocol-version');
    const check = scopeChecks.of(granted.issuer);
    return selectChallengeScopes(mode, version, needed, granted.scopes, relevant, check);
  }

  report(decision: RefuseDecision, code: RefusalCode, facts?: RefusalFacts): RefuseDecision {
    this.tell(decision.status, code, facts);
    return decision;
  }

  /** The event alone, for a refusal that was built before. */
  tell(status: number, code: RefusalCode, facts?: RefusalFacts): void {
    const { events, resource } = this.#options;
    events.emit({ type: 'refusal', resource, status, code, ...facts });
  }
}
