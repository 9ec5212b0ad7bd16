import { checkOptions, type Described, either, object } from '../config/check-options.js';
import { kind, type Kind } from '../config/kinds.js';
import { isSecureUrl, parseUrl } from '../net/secure-url.js';

/** Where a decision point is asked. */
export interface AuthzenEndpoints {
  /** URL of the Access Evaluation API: https, or http on loopback. */
  readonly evaluationUrl: string;
  /** URL of the Access Evaluations API, which answers a whole list. Default: none, lists are asked ten at a time. */
  readonly evaluationsUrl?: string | undefined;
}

/** What both the identifier and an endpoint must be. User and password in a URL are refused by `fetch`; they belong in `headers`. */
function isUsable(value: unknown): value is string {
  if (typeof value !== 'string' || !isSecureUrl(value, false)) return false;
  const url = parseUrl(value);
  return url?.username === '' && url.password === '' && !value.includes('#');
}

const where = 'https, or http on loopback, without user, password and fragment';

const endpoint: Kind<string> = kind(`a URL: ${where}`, isUsable);

/** An endpoint has a base that would be another one's. */
const isEndpoint = (value: string) => /\/access\/v1\/evaluations?\/?$/.test(value);

/** AuthZEN Authorization API 1.0 §9.1: an https URL without query and fragment. */
export const identifier: Kind<string> = kind(
  `the base URL of a policy decision point, without /access/v1/evaluation: ${where}, and without query`,
  (value) => isUsable(value) && !value.includes('?') && !isEndpoint(value),
);

export const endpointsMembers = {
  evaluationUrl: { ...endpoint, required: true },
  evaluationsUrl: endpoint,
} satisfies Described<AuthzenEndpoints>;

export const endpointsOptions = object<AuthzenEndpoints>(endpointsMembers);

export const decisionPoint: Kind<string | AuthzenEndpoints> = {
  ...either<string, AuthzenEndpoints>(identifier, endpointsOptions),
  required: true,
  // A secret may be in a URL that is in the wrong place
  shown: false,
};

/** The endpoints of a base URL are at their default paths (AuthZEN Authorization API 1.0 §10.1). */
export function resolveEndpoints(pdp: string | AuthzenEndpoints): AuthzenEndpoints {
  if (typeof pdp !== 'string')
    return { evaluationUrl: pdp.evaluationUrl, evaluationsUrl: pdp.evaluationsUrl };
  const base = pdp.endsWith('/') ? pdp.slice(0, -1) : pdp;
  return {
    evaluationUrl: `${base}/access/v1/evaluation`,
    evaluationsUrl: `${base}/access/v1/evaluations`,
  };
}

/** @throws {MCPAuthConfigError} `invalid_option` */
export function checkIdentifier(value: unknown): void {
  checkOptions(value, identifier, 'pdp');
}
