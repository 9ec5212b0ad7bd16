import type { ObservedDenial, ObservedPart } from '../events/decision-event.js';
import { judgeScopes, type ScopeRequirement } from '../scopes/scope-requirement.js';
import type { ScopeChecks } from '../scopes/scope-names.js';
import type { GrantedScopes } from './circumstances.js';
import type { Observation } from './observation.js';

/** A request that passes, and would be denied if what is missing were not only observed. */
export interface Observed {
  readonly kind: 'observed';
  readonly denial: ObservedDenial;
}

/** What decides whether missing scopes are observed. */
export interface ObservingRules {
  readonly observation?: Observation | undefined;
  readonly scopeChecks: ScopeChecks;
}

/**
 * The parts whose scopes are missing, where all of them are observed only; nothing else.
 *
 * @param requirements - the first one is that of the route, all others are those of rules for operations
 */
export function findObserved(
  { observation, scopeChecks }: ObservingRules,
  granted: GrantedScopes,
  [route = [], ...rules]: readonly ScopeRequirement[],
): readonly ObservedPart[] | undefined {
  if (observation === undefined) return undefined;
  const check = scopeChecks.of(granted.issuer);
  const lacks = (needs: readonly ScopeRequirement[]) => !judgeScopes(needs, granted.scopes, check).covered;
  const parts: readonly ObservedPart[] = [
    ...(lacks([route]) ? (['scopes'] as const) : []),
    ...(lacks(rules) ? (['operations'] as const) : []),
  ];
  return parts.length > 0 && parts.every((part) => observation.covers(part)) ? parts : undefined;
}

/**
 * The same, counted: what is told of a request that passes because of it.
 *
 * @param requirements - as for {@link findObserved}
 */
export function observeScopes(
  options: ObservingRules,
  granted: GrantedScopes,
  requirements: readonly ScopeRequirement[],
): Observed | undefined {
  const parts = findObserved(options, granted, requirements);
  return parts === undefined || options.observation === undefined
    ? undefined
    : { kind: 'observed', denial: options.observation.note(granted, parts) };
}
