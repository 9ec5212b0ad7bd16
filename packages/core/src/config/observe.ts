import { MCPAuthConfigError } from '../errors/config-error.js';
import type { ObservedPart } from '../events/decision-event.js';
import { describeValue } from '../errors/describe-value.js';
import { dayAfter, dayOf, endOfDay } from '../token/deadline.js';
import { object } from './check-options.js';
import { type Kind, kind } from './kinds.js';

/**
 * What is told and not yet enforced, and until which day: its end, by UTC, at most 90 days ahead. A day that is over enforces.
 *
 * Does not touch: requests without a token, which never pass; tokens, audiences, bodies; `'refuse'`, denials and unknown operations.
 */
export interface ObserveOptions {
  /**
   * The last day, as `2027-01-31`, on which tokens without the `requiredScopes` of the route pass. Each that does is told as a decision with
   * `observed`. Default: none, they are denied.
   */
  readonly scopes?: string | undefined;
  /**
   * The same for the scopes that rules of `operations` demand. What they refuse or deny is denied in any case. Default: none, they are
   * denied.
   */
  readonly operations?: string | undefined;
}

export const day: Kind<string> = kind(
  'a day, written as "2027-01-31"',
  (value) => endOfDay(value) !== undefined,
  { shown: true },
);

const enforced = 'is enforced in any case. What can be observed is scopes and operations.';

export const observe = object<ObserveOptions>(
  { scopes: day, operations: day },
  {
    refused: { audience: enforced, audiences: enforced, token: enforced, tokens: enforced, all: enforced },
    renamed: { requiredScopes: 'scopes', tools: 'operations' },
  },
  { hint: () => 'write { scopes: "2027-01-31" }' },
);

const maxDays = 90;

/** Whether a part can be observed; for one that cannot, what is said about it. */
export type ObservableParts = Readonly<Record<ObservedPart, true | string>>;

/** Of handles: what `seal` is told to demand counts as a rule. */
export const ofHandles: ObservableParts = {
  scopes: 'no handle demands the requiredScopes of the route. Remove it.',
  operations: true,
};

/** Of a route, and of what takes the options of one. */
export function findObservable(requiredScopes: readonly string[], operations: unknown): ObservableParts {
  return {
    scopes: requiredScopes.length > 0 || 'there are no requiredScopes. Remove it, or add them.',
    operations: operations !== undefined || 'there are no operations. Remove it, or add them.',
  };
}

/**
 * Checks that an observation ends soon, and that there is something to observe.
 *
 * @param parts - what there is to observe
 * @throws {MCPAuthConfigError} `invalid_option`, `unsupported_option`
 */
export function checkObserve(options: ObserveOptions, now: number, parts: ObservableParts): void {
  for (const part of ['scopes', 'operations'] as const) {
    const given = options[part];
    if (given === undefined) continue;
    const latest = dayAfter(now, maxDays);
    // Days of one form are ordered as strings
    if (given > latest) {
      throw new MCPAuthConfigError(
        'invalid_option',
        `observe.${part}`,
        `must be at most ${maxDays} days ahead, ${latest} on ${dayOf(now)}, but is ${describeValue(given, true)}. Set it again when that day has come.`,
      );
    }
    const found = parts[part];
    if (found === true) continue;
    throw new MCPAuthConfigError('unsupported_option', `observe.${part}`, `has nothing to observe: ${found}`);
  }
}
