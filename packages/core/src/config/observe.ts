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

/**
 * Checks that an observation ends soon, and that there is something to observe.
 *
 * @param has - which of the two the route has
 * @throws {MCPAuthConfigError} `invalid_option`, `unsupported_option`
 */
export function checkObserve(
  options: ObserveOptions,
  now: number,
  has: Readonly<Record<ObservedPart, boolean>>,
): void {
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
    if (has[part]) continue;
    throw new MCPAuthConfigError(
      'unsupported_option',
      `observe.${part}`,
      `has nothing to observe: the route has no ${part === 'scopes' ? 'requiredScopes' : 'operations'}. Remove it, or add them.`,
    );
  }
}
