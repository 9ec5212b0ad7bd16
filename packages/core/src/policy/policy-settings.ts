import type { KeptDecisions } from './kept-decisions.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import type { OperationBatchFunction, OperationFunction } from './policy-function.js';

/** What a function may need, for clients that want to know before they call. */
export interface DeclaredNeeds {
  /** Whether it lets in callers without a token, some or all. Default: false. */
  readonly anonymous?: boolean | undefined;
  /** What it demands of a token beyond the scopes of the route. Default: nothing. */
  readonly scopes?: ScopeRequirement | undefined;
}

/** How a function is asked, where it says so. */
export interface PolicySettings {
  /** Answers a whole list at a time. */
  readonly decideAll: OperationBatchFunction | undefined;
  /** Instead of the limit of the policy. */
  readonly timeoutMs: number | undefined;
  readonly kept: KeptDecisions | undefined;
  readonly declares: DeclaredNeeds | undefined;
}

/** Two copies of this package share it. */
const settings = Symbol.for('@mcp-auth/core/policy-settings');

/** A function that is asked in this way. */
export function withSettings(decide: OperationFunction, how: PolicySettings): OperationFunction {
  const policy: OperationFunction = (request) => decide(request);
  return Object.freeze(Object.assign(policy, { [settings]: Object.freeze(how) }));
}

export function settingsOf(rule: OperationFunction): PolicySettings | undefined {
  return (rule as { readonly [settings]?: PolicySettings })[settings];
}
