import { checkOptions, type Described, object, withDefaults } from '../config/check-options.js';
import { headers, normalizeHeaders } from '../config/headers.js';
import { callable, timeoutMs } from '../config/kinds.js';
import { type FetchFunction, platformFetch, withinTime } from '../net/fetch-json.js';
import { isSecureUrlOf } from '../net/secure-url.js';
import { PolicyUnavailableError } from '../policy/policy-unavailable-error.js';
import { askDecisionPoint, unusable } from './ask-decision-point.js';
import { type AuthzenEndpoints, checkIdentifier, endpointsOptions } from './endpoints.js';

/** Options of {@link discoverAuthzen}. */
export interface DiscoverAuthzenOptions {
  /** Headers for the document, where it is not public. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds for the document, body included. Default: 5000. At most 300000. */
  readonly timeoutMs?: number | undefined;
  /** Replaces the global `fetch`. Default: the global one. */
  readonly fetch?: FetchFunction | undefined;
}

export const discoverAuthzenMembers = {
  headers,
  timeoutMs,
  fetch: callable<FetchFunction>(),
} satisfies Described<DiscoverAuthzenOptions>;

const discoverOptions = object<DiscoverAuthzenOptions>(discoverAuthzenMembers);

const maxResponseBytes = 65_536;

/**
 * The endpoints of a policy decision point, from its metadata: to be awaited when the server starts.
 *
 * Checks: https or loopback, no redirects, `policy_decision_point` is the identifier that was asked for, and the endpoints are https, or
 * on loopback where the decision point is there too. A document of another decision point is not used.
 * Does not check: `signed_metadata`, and what else the document has.
 *
 * @throws {PolicyUnavailableError} where there is no such document
 * @throws {MCPAuthConfigError} `invalid_option`, `unknown_option`
 * @see AuthZEN Authorization API 1.0 §9
 * @example
 * ```ts
 * import { authzenPolicy, discoverAuthzen } from '@mcp-auth/core/authzen';
 *
 * export const policy = authzenPolicy({ pdp: await discoverAuthzen('https://pdp.example.com') });
 * ```
 */
export async function discoverAuthzen(
  pdp: string,
  options: DiscoverAuthzenOptions = {},
): Promise<AuthzenEndpoints> {
  checkIdentifier(pdp);
  checkOptions(options, discoverOptions, '');
  const { timeoutMs: limit } = withDefaults(options, discoverAuthzenMembers);
  const { fetch = platformFetch } = options;
  const url = toMetadataUrl(pdp);
  const asking = {
    fetch,
    headers: normalizeHeaders(options.headers) ?? {},
    maxResponseBytes,
    requestIds: false,
  };
  const body = await withinTime(url, limit, (signal) =>
    askDecisionPoint(url, undefined, asking, signal),
  ).catch((cause: unknown) => {
    // What went wrong in the exchange says so; the rest is the time
    const inner = cause instanceof Error ? cause.cause : undefined;
    throw inner instanceof PolicyUnavailableError
      ? inner
      : unusable(url, `did not answer within ${limit} ms`);
  });
  return readEndpoints(url, pdp, body);
}

/** §9.2: the well-known part stands between host and path. */
function toMetadataUrl(pdp: string): string {
  const { origin, pathname } = new URL(pdp);
  return `${origin}/.well-known/authzen-configuration${pathname === '/' ? '' : pathname}`;
}

function readEndpoints(url: string, pdp: string, body: Readonly<Record<string, unknown>>): AuthzenEndpoints {
  const { policy_decision_point: identity } = body;
  if (identity !== pdp)
    throw unusable(
      url,
      'is the document of another decision point: policy_decision_point must be the URL that was asked',
    );
  const read = (name: string): string | undefined => {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || !isSecureUrlOf(pdp, value, false))
      throw unusable(url, `has a ${name} that is not an https URL`);
    return value;
  };
  const evaluationUrl = read('access_evaluation_endpoint');
  if (evaluationUrl === undefined)
    throw unusable(url, 'has no access_evaluation_endpoint, which is required');
  const endpoints = { evaluationUrl, evaluationsUrl: read('access_evaluations_endpoint') };
  checkOptions(endpoints, endpointsOptions, 'pdp');
  return endpoints;
}
