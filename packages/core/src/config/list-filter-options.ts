import type { OperationPolicy } from '../operation/operation-policy.js';
import { object } from './check-options.js';
import { kind } from './kinds.js';
import { operationPolicy, scopeList } from './operation-policy.js';

/** Options of a `ListFilter`. */
export interface ListFilterOptions {
  /** Identifier of the resource whose hierarchy applies; one of the configured `protectedResources`. */
  readonly resource: string;
  /** What single operations need: the value that the route's gate has. */
  readonly operations: OperationPolicy;
  /** Scopes that the route needs in any case: the value that the route's gate has. Default: none. */
  readonly requiredScopes?: readonly string[] | undefined;
}

export const listFilterOptions = object<ListFilterOptions>({
  resource: kind('the identifier of a configured resource', () => true),
  operations: { ...operationPolicy, required: true },
  requiredScopes: scopeList,
});
