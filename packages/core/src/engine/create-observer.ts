import { checkObserve, type ObservableParts, type ObserveOptions } from '../config/observe.js';
import { DecisionReport } from '../gate/decision-report.js';
import { Observation } from '../gate/observation.js';
import { Observer } from '../gate/observer.js';
import type { ServerEnvironment } from '../net/environment.js';
import type { OperationRules } from '../operation/operation-rules.js';
import type { GatedResource } from '../resource/trusted-server.js';

type Surroundings = Pick<ServerEnvironment, 'now' | 'events'>;

/**
 * Nothing where nothing is observed.
 *
 * @param parts - as for {@link checkObserve}
 * @throws {MCPAuthConfigError} as {@link checkObserve}
 */
export function createObservation(
  observe: ObserveOptions | undefined,
  resource: string,
  parts: ObservableParts,
  { now, events }: Surroundings,
): Observation | undefined {
  if (observe === undefined) return undefined;
  checkObserve(observe, now(), parts);
  return new Observation(observe, { resource, now, events });
}

/** What an observer is about. */
export interface ObservedRules {
  readonly resource: Pick<GatedResource, 'identifier' | 'scopeChecks' | 'servers'>;
  readonly parts: ObservableParts;
  readonly requiredScopes?: readonly string[] | undefined;
  readonly rules?: Pick<OperationRules, 'names'> | undefined;
}

/** The same for what decides outside of a gate. @throws {MCPAuthConfigError} as {@link checkObserve} */
export function createObserver(
  observe: ObserveOptions | undefined,
  { resource, parts, requiredScopes = [], rules }: ObservedRules,
  surroundings: Surroundings,
): Observer | undefined {
  const { identifier, scopeChecks, servers } = resource;
  const observation = createObservation(observe, identifier, parts, surroundings);
  if (observation === undefined) return undefined;
  const decisions = new DecisionReport({
    resource: identifier,
    requiredScopes,
    events: surroundings.events,
    audiences: new Set(servers.flatMap(({ tokenIssuers }) => tokenIssuers)),
    operations: rules,
  });
  return new Observer({ observation, scopeChecks }, decisions);
}
