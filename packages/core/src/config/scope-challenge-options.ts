import type { ChallengeScopes } from '../scopes/challenge-scopes.js';
import { challengeScopes } from './bearer-auth-options.js';
import { object } from './check-options.js';
import { kind } from './kinds.js';
import { scopeList } from './operation-policy.js';

/** Options of a scope challenge for the official SDK. */
export interface ScopeChallengeOptions {
  /** Identifier of the resource whose hierarchy and scopes apply; one of the configured `protectedResources`. */
  readonly resource: string;
  /** Scopes that the route needs in any case, to be named too. Default: none. */
  readonly requiredScopes?: readonly string[] | undefined;
  /** What a challenge asks for; see {@link ChallengeScopes}. Default: `by-version`. */
  readonly challengeScopes?: ChallengeScopes | undefined;
}

export const scopeChallengeOptions = object<ScopeChallengeOptions>({
  resource: kind('the identifier of a configured resource', () => true),
  requiredScopes: scopeList,
  challengeScopes,
});
