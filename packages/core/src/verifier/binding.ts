import {
  type Confirmation,
  type ConfirmationMethod,
  joinConfirmations,
  readConfirmation,
} from '../token/confirmation.js';
import type { Claims } from '../token/token-policy.js';
import { isStatedAsBound } from './claim-rules.js';
import { readUnverifiedClaims } from './jwt-syntax.js';

/**
 * How a token is bound that somebody else has verified, by all that they say of it and by what it says itself: an answer or a report
 * that leaves `cnf` out makes no bearer token of one that is bound (RFC 9449 §7.2). One that is called bound has to name its key
 * (RFC 9449 §6.2).
 *
 * @param methods - that the route can check
 * @returns nothing for a token that is not bound; `unusable` where nobody here can check how, or two places contradict each other
 */
export function readBinding(
  token: string,
  places: readonly Claims[],
  methods: ReadonlySet<ConfirmationMethod>,
): Confirmation | 'unusable' | undefined {
  let confirmation: Confirmation | undefined;
  for (const place of [...places, readUnverifiedClaims(token) ?? {}]) {
    const stated = readConfirmation(place, methods);
    const joined = stated === 'unusable' ? stated : joinConfirmations(confirmation, stated);
    if (joined === 'unusable') return joined;
    confirmation = joined;
  }
  return confirmation?.jkt === undefined && places.some(isStatedAsBound) ? 'unusable' : confirmation;
}
