import { MCPAuthConfigError } from '../errors/config-error.js';
import type { AuthInfo } from '../gate/auth-info.js';
import { isScopeToken } from '../policy/scopes.js';
import type { Operation } from './operation.js';
import { compileUriTemplate, isUriTemplate } from './uri-template.js';

/**
 * The scopes an operation needs: a list means all of them. `anyOf` names alternatives, the preferred one first, which is
 * the one a challenge asks for.
 */
export type ScopeRequirement =
  readonly string[] | { readonly allOf?: readonly string[] | undefined; readonly anyOf: readonly string[] };

/**
 * What one operation needs: scopes; `'anonymous'` for no token at all; or a function of the request and the caller, whose
 * `undefined` means nothing beyond the scopes of the route. A function that throws fails the request as an application
 * error (500), it never lets it pass.
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
  /** `resources/read`, `resources/subscribe` and `resources/unsubscribe`, by URI or URI template (`notes://{id}`). */
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

interface Matcher {
  readonly rule: OperationRule;
  readonly match: (target: string) => Readonly<Record<string, string>> | undefined;
}

interface CompiledTargets {
  readonly exact: ReadonlyMap<string, OperationRule>;
  readonly templates: readonly Matcher[];
  readonly fallback: OperationRule | undefined;
}

const nothing: OperationNeed = { anonymous: false, requirements: [] };

/** @throws {MCPAuthConfigError} `invalid_scope`, `invalid_option` */
export function compileOperationPolicy(policy: OperationPolicy, path: string): OperationRules {
  const rules = [policy.tools, policy.resources, policy.prompts, policy.methods].flatMap((group) =>
    Object.values(group ?? {}),
  );
  checkGroups(policy, path);
  const tools = compileTargets(policy.tools, false);
  const prompts = compileTargets(policy.prompts, false);
  const resources = compileTargets(policy.resources, true);
  const methods = new Map(Object.entries(policy.methods ?? {}));
  const groups = new Map([
    ['tools/call', tools],
    ['prompts/get', prompts],
    ['resources/read', resources],
    ['resources/subscribe', resources],
    ['resources/unsubscribe', resources],
  ]);
  return {
    allowsAnonymous: rules.some((rule) => rule === 'anonymous' || typeof rule === 'function'),
    scopes: new Set(rules.flatMap((rule) => (typeof rule === 'object' ? scopesOf(rule) : []))),
    need: (operation, auth) => {
      const group = groups.get(operation.method);
      if (group !== undefined && operation.target !== undefined)
        return needOfTarget(group, operation, operation.target, auth);
      const rule = methods.get(operation.method);
      return rule === undefined ? nothing : evaluate([rule], operation, auth);
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
    need: (operation, auth) => evaluate([rule], operation, auth),
  };
}

/** All scopes that a requirement names. */
export function scopesOf(requirement: ScopeRequirement): readonly string[] {
  return 'anyOf' in requirement ? [...(requirement.allOf ?? []), ...requirement.anyOf] : requirement;
}

/** A name wins over templates; among templates all that match count, so that the strictest decides. */
function needOfTarget(
  group: CompiledTargets,
  operation: Operation,
  target: string,
  auth: AuthInfo | undefined,
): OperationNeed {
  const exact = group.exact.get(target);
  if (exact !== undefined) return evaluate([exact], operation, auth);
  const needs: OperationNeed[] = [];
  for (const { rule, match } of group.templates) {
    const variables = match(target);
    if (variables !== undefined) needs.push(evaluate([rule], { ...operation, variables }, auth));
  }
  if (needs.length > 0) {
    return {
      anonymous: needs.every((need) => need.anonymous),
      requirements: needs.flatMap((need) => need.requirements),
    };
  }
  return group.fallback === undefined ? nothing : evaluate([group.fallback], operation, auth);
}

function evaluate(
  rules: readonly OperationRule[],
  operation: Operation,
  auth: AuthInfo | undefined,
): OperationNeed {
  const results = rules.map((rule) => (typeof rule === 'function' ? rule(operation, auth) : rule));
  const requirements = results.filter((result) => result !== undefined && result !== 'anonymous');
  return { anonymous: results.every((result) => result === 'anonymous'), requirements };
}

function compileTargets(rules: TargetRules | undefined, templates: boolean): CompiledTargets {
  const entries = Object.entries(rules ?? {}).filter(([target]) => target !== '*');
  const isTemplate = (target: string) => templates && isUriTemplate(target);
  return {
    exact: new Map(entries.filter(([target]) => !isTemplate(target))),
    templates: entries
      .filter(([target]) => isTemplate(target))
      .map(([target, rule]) => ({ rule, match: compileUriTemplate(target) })),
    fallback: rules?.['*'],
  };
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
  if (typeof rule === 'object') checkRequirement(rule, path);
  else if (rule !== 'anonymous' && typeof rule !== 'function') {
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      'must be a list of scopes, { anyOf }, "anonymous" or a function.',
    );
  }
}

function checkRequirement(requirement: ScopeRequirement, path: string): void {
  if (!scopesOf(requirement).every(isScopeToken)) {
    throw new MCPAuthConfigError(
      'invalid_scope',
      path,
      'names something that is no scope: printable ASCII without blanks, double quotes and backslashes (RFC 6749 §3.3).',
    );
  }
  if ('anyOf' in requirement && requirement.anyOf.length === 0) {
    throw new MCPAuthConfigError('invalid_option', path, 'has an empty anyOf, which nothing can meet.');
  }
}
