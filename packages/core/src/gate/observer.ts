import type { AuthInfo } from '../caller/auth-info.js';
import type { Operation } from '../operation/operation.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import type { DecisionReport } from './decision-report.js';
import { findObserved, observeScopes, type ObservingRules } from './observe-scopes.js';

/**
 * What is observed outside of a gate, by what decides as it does: lists, scope challenges, handles. A caller whom no gate has verified is
 * nobody to it: what such a one lacks is demanded.
 */
export class Observer {
  readonly #rules: ObservingRules;
  readonly #decisions: DecisionReport;

  constructor(rules: ObservingRules, decisions: DecisionReport) {
    this.#rules = rules;
    this.#decisions = decisions;
  }

  /**
   * Whether all that is missing is observed only. For lists, which show and decide nothing: it is neither counted nor told.
   *
   * @param requirements - the first one is that of the route, all others are those of rules for operations
   */
  shows(caller: AuthInfo | undefined, requirements: readonly ScopeRequirement[]): boolean {
    return caller !== undefined && findObserved(this.#rules, grantedTo(caller), requirements) !== undefined;
  }

  /** The same for what passes because of it: its owner hears of each. */
  passes(
    caller: AuthInfo | undefined,
    requirements: readonly ScopeRequirement[],
    operations?: readonly Operation[],
  ): boolean {
    if (caller === undefined) return false;
    const observed = observeScopes(this.#rules, grantedTo(caller), requirements);
    if (observed === undefined) return false;
    this.#decisions.allow({ caller, required: requirements, operations }, observed.denial);
    return true;
  }
}

function grantedTo({ issuer, clientId, scopes }: AuthInfo) {
  return { issuer, clientId, scopes };
}
