import type { TokenVerifier } from '../token/verification.js';
import { isJwtShaped } from './jwt-syntax.js';

/** A verifier for some of a route's tokens: those that begin in one way, or those that do not have the form of a JWT. */
export interface SelectedVerifier {
  /** Absent for the one that gets what does not have the form of a JWT. */
  readonly prefix: string | undefined;
  readonly verifier: TokenVerifier;
}

/**
 * Creates the verifier that hands each token to exactly one of several, by its text alone and before any work. What that one refuses is
 * refused: no other is asked.
 *
 * Does not check: that prefixes do not overlap, which is a matter of the configuration.
 *
 * @param rest - gets all that no other one takes
 */
export function selectVerifier(rest: TokenVerifier, others: readonly SelectedVerifier[]): TokenVerifier {
  const prefixed = others.filter((other): other is Prefixed => other.prefix !== undefined);
  const opaque = others.find(({ prefix }) => prefix === undefined)?.verifier;
  const byPrefix = (token: string) => prefixed.find(({ prefix }) => token.startsWith(prefix))?.verifier;
  const select = (token: string) =>
    byPrefix(token) ?? (opaque === undefined || isJwtShaped(token) ? rest : opaque);
  return Object.assign((token: string) => select(token)(token), {
    // What is remembered of one has passed it: no need to look at the form, which takes longer
    recall: (token: string) => {
      const own = byPrefix(token);
      return own === undefined ? (rest.recall?.(token) ?? opaque?.recall?.(token)) : own.recall?.(token);
    },
    saysExpired: (token: string) => select(token).saysExpired?.(token) === true,
  });
}

type Prefixed = SelectedVerifier & { readonly prefix: string };
