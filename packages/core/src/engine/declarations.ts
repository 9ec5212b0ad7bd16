import { checkOptions } from '../config/check-options.js';
import { checkObserve, findObservable } from '../config/observe.js';
import {
  type AuthorizationExtensionOptions,
  authorizationExtensionOptions,
  type ListFilterOptions,
  listFilterOptions,
  type ScopeChallengeOptions,
  scopeChallengeOptions,
} from '../config/sdk-options.js';
import { createListFilter, type ListFilter } from '../lists/list-filter.js';
import { createSecuritySchemes, type SecuritySchemes } from '../lists/security-schemes.js';
import { UnlistedRules } from '../lists/unlisted-rules.js';
import type { ServerEnvironment } from '../net/environment.js';
import type { OperationPolicy, OperationRule } from '../operation/operation-policy.js';
import { compileOperationPolicy } from '../operation/operation-rules.js';
import { toRequiredLogin } from '../policy/check-login.js';
import { createScopeChallenge, type ScopeChallengeHandler } from '../sdk/scope-challenge.js';
import { advertiseExtensions, type AuthorizationExtensions } from './authorization-extensions.js';
import { createObserver } from './create-observer.js';
import type { ResourceRegistry } from './resource-registry.js';

/**
 * What servers of the official SDK are told of the rules and of the authorization servers: a courtesy to clients, while gates decide.
 * Each method is the one of `MCPAuth` with its name.
 *
 * @see {@link BaseMCPAuth}
 */
export class Declarations {
  readonly #known: ResourceRegistry;
  readonly #environment: ServerEnvironment;

  constructor(known: ResourceRegistry, environment: ServerEnvironment) {
    this.#known = known;
    this.#environment = environment;
  }

  scopeChallenge(
    needs: OperationRule | OperationPolicy,
    options: ScopeChallengeOptions,
  ): ScopeChallengeHandler {
    checkOptions(options, scopeChallengeOptions, '');
    const { now, events } = this.#environment;
    const resource = this.#known.find(options.resource);
    const { observe, requiredScopes = [] } = options;
    const parts = findObservable(requiredScopes, needs);
    const observer = createObserver(observe, { resource, parts, requiredScopes }, { now, events });
    return createScopeChallenge(needs, resource, options, { now, events, observer });
  }

  listFilter(options: ListFilterOptions): ListFilter {
    checkOptions(options, listFilterOptions, '');
    const found = this.#known.find(options.resource);
    const { scopeChecks, identifier: resource } = found;
    const { events, now } = this.#environment;
    const rules = compileOperationPolicy(options.operations, 'operations', { resource, now });
    const unlisted = new UnlistedRules(options.operations, (message) => events.advise(message));
    const { requiredScopes = [], observe } = options;
    const parts = findObservable(requiredScopes, rules);
    const observer = createObserver(observe, { resource: found, parts, requiredScopes }, { events, now });
    const requiredLogin = toRequiredLogin(options.requiredAuthentication, now);
    return createListFilter({
      rules,
      requiredScopes,
      requiredLogin,
      scopeChecks,
      unlisted,
      resource,
      events,
      observer,
    });
  }

  securitySchemes(options: ListFilterOptions): SecuritySchemes {
    checkOptions(options, listFilterOptions, '');
    const { scopeChecks, identifier: resource } = this.#known.find(options.resource);
    const { events, now } = this.#environment;
    const rules = compileOperationPolicy(options.operations, 'operations', { resource, now });
    const { requiredScopes = [], observe } = options;
    // Changes nothing in what clients should ask for, and is checked all the same
    if (observe !== undefined) checkObserve(observe, now(), findObservable(requiredScopes, rules));
    return createSecuritySchemes({ rules, requiredScopes, scopeCheck: scopeChecks.first, resource, events });
  }

  authorizationExtensions(options: AuthorizationExtensionOptions): AuthorizationExtensions {
    checkOptions(options, authorizationExtensionOptions, '');
    const { identifier, servers } = this.#known.find(options.resource);
    const trusted = servers.map(({ server }) => server);
    return advertiseExtensions(options, { identifier, servers: trusted }, this.#environment.events);
  }
}
