import { isPlain } from '../errors/plain-object.js';
import { unusable } from './ask-decision-point.js';

/** What a decision point decided about one evaluation. */
export interface AuthzenDecision {
  readonly decision: boolean;
  /** What it says about it: reasons, hints, errors. Not standardized. Hostile where the decision point is. */
  readonly context: Readonly<Record<string, unknown>> | undefined;
}

const missing: AuthzenDecision = { decision: false, context: undefined };

/**
 * Reads a decision. Members that it does not know are ignored.
 *
 * Checks: `decision` is `true` or `false`, and no other value that may look like it; `context` is an object where there is one.
 *
 * @throws {PolicyUnavailableError}
 * @see AuthZEN Authorization API 1.0 §6.2
 */
export function readDecision(url: string, value: unknown): AuthzenDecision {
  const members = isPlain(value) ? (value as Readonly<Record<string, unknown>>) : {};
  const decision = Object.hasOwn(members, 'decision') ? members.decision : undefined;
  if (typeof decision !== 'boolean')
    throw unusable(url, 'gave no decision: `decision` must be true or false');
  const context = Object.hasOwn(members, 'context') ? members.context : undefined;
  // RFC 8259 §3: members without a value should be left out, but null is how some write it
  if (context === undefined || context === null) return { decision, context: undefined };
  if (!isPlain(context)) throw unusable(url, 'gave a `context` that is not an object');
  return { decision, context: context as Readonly<Record<string, unknown>> };
}

/**
 * Reads the decisions of a batch in which every entry is answered, in their order.
 *
 * Entries that are missing at the end count as `false`; more than asked for, or no list, make the answer unusable.
 *
 * @throws {PolicyUnavailableError}
 * @see AuthZEN Authorization API 1.0 §7.2
 */
export function readDecisions(
  url: string,
  body: Readonly<Record<string, unknown>>,
  amount: number,
): readonly AuthzenDecision[] {
  const found = Object.hasOwn(body, 'evaluations') ? body.evaluations : undefined;
  if (!Array.isArray(found)) throw unusable(url, 'gave no list of decisions: `evaluations` must be one');
  if (found.length > amount) throw unusable(url, `gave ${found.length} decisions for ${amount} evaluations`);
  return Array.from({ length: amount }, (_, index) =>
    index < found.length ? readDecision(url, found[index]) : missing,
  );
}
