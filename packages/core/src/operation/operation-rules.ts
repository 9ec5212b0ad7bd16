import { MCPAuthConfigError } from '../errors/config-error.js';
import type { AuthInfo } from '../gate/auth-info.js';
import type { Operation } from './operation.js';
import { checkRequirement, scopesOf, type ScopeRequirement } from './scope-requirement.js';
import { compileNames, compileUris, type AppliedRule, type TargetLookup } from './target-rules.js';

/**
 * What one operation needs: scopes; `'anonymous'` for no token at all; or a function of the request and the caller, whose
 * `undefined` means nothing beyond the scopes of the route. A function that throws fails the request as an application
 * error (500), it never lets it pass.
 * Because a function may answer `'anonymous'`, a policy with one has the bodies of strangers read too, up to
 * `maxBodyBytes`; with static rules only those that name `'anonymous'` do.
 */
export type OperationRule =
  | ScopeRequirement
  | 'anonymous'
  | ((operation: Operation, auth: AuthInfo | undefined) => ScopeRequirement | 'anonymous' | undefined);

/** Rules by name or URI; `*` stands for every target that no other entry names. */
export type TargetRules = Readonly<Record<string, OperationRule>>;

/**
 * What the operations of an MCP endpoint need, beside the scopes of the route. Decided on the body.
 *
 * An operation without a rule needs the scopes of the route only.
 */
export interface OperationPolicy {
  /** `tools/call`, by tool name. */
  readonly tools?: TargetRules | undefined;
  /** `resources/read`, `resources/subscribe` and `resources/unsubscribe`, by URI or URI template (`notes://{id}`, `files:///{+path}`). */
  readonly resources?: TargetRules | undefined;
  /** `prompts/get`, by prompt name. */
  readonly prompts?: TargetRules | undefined;
  /** Any other method, by its name, for example `tools/list` or `completion/complete`. */
  readonly methods?: Readonly<Record<string, OperationRule>> | undefined;
}

/** What the rules say about one operation. */
export interface OperationNeed {
  readonly anonymous: boolean;
  readonly requirements: readonly ScopeRequirement[];
}

/** The compiled policy of a route. */
export interface OperationRules {
  /** Whether some operation may come without a token. */
  readonly allowsAnonymous: boolean;
  /** Every scope that a static rule names. */
  readonly scopes: ReadonlySet<string>;
  need(operation: Operation, auth: AuthInfo | undefined): OperationNeed;
}

const nothing: OperationNeed = { anonymous: false, requirements: [] };

/** @throws {MCPAuthConfigError} `invalid_scope`, `invalid_option` */
export function compileOperationPolicy(policy: OperationPolicy, path: string): OperationRules {
  checkGroups(policy, path);
  const rules = [policy.tools, policy.resources, policy.prompts, policy.methods].flatMap((group) =>
    Object.values(group ?? {}),
  );
  const resources = compileUris(policy.resources, `${path}.resources`);
  const methods = new Map(Object.entries(policy.methods ?? {}));
  const groups = new Map<string, TargetLookup>([
    ['tools/call', compileNames(policy.tools)],
    ['prompts/get', compileNames(policy.prompts)],
    ['resources/read', resources],
    ['resources/subscribe', resources],
    ['resources/unsubscribe', resources],
  ]);
  return {
    allowsAnonymous: rules.some((rule) => rule === 'anonymous' || typeof rule === 'function'),
    scopes: new Set(rules.flatMap((rule) => (typeof rule === 'object' ? scopesOf(rule) : []))),
    need: (operation, auth) => {
      const lookup = groups.get(operation.method);
      if (lookup !== undefined && operation.target !== undefined) {
        return unite(lookup(operation.target).map((applied) => evaluate(applied, operation, auth)));
      }
      const rule = methods.get(operation.method);
      return rule === undefined ? nothing : evaluate([{ rule, variables: {} }], operation, auth);
    },
  };
}

/**
 * Compiles one rule for all operations it is asked about.
 *
 * @throws {MCPAuthConfigError} `invalid_scope`, `invalid_option`
 */
export function compileOperationRule(
  rule: OperationRule,
  path: string,
): Pick<OperationRules, 'need' | 'scopes'> {
  checkRule(rule, path);
  return {
    scopes: new Set(typeof rule === 'object' ? scopesOf(rule) : []),
    need: (operation, auth) => evaluate([{ rule, variables: operation.variables }], operation, auth),
  };
}

/** Without a token only what is anonymous in every spelling may pass. */
function unite(needs: readonly OperationNeed[]): OperationNeed {
  return {
    anonymous: needs.every((need) => need.anonymous),
    requirements: needs.flatMap((need) => need.requirements),
  };
}

function evaluate(
  applied: readonly AppliedRule[],
  operation: Operation,
  auth: AuthInfo | undefined,
): OperationNeed {
  if (applied.length === 0) return nothing;
  const results = applied.map(({ rule, variables }) =>
    typeof rule === 'function' ? rule({ ...operation, variables }, auth) : rule,
  );
  const requirements = results.filter((result) => result !== undefined && result !== 'anonymous');
  return { anonymous: results.every((result) => result === 'anonymous'), requirements };
}

function checkGroups(policy: OperationPolicy, path: string): void {
  for (const [group, rules] of Object.entries(policy) as readonly (readonly [
    string,
    TargetRules | undefined,
  ])[]) {
    if (!['tools', 'resources', 'prompts', 'methods'].includes(group)) {
      throw new MCPAuthConfigError(
        'invalid_option',
        `${path}.${group}`,
        'is unknown. Operations are grouped as tools, resources, prompts and methods.',
      );
    }
    for (const [target, rule] of Object.entries(rules ?? {})) {
      const rulePath = `${path}.${group}[${JSON.stringify(target)}]`;
      if (group === 'methods' && ['tools/call', 'resources/read', 'prompts/get'].includes(target)) {
        throw new MCPAuthConfigError(
          'invalid_option',
          rulePath,
          'has targets: use tools, resources or prompts with "*" for all of them.',
        );
      }
      checkRule(rule, rulePath);
    }
  }
}

function checkRule(rule: OperationRule, path: string): void {
  if (rule !== 'anonymous' && typeof rule !== 'function') checkRequirement(rule, path);
}
