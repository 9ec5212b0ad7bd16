import type { Answer, LateRefusal, RefuseDecision } from '../http/answer.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { MCPAuthInsufficientScopeError } from '../errors/bearer-auth-error.js';
import type { AuthInfo } from '../caller/auth-info.js';
import { isScopeToken } from '../scopes/scopes.js';

/**
 * Carries the caller to everything a request starts, so that handlers need no plumbing.
 *
 * `authContext` of the `context` entry is the implementation for Node, Bun, Deno and Workers with `nodejs_compat`. It is an
 * option of a route and not a default, because on Node 20 an async context makes every await of the process slower.
 */
export interface AuthContext {
  /** Runs `callback`, and all it starts, with `store` within reach; returns what `callback` returns. */
  run<Result>(store: AuthContextStore, callback: () => Result): Result;
}

/** What the code behind a gate can learn and ask for during one request. */
export interface AuthContextStore {
  /** The caller; nothing where anonymous access was permitted. */
  readonly auth: AuthInfo | undefined;
  /** Whether the caller's token covers all of these scopes, the hierarchy of the resource taken into account. */
  hasScopes(scopes: readonly string[]): boolean;
  /**
   * Returns when the caller's token covers all of these scopes.
   *
   * @throws {MCPAuthInsufficientScopeError} otherwise; while the response has not begun the request is refused with it
   * @throws {MCPAuthConfigError} `invalid_scope` for something that is not a valid scope
   */
  requireScopes(scopes: readonly string[]): void;
  /**
   * Resolves when the rules of the route let the caller do this as well: what a handler does for the caller, such as another tool that it
   * calls.
   *
   * @throws {MCPAuthInsufficientScopeError} for scopes that are missing, as {@link AuthContextStore.requireScopes}
   * @throws {MCPAuthBearerAuthError} `unknown_operation`, `refused_operation`, `policy_denied`, `insufficient_user_authentication`,
   *   `missing_credentials`, `operation_failed`
   * @throws {PolicyUnavailableError} where a rule cannot be asked
   * @throws {MCPAuthConfigError} `unsupported_option` on a route without `operations`
   */
  requireOperation(method: string, params?: unknown): Promise<void>;
}

/** What a gate lends to one call, so that its handlers are judged as the gate judges. */
export interface CallRules {
  covers(scopes: readonly string[]): boolean;
  /** The scopes that are missing for an operation; throws where scopes do not help. */
  judge(method: string, params: unknown): Promise<readonly string[]>;
  /** The refusal that names these scopes in addition to all that the request was known to need. */
  refuse(scopes: readonly string[]): LateChallenge;
  /** Tells operators. `status` is what the client gets to see. */
  report(status: number, scopes: readonly string[]): void;
}

export interface LateChallenge {
  /** What HTTP says: 401 for a caller without a token. */
  readonly status: 401 | 403;
  readonly decision: RefuseDecision;
  /** As the challenge names them. */
  readonly scopes: readonly string[];
  readonly challenge: string;
}

/** One request that a gate has let pass, from then until its response is complete. */
export class ActiveCall implements AuthContextStore, LateRefusal {
  readonly auth: AuthInfo | undefined;
  readonly raised: Promise<void>;
  readonly #rules: CallRules;
  readonly #demanded = new Set<string>();
  #announce: () => void = () => undefined;
  #hasBegun = false;
  #answer: Answer | undefined;

  constructor(auth: AuthInfo | undefined, rules: CallRules) {
    this.auth = auth;
    this.#rules = rules;
    this.raised = new Promise((resolve) => (this.#announce = resolve));
  }

  get isRaised(): boolean {
    return this.#demanded.size > 0 && !this.#hasBegun;
  }

  hasScopes(scopes: readonly string[]): boolean {
    checkScopes(scopes);
    return this.#rules.covers(scopes);
  }

  requireScopes(scopes: readonly string[]): void {
    if (!this.hasScopes(scopes)) this.#demand(scopes);
  }

  async requireOperation(method: string, params?: unknown): Promise<void> {
    const missing = await this.#rules.judge(method, params);
    if (missing.length > 0) this.#demand(missing);
  }

  #demand(scopes: readonly string[]): never {
    for (const scope of scopes) this.#demanded.add(scope);
    const { status, scopes: named, challenge } = this.#rules.refuse([...this.#demanded]);
    // The status of a response that has begun cannot be changed any more; the tool error in it carries the challenge
    if (this.#hasBegun) this.#rules.report(200, [...this.#demanded]);
    else this.#announce();
    throw new MCPAuthInsufficientScopeError({ status, scopes: named, challenge });
  }

  settle(): Answer | undefined {
    if (this.#hasBegun) return this.#answer;
    this.#hasBegun = true;
    if (this.#demanded.size === 0) return undefined;
    const { decision } = this.#rules.refuse([...this.#demanded]);
    this.#rules.report(decision.status, [...this.#demanded]);
    this.#answer = decision;
    return decision;
  }
}

/** For callers without TypeScript, and for scopes that were put together at run time. */
function checkScopes(scopes: readonly unknown[]): void {
  if (scopes.length > 0 && scopes.every(isScopeToken)) return;
  throw new MCPAuthConfigError(
    'invalid_scope',
    'scopes',
    'must name at least one scope, each printable ASCII without spaces, double quotes and backslashes (RFC 6749 §3.3).',
  );
}
