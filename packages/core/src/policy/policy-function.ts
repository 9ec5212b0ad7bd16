import type { AuthInfo } from '../caller/auth-info.js';
import type { RequestHead } from '../http/request-head.js';
import type { OperationRequirement } from './operation-requirement.js';
import type { PolicyDecision } from './policy-decision.js';

/** One MCP request as its body states it: what is done, to what. */
export interface Operation {
  /** JSON-RPC method, for example `tools/call`. */
  readonly method: string;
  /** Name of the tool or prompt, or URI of the resource; absent for methods without a target. */
  readonly target: string | undefined;
  /**
   * `params` of the request, as parsed. Hostile input: a computed rule must not trust its shape. Absent where decisions are kept.
   */
  readonly params: unknown;
  /** What the placeholders of a matching URI template stand for. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Of an operation that no URI template is about. */
export const noVariables: Operation['variables'] = Object.freeze({});

/**
 * What a rule may be, and a function may return: scopes (`[]` for nothing beyond those of the route), a login, everybody, or nobody.
 */
export type OperationNeed = OperationRequirement | 'anonymous' | 'refuse';

/** What a function may return. */
export type PolicyAnswer = OperationNeed | PolicyDecision;

/** What a function is asked. */
export interface PolicyRequest {
  readonly operation: Operation;
  /**
   * What a tool or prompt is called with: the very values that run, so do not change them. `{}` where the client sends none; absent for
   * a list, which has no arguments, and for methods other than `tools/call` and `prompts/get`. Hostile input.
   */
  readonly arguments: Readonly<Record<string, unknown>> | undefined;
  /** Absent for a caller without a token. */
  readonly caller: AuthInfo | undefined;
  /** Identifier of the protected resource. */
  readonly resource: string;
  /** The head of the HTTP request. Absent for lists, for `scopeChallenge`, and where decisions are kept. */
  readonly head: RequestHead | undefined;
  /** Aborted at the time limit, and when the client goes away where the platform tells. */
  readonly signal: AbortSignal;
}

/**
 * A rule that looks at the request and the caller; it may take its time, up to a limit.
 *
 * Where an engine behind it cannot be asked, it throws {@link PolicyUnavailableError}: the request is answered with 503. Anything else
 * that is not documented, returned, thrown or rejected with, is an error of this server: the request is answered with 500, nothing runs,
 * and an event tells the owner. Because it may answer `'anonymous'`, a policy with one has the bodies of callers without a token read too,
 * up to `maxAnonymousBodyBytes`.
 */
export type OperationFunction = (request: PolicyRequest) => PolicyAnswer | Promise<PolicyAnswer>;

/** The same for many requests of one list at a time: an answer for each, in their order. */
export type OperationBatchFunction = (
  requests: readonly PolicyRequest[],
) => readonly PolicyAnswer[] | Promise<readonly PolicyAnswer[]>;
