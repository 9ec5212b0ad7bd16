import { describeValue } from '../errors/describe-value.js';
import {
  allow,
  deny,
  kindOfDecision,
  needAuthentication,
  type PolicyDecision,
} from '../policy/policy-decision.js';
import type { AuthenticatedRequest } from './evaluation.js';
import type { AuthzenDecision } from './read-decision.js';

/** A denial, as the owner's function sees it. */
export interface AuthzenDenial {
  /** What the decision point says about it. Its members are not standardized; check what you use. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly request: AuthenticatedRequest;
}

/** How denials become decisions. */
export interface DenialRules {
  readonly toDenial: ((denial: AuthzenDenial) => PolicyDecision) | undefined;
  readonly stepUp: boolean;
}

/** Longest context that is put into a reason; the event bounds it again. */
const maxReason = 500;

/**
 * What a decision of a decision point is here: `true` is {@link allow}, and `false` never passes, no matter what the owner's function makes of
 * it.
 *
 * @throws {TypeError} where that function returns something else than a denial or a login
 */
export function toAnswer(
  { decision, context = {} }: AuthzenDecision,
  request: AuthenticatedRequest,
  { toDenial, stepUp }: DenialRules,
): PolicyDecision {
  if (decision) return allow();
  if (toDenial !== undefined) return checkDenial(toDenial({ context, request }));
  const acrValues = stepUp ? readAcrValues(context) : [];
  // Whoever has logged in that way is denied for another reason, and another login would not end
  const isNew = acrValues.length > 0 && !acrValues.includes(String(request.caller.claims.acr));
  return isNew ? needAuthentication({ acrValues }) : deny({ reason: describe(context) });
}

function checkDenial(answer: unknown): PolicyDecision {
  const kind = typeof answer === 'object' && answer !== null ? kindOfDecision(answer) : undefined;
  // Scopes too would pass for a caller who has them
  if (kind === 'deny' || kind === 'authentication') return answer as PolicyDecision;
  throw new TypeError(
    `toDenial must return deny(…) or needAuthentication(…), because the decision point has denied; it returned ${describeValue(answer)}.`,
  );
}

/** RFC 9470 §3: separated by spaces. What is none of these is not a hint. */
function readAcrValues(context: Readonly<Record<string, unknown>>): readonly string[] {
  const { acr_values: value } = context;
  if (typeof value !== 'string' || value.length > maxReason) return [];
  const values = value.split(' ').filter((each) => each !== '');
  return values.length <= 20 && values.every((each) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(each))
    ? values
    : [];
}

function describe(context: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(context);
  if (text === '{}') return 'denied by the decision point';
  return `denied by the decision point: ${text}`.slice(0, maxReason);
}
