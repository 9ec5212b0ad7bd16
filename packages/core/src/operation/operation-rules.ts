import { MCPAuthConfigError } from '../errors/config-error.js';
import { findMeantName } from '../errors/unknown-option.js';
import type { Asker, Asking } from '../policy/ask-policy.js';
import { judgeList, judgeRules, whenAll } from './judge-rule.js';
import { findMethod, listMethods, type TargetGroup } from './methods.js';
import type { Operation, TargetedOperation } from './operation.js';
import type { OperationFunction, OperationPolicy, OperationRule, TargetRules } from './operation-policy.js';
import { type DeclaredNeeds, settingsOf } from '../policy/policy-settings.js';
import { checkOperationRequirement, scopesOfOperation } from '../policy/operation-requirement.js';
import { scopesOf } from '../scopes/scope-requirement.js';
import { unite, type Verdict } from './verdict.js';
import {
  apply,
  compileTargets,
  copyRule,
  type AppliedRule,
  type NamedRule,
  type TargetLookup,
} from './target-rules.js';

/** The compiled policy of a route. */
export interface OperationRules {
  /** Whether some operation may come without a token. */
  readonly allowsAnonymous: boolean;
  /** Every scope that a static rule names, or a function declares. */
  readonly scopes: ReadonlySet<string>;
  /** Whether some rule is a function. */
  readonly isComputed: boolean;
  /** Whether a rule names the target, character by character; without a target, whether MCP or a rule has the method. */
  names(operation: Pick<Operation, 'method' | 'target'>): boolean;
  /** What the rules say about the operations of one message. */
  judge(operations: readonly TargetedOperation[], asker: Asker): Verdict | Promise<Verdict>;
  /** The same for each entry of a list, without arguments; each function is asked about all of them together. */
  judgeList(entries: readonly (readonly TargetedOperation[])[], asker: Asker): Promise<readonly Verdict[]>;
  /** What the function that decides about an operation declares; nothing where it declares nothing, or none decides. */
  declaredFor(operation: TargetedOperation): DeclaredNeeds | undefined;
  /** Whether a function decides about it. */
  asks(operation: TargetedOperation): boolean;
  /** Whether a rule that is not for everybody is about one of these operations. */
  covers(operations: readonly TargetedOperation[]): boolean;
}

/** What a policy knows of where it holds. */
export type PolicyPlace = Omit<Asking, 'timeoutMs'>;

/** How long a function is waited for by default. */
export const defaultRuleTimeoutMs = 5000;

const groupNames: readonly TargetGroup[] = ['tools', 'resources', 'prompts'];

/**
 * Compiles a policy whose groups were checked.
 *
 * @throws {MCPAuthConfigError} `invalid_scope`, `invalid_option`, `unknown_option`
 */
export function compileOperationPolicy(
  policy: OperationPolicy,
  path: string,
  place: PolicyPlace,
): OperationRules {
  const targets = new Map<TargetGroup | undefined, TargetLookup>();
  for (const group of groupNames) {
    const rules = policy[group];
    if (rules === undefined) continue;
    checkRules(rules, `${path}.${group}`);
    targets.set(group, compileTargets(group, rules, `${path}.${group}`));
  }
  const methods = compileMethods(policy, `${path}.methods`);
  const all = [policy.tools, policy.resources, policy.prompts, policy.methods].flatMap((group) =>
    Object.values(group ?? {}),
  );
  const asking = { ...place, timeoutMs: policy.ruleTimeoutMs ?? defaultRuleTimeoutMs };
  const find = ({ group, method, target }: TargetedOperation) => {
    const lookup = targets.get(group);
    return target !== undefined && lookup !== undefined ? lookup(target) : methods(method, target);
  };
  return {
    allowsAnonymous: all.some((rule) => rule === 'anonymous' || typeof rule === 'function'),
    scopes: new Set(all.flatMap(scopesOfRule)),
    isComputed: all.some((rule) => typeof rule === 'function'),
    names: readNames(policy),
    judge: (operations, asker) =>
      whenAll(
        operations.map((operation): Verdict | Promise<Verdict> => {
          const applied = find(operation);
          return typeof applied === 'string'
            ? { kind: 'refuse', operation, reason: applied }
            : judgeRules(applied, operation, asker, asking);
        }),
        unite,
      ),
    judgeList: async (entries, asker) => {
      const found = entries.map((operations) =>
        operations.map((operation) => ({ operation, applied: find(operation) })),
      );
      const askable = found
        .flat()
        .flatMap(({ operation, applied }) => (typeof applied === 'string' ? [] : [{ operation, applied }]));
      const verdicts = await judgeList(askable, { ...asker, isList: true }, asking);
      const byOperation = new Map(askable.map(({ operation }, index) => [operation, verdicts[index]]));
      return found.map((parts) =>
        unite(
          parts.map(({ operation, applied }): Verdict => {
            const reason = typeof applied === 'string' ? applied : 'unreadable';
            return byOperation.get(operation) ?? { kind: 'refuse', operation, reason };
          }),
        ),
      );
    },
    declaredFor: (operation) => {
      const [first, ...others] = functionsOf(find(operation));
      return first === undefined || others.length > 0 ? undefined : settingsOf(first)?.declares;
    },
    asks: (operation) => functionsOf(find(operation)).length > 0,
    covers: (operations) =>
      operations.some((operation) => {
        const applied = find(operation);
        return typeof applied === 'string' || applied.some(({ rule }) => rule !== 'anonymous');
      }),
  };
}

function functionsOf(applied: readonly AppliedRule[] | string): readonly OperationFunction[] {
  return typeof applied === 'string'
    ? []
    : applied.flatMap(({ rule }) => (typeof rule === 'function' ? [rule] : []));
}

function readNames(policy: OperationPolicy): OperationRules['names'] {
  const namesOf = (rules: object = {}) => new Set(Object.keys(rules).filter((name) => name !== '*'));
  const methods = namesOf(policy.methods);
  const targets = new Set(groupNames.flatMap((group) => [...namesOf(policy[group])]));
  return ({ method, target }) =>
    target === undefined ? methods.has(method) || findMethod(method) !== undefined : targets.has(target);
}

/**
 * Compiles one rule for all operations it is asked about.
 *
 * @throws {MCPAuthConfigError} `invalid_scope`, `invalid_option`, `unknown_option`
 */
export function compileOperationRule(
  rule: OperationRule,
  path: string,
  place: PolicyPlace,
): Pick<OperationRules, 'judge' | 'scopes'> {
  checkRule(rule, path);
  const named = { rule: copyRule(rule), path };
  const asking = { ...place, timeoutMs: defaultRuleTimeoutMs };
  return {
    scopes: new Set(scopesOfRule(rule)),
    judge: (operations, asker) =>
      whenAll(
        operations.map((operation) => judgeRules([apply(named)], operation, asker, asking)),
        unite,
      ),
  };
}

/** The rules for a method itself, or for a target that has no group of rules; `method` for one that nobody knows. */
type MethodLookup = (method: string, target: string | undefined) => readonly AppliedRule[] | 'method';

function compileMethods({ methods = {} }: OperationPolicy, path: string): MethodLookup {
  const named = new Map<string, NamedRule>();
  for (const [name, rule] of Object.entries(methods)) {
    if (rule === undefined) continue;
    const at = `${path}[${JSON.stringify(name)}]`;
    checkRule(rule, at, name);
    if (findMethod(name)?.onlyTargets === true) {
      throw new MCPAuthConfigError(
        'invalid_option',
        at,
        'has targets: use tools, resources or prompts with "*" for all of them.',
      );
    }
    if (findMethod(name) === undefined) checkSpelling(name, at);
    if (name.includes('*') && name !== '*') {
      throw new MCPAuthConfigError(
        'invalid_option',
        at,
        `matches nothing: '*' stands alone, for all others. Name each.`,
      );
    }
    named.set(name, { rule: copyRule(rule), path: at });
  }
  const remaining = named.get('*');
  return (method, target) => {
    const rule = target === undefined && method !== '*' ? named.get(method) : undefined;
    if (rule !== undefined) return [apply(rule)];
    const known = findMethod(method);
    // What clients have to tell a server does nothing that needs a scope
    if (known?.fromClient === true && known.kind === 'notification') return [];
    if (remaining !== undefined) return [apply(remaining, true)];
    return known?.fromClient === true ? [] : 'method';
  };
}

/** A method of one's own is named as it is; one that is nearly a method of MCP is a mistake, and protects nothing. */
function checkSpelling(name: string, path: string): void {
  const meant = findMeantName(name, listMethods(), 2);
  if (meant === undefined) return;
  throw new MCPAuthConfigError(
    'unknown_option',
    path,
    `is not a method of any MCP revision. Did you mean ${JSON.stringify(meant)}?`,
  );
}

function checkRules(rules: TargetRules, path: string): void {
  for (const [target, rule] of Object.entries(rules)) {
    checkRule(rule, `${path}[${JSON.stringify(target)}]`, target);
  }
}

function checkRule(rule: OperationRule, path: string, name?: string): void {
  if (rule === 'anonymous' && name === '*') {
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      "cannot be 'anonymous': what is open to everybody has to be named. Use scopes ([] for those of the route) or 'refuse'.",
    );
  }
  if (rule !== 'anonymous' && rule !== 'refuse' && typeof rule !== 'function') {
    checkOperationRequirement(rule, path);
  }
}

function scopesOfRule(rule: OperationRule | undefined): readonly string[] {
  if (typeof rule === 'function') return scopesOf(settingsOf(rule)?.declares?.scopes ?? []);
  return typeof rule === 'object' ? scopesOfOperation(rule) : [];
}
