import { checkOptions, type Described, either, object, withDefaults } from '../config/check-options.js';
import { headers, normalizeHeaders } from '../config/headers.js';
import { callable, flag, type Kind, number, synchronous } from '../config/kinds.js';
import { createPolicy, type KeepDecisionsOptions, policyMembers } from '../config/policy-options.js';
import { type FetchFunction, platformFetch } from '../net/fetch-json.js';
import { deny, type PolicyDecision } from '../policy/policy-decision.js';
import type { OperationFunction, PolicyRequest } from '../policy/policy-function.js';
import { PolicyUnavailableError } from '../policy/policy-unavailable-error.js';
import { askDecisionPoint } from './ask-decision-point.js';
import { type AuthzenEndpoints, decisionPoint, resolveEndpoints } from './endpoints.js';
import {
  type AuthenticatedRequest,
  type AuthzenEvaluation,
  toEvaluation as toDefaultEvaluation,
} from './evaluation.js';
import { prepare } from './prepare.js';
import { readDecision, readDecisions } from './read-decision.js';
import { toBatch } from './to-batch.js';
import { type AuthzenDenial, toAnswer } from './to-answer.js';

/** Headers for a decision point, or a function that is asked for them before each call. */
export type AuthzenHeaders =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** Options of {@link authzenPolicy}. */
export interface AuthzenPolicyOptions {
  /**
   * The policy decision point: its base URL, where both endpoints are at their default paths, or the endpoints, as `discoverAuthzen`
   * finds them.
   */
  readonly pdp: string | AuthzenEndpoints;
  /**
   * Headers with which this server proves who it is, such as `authorization`, or a function that is asked for them before each call.
   * Default: none. Never the token of a caller.
   */
  readonly headers?: AuthzenHeaders | undefined;
  /**
   * The evaluation to ask for, or a decision that needs none: `depends()` for a list whose entries depend on arguments. Default:
   * `toEvaluation` of this entry.
   */
  readonly toEvaluation?: ((request: AuthenticatedRequest) => AuthzenEvaluation | PolicyDecision) | undefined;
  /**
   * What a denial is to the caller: `deny(…)`, with a reason that may be public, or `needAuthentication(…)`. Default: `deny` with the
   * context as its reason, for the owner alone.
   */
  readonly toDenial?: ((denial: AuthzenDenial) => PolicyDecision) | undefined;
  /**
   * Whether a denial whose context has `acr_values` asks for another login (RFC 9470). Only where your decision point means it so: it
   * is not standardized. Default: false.
   */
  readonly stepUp?: boolean | undefined;
  /**
   * Sends a new `X-Request-ID` with each question; an answer with another one is unusable. Proxies that write that header break it.
   * Default: false.
   */
  readonly requestIds?: boolean | undefined;
  /** Most bytes of an answer; a larger one is unusable. Default: 262144 (256 KiB). */
  readonly maxResponseBytes?: number | undefined;
  /** Milliseconds for an answer, body included. Default: `ruleTimeoutMs` of `operations`. At most 300000. */
  readonly timeoutMs?: number | undefined;
  /** Keeps decisions in this process, as `createPolicy` does. Default: every request asks. */
  readonly keepDecisions?: KeepDecisionsOptions | undefined;
  /** Replaces the global `fetch`, for proxies and tests. Default: the global one. */
  readonly fetch?: FetchFunction | undefined;
}

const ownHeaders = either<
  Readonly<Record<string, string>>,
  () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
>(headers, callable()) as Kind<AuthzenHeaders>;

export const authzenMembers = {
  pdp: decisionPoint,
  headers: ownHeaders,
  toEvaluation: synchronous<NonNullable<AuthzenPolicyOptions['toEvaluation']>>(),
  toDenial: synchronous<NonNullable<AuthzenPolicyOptions['toDenial']>>(),
  stepUp: { ...flag, default: false },
  requestIds: { ...flag, default: false },
  maxResponseBytes: number({ unit: 'bytes', min: 64, max: 16_777_216, whole: true, default: 262_144 }),
  timeoutMs: policyMembers.timeoutMs,
  keepDecisions: policyMembers.keepDecisions,
  fetch: callable<FetchFunction>(),
} satisfies Described<AuthzenPolicyOptions>;

const authzenOptions = object<AuthzenPolicyOptions>(authzenMembers);

/**
 * A rule that asks a policy decision point by AuthZEN Authorization API 1.0: one evaluation for a request, one call for a list.
 *
 * Checks: https or loopback, no redirects, time and size of an answer, status 200, `application/json`, and that `decision` is `true` or
 * `false`. Any other answer is 503 with `Retry-After` and an event, never a pass; 401 and 403 of the decision point are about this
 * server, and no client sees them. A caller without a token is asked about nowhere and gets 401. The token is sent nowhere, unless your
 * `toEvaluation` sends it.
 * Does not check: obligations that come with a permit, and what the policy of the decision point is.
 *
 * @throws {MCPAuthConfigError} `invalid_option`, `unknown_option`
 * @see AuthZEN Authorization API 1.0 §6, §7, §10
 * @example
 * ```ts
 * import { authzenPolicy } from '@mcp-auth/core/authzen';
 * import type { OperationPolicy } from '@mcp-auth/core';
 *
 * const policy = authzenPolicy({
 *   pdp: 'https://pdp.example.com',
 *   headers: { authorization: `Bearer ${process.env.PDP_TOKEN}` },
 *   timeoutMs: 500,
 * });
 *
 * export const operations: OperationPolicy = { tools: { '*': policy }, resources: { '*': policy } };
 * ```
 */
export function authzenPolicy(options: AuthzenPolicyOptions): OperationFunction {
  checkOptions(options, authzenOptions, '');
  const { stepUp, requestIds, maxResponseBytes } = withDefaults(options, authzenMembers);
  const { toDenial, toEvaluation = toDefaultEvaluation, fetch = platformFetch } = options;
  const { evaluationUrl, evaluationsUrl } = resolveEndpoints(options.pdp);
  const denials = { toDenial, stepUp };

  const ask = async (url: string, question: object, signal: AbortSignal) => {
    const sent = await readHeaders(options.headers);
    return askDecisionPoint(url, question, { fetch, headers: sent, maxResponseBytes, requestIds }, signal);
  };

  const decide: OperationFunction = async (request) => {
    const prepared = prepare(request, toEvaluation);
    if (prepared.kind === 'decided') return prepared.answer;
    const body = await ask(evaluationUrl, prepared.evaluation, request.signal);
    return toAnswer(readDecision(evaluationUrl, body), prepared.request, denials);
  };

  const decideAll = async (url: string, requests: readonly PolicyRequest[]) => {
    const prepared = requests.map((request) => prepare(request, toEvaluation));
    const asked = prepared.filter((each) => each.kind === 'ask');
    const [first] = asked;
    const evaluations = asked.map(({ evaluation }) => evaluation);
    const body = first && (await ask(url, toBatch(evaluations), first.request.signal));
    const decisions = body === undefined ? [] : readDecisions(url, body, asked.length);
    const found = new Map(asked.map(({ request }, index) => [request, decisions[index]]));
    return prepared.map((each) => {
      if (each.kind === 'decided') return each.answer;
      const decision = found.get(each.request);
      return decision === undefined ? deny() : toAnswer(decision, each.request, denials);
    });
  };

  return createPolicy({
    decide,
    decideAll: evaluationsUrl === undefined ? undefined : (requests) => decideAll(evaluationsUrl, requests),
    timeoutMs: options.timeoutMs,
    keepDecisions: options.keepDecisions,
  });
}

/** What the owner's function throws, and what is not a header, may be a secret. @throws {PolicyUnavailableError} */
async function readHeaders(given: AuthzenHeaders | undefined): Promise<Readonly<Record<string, string>>> {
  if (typeof given !== 'function') return normalizeHeaders(given) ?? {};
  try {
    const found: unknown = await given();
    checkOptions(found, headers, 'headers');
    return normalizeHeaders(found as Readonly<Record<string, string>>) ?? {};
  } catch {
    throw new PolicyUnavailableError('`headers` threw, or returned something else than headers.');
  }
}
