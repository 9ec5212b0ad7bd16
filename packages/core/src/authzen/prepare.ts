import { allow, deny, kindOfDecision, type PolicyDecision } from '../policy/policy-decision.js';
import type { PolicyRequest } from '../policy/policy-function.js';
import { type AuthenticatedRequest, type AuthzenEvaluation, checkEvaluation } from './evaluation.js';

/** A request that is asked about, or decided without. */
export type Prepared =
  | {
      readonly kind: 'ask';
      readonly request: AuthenticatedRequest;
      readonly evaluation: AuthzenEvaluation;
    }
  | { readonly kind: 'decided'; readonly answer: PolicyDecision };

/** @throws {TypeError} where the owner's function made something else than an evaluation or a decision */
export function prepare(
  request: PolicyRequest,
  toEvaluation: (request: AuthenticatedRequest) => AuthzenEvaluation | PolicyDecision,
): Prepared {
  // Opens nothing without a token: the answer is 401, and whoever has none costs the decision point nothing
  if (!hasCaller(request)) return { kind: 'decided', answer: allow() };
  const made: unknown = toEvaluation(request);
  if (typeof made === 'object' && made !== null && kindOfDecision(made) !== undefined)
    return { kind: 'decided', answer: made as PolicyDecision };
  checkEvaluation(made);
  return made.subject.id === ''
    ? { kind: 'decided', answer: deny({ reason: 'the token names neither a user nor a client' }) }
    : { kind: 'ask', request, evaluation: made };
}

function hasCaller(request: PolicyRequest): request is AuthenticatedRequest {
  return request.caller !== undefined;
}
