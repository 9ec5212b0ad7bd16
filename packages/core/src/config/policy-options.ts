import { KeptDecisions } from '../policy/kept-decisions.js';
import type { OperationBatchFunction, OperationFunction } from '../policy/policy-function.js';
import { type DeclaredNeeds, withSettings } from '../policy/policy-settings.js';
import { checkRequirement, copyRequirement, type ScopeRequirement } from '../scopes/scope-requirement.js';
import { checkOptions, type Described, object } from './check-options.js';
import { callable, flag, kind, number, text, timeoutMs } from './kinds.js';

/** For how long decisions of a policy are kept, and under which name. */
export interface KeepDecisionsOptions {
  /** Which policy decides: a part of the key. */
  readonly id: string;
  /** Which version of it. Change it with the policy, and no earlier decision counts. */
  readonly version: string;
  /** Seconds that a decision counts, at most; never longer than the token of the caller. 1 to 3600. */
  readonly maxAgeSeconds: number;
  /** Most decisions that are kept; the one that was used longest ago goes first. Default: 1000. At most 100000. */
  readonly maxEntries?: number | undefined;
}

/** Options of {@link createPolicy}. */
export interface PolicyOptions {
  /** Decides about one request. */
  readonly decide: OperationFunction;
  /**
   * Decides about many requests of a list in one call: an answer for each, in their order. At most 500 at a time. Default: `decide` is
   * asked, ten at a time.
   */
  readonly decideAll?: OperationBatchFunction | undefined;
  /**
   * Milliseconds that it is waited for; later the request is answered with 503. Default: `ruleTimeoutMs` of `operations`. At most 300000.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Keeps decisions in this process. The functions then see nothing that is not in the key: no `head` and no `operation.params`.
   * Default: every request is decided anew.
   */
  readonly keepDecisions?: KeepDecisionsOptions | undefined;
  /**
   * What {@link SecuritySchemes} say of tools with this rule, instead of asking it. For clients to read: `decide` decides, and nothing checks
   * that it says the same. Default: nothing, it is asked without arguments.
   */
  readonly declares?: DeclaredNeeds | undefined;
}

export const keepDecisionsMembers = {
  id: { ...text, required: true },
  version: { ...text, required: true },
  maxAgeSeconds: { ...number({ unit: 'seconds', min: 1, max: 3600 }), required: true },
  maxEntries: number({ min: 1, max: 100_000, whole: true, default: 1000 }),
} satisfies Described<KeepDecisionsOptions>;

export const declaredNeedsMembers = {
  anonymous: { ...flag, default: false },
  scopes: kind<ScopeRequirement>('a list of scopes, { allOf } or { anyOf }', () => true, {
    inside: checkRequirement,
  }),
} satisfies Described<DeclaredNeeds>;

export const policyMembers = {
  decide: { ...callable<OperationFunction>(), required: true },
  decideAll: callable<OperationBatchFunction>(),
  timeoutMs: { ...timeoutMs, default: undefined },
  keepDecisions: object<KeepDecisionsOptions>(keepDecisionsMembers),
  declares: object<DeclaredNeeds>(declaredNeedsMembers),
} satisfies Described<PolicyOptions>;

const policyOptions = object<PolicyOptions>(policyMembers);

/**
 * A rule that says how it is asked: with its own time limit, about a whole list in one call, with decisions that are kept. For rules
 * that ask a policy engine; any function is a rule without it.
 *
 * Checks: kept decisions never outlive the token of their caller, and nothing that went wrong is kept.
 * Does not check: that the functions decide by nothing but what they are shown. Where decisions are kept, a change that the key does not
 * show, such as another role in a database, counts when the decision has got too old.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
 * @see {@link OperationFunction}
 * @example
 * ```ts
 * import { allow, createPolicy, deny } from '@mcp-auth/core';
 *
 * declare function isOwner(user: string | undefined, note: string | undefined): Promise<boolean>;
 *
 * export const ownNotes = createPolicy({
 *   decide: async ({ caller, operation }) =>
 *     (await isOwner(caller?.subject, operation.variables.id)) ? allow() : deny({ reason: 'of somebody else' }),
 *   timeoutMs: 500,
 *   keepDecisions: { id: 'own-notes', version: '1', maxAgeSeconds: 30 },
 * });
 * ```
 */
export function createPolicy(options: PolicyOptions): OperationFunction {
  checkOptions(options, policyOptions, '');
  const { decide, decideAll, timeoutMs: limit, keepDecisions, declares } = options;
  return withSettings(decide, {
    declares: declares && copyNeeds(declares),
    decideAll,
    timeoutMs: limit,
    kept:
      keepDecisions &&
      new KeptDecisions({
        ...keepDecisions,
        maxEntries: keepDecisions.maxEntries ?? keepDecisionsMembers.maxEntries.default,
      }),
  });
}

/** What somebody does to their lists later changes nothing. */
function copyNeeds({ anonymous, scopes }: DeclaredNeeds): DeclaredNeeds {
  return { anonymous, scopes: scopes && copyRequirement(scopes) };
}
