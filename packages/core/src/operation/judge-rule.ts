import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import type { AuthInfo } from '../caller/auth-info.js';
import { findMethod } from './methods.js';
import type { Operation, TargetedOperation } from './operation.js';
import type { OperationNeed } from './operation-policy.js';
import { checkRequirement, type ScopeRequirement } from '../scopes/scope-requirement.js';
import type { AppliedRule } from './target-rules.js';

/** What the rules say about one operation or one message, the strictest first. */
export type Verdict =
  /** Answered as if it did not exist. */
  | Refusal
  /** A rule is at fault: 500. */
  | { readonly kind: 'error'; readonly operation: Operation; readonly error: MCPAuthConfigError }
  | { readonly kind: 'needs'; readonly requirements: readonly ScopeRequirement[] }
  | { readonly kind: 'anonymous' };

/** Why an operation is answered as if it did not exist. */
export interface Refusal {
  readonly kind: 'refuse';
  readonly operation: TargetedOperation;
  /**
   * `method`: no table and no rule has it. `target`: no rule names it. `unreadable`: a URI of which nobody can tell what it
   * names. `rule`: a rule says so.
   */
  readonly reason: 'method' | 'target' | 'unreadable' | 'rule';
  /** Option path of the rule, where one decided. */
  readonly path?: string | undefined;
}

/** The strictest of several verdicts; requirements add up. Nothing at all to judge needs nothing. */
export function unite(verdicts: readonly Verdict[]): Verdict {
  const strictest =
    verdicts.find(({ kind }) => kind === 'refuse') ?? verdicts.find(({ kind }) => kind === 'error');
  if (strictest !== undefined) return strictest;
  const [first] = verdicts;
  if (first !== undefined && verdicts.every(({ kind }) => kind === 'anonymous')) return first;
  return {
    kind: 'needs',
    requirements: verdicts.flatMap((verdict) => (verdict.kind === 'needs' ? verdict.requirements : [])),
  };
}

/** Asks each distinct rule once, and computed ones once for each set of variables. */
export function judgeRules(
  applied: readonly AppliedRule[],
  operation: TargetedOperation,
  auth: AuthInfo | undefined,
): Verdict | Promise<Verdict> {
  const verdicts = distinct(applied).map((rule) => judgeRule(rule, operation, auth));
  return whenAll(verdicts, unite);
}

function distinct(applied: readonly AppliedRule[]): readonly AppliedRule[] {
  if (applied.length < 2) return applied;
  const byIdentity = new Map<string, AppliedRule>();
  for (const each of applied) {
    const variables = typeof each.rule === 'function' ? Object.entries(each.variables) : [];
    byIdentity.set(JSON.stringify([each.path, ...variables]), each);
  }
  return [...byIdentity.values()];
}

function judgeRule(
  applied: AppliedRule,
  operation: TargetedOperation,
  auth: AuthInfo | undefined,
): Verdict | Promise<Verdict> {
  const { rule, variables } = applied;
  if (typeof rule !== 'function') return toVerdict(rule, applied, operation);
  const { method, target, params } = operation;
  const fail = (cause: unknown) => failed(applied, operation, 'threw or rejected', cause);
  try {
    const answer: unknown = rule({ method, target, params, variables }, auth);
    if (!isThenable(answer)) return readAnswer(answer, applied, operation);
    // A promise of our own: one that comes may have its own then
    const pending = new Promise<unknown>((resolve) => resolve(answer));
    return pending.then((settled) => readAnswer(settled, applied, operation), fail);
  } catch (cause) {
    return fail(cause);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

function readAnswer(answer: unknown, applied: AppliedRule, operation: TargetedOperation): Verdict {
  if (answer === 'anonymous' || answer === 'refuse') return toVerdict(answer, applied, operation);
  try {
    checkRequirement(answer, applied.path);
  } catch (cause) {
    return failed(applied, operation, `returned ${describeValue(answer)}`, cause);
  }
  return toVerdict(answer, applied, operation);
}

function toVerdict(
  need: OperationNeed,
  { isRemaining, path }: AppliedRule,
  operation: TargetedOperation,
): Verdict {
  if (need === 'anonymous') return { kind: 'anonymous' };
  if (need === 'refuse') return { kind: 'refuse', operation, reason: isRemaining ? 'target' : 'rule', path };
  return { kind: 'needs', requirements: [need] };
}

function failed({ path }: AppliedRule, operation: Operation, what: string, cause: unknown): Verdict {
  const error = new MCPAuthConfigError(
    'invalid_rule_result',
    path,
    // A rule for all methods is asked about names that clients invent
    `${what} for ${findMethod(operation.method) === undefined ? 'a method that MCP does not have' : operation.method}. A computed rule must return scopes, { allOf }, { anyOf }, "anonymous" or "refuse", or a promise of one.`,
    { cause },
  );
  return { kind: 'error', operation, error };
}

/** Continues immediately where nothing has to be waited for. */
export function whenAll<T, R>(
  values: readonly (T | Promise<T>)[],
  next: (values: readonly T[]) => R,
): R | Promise<R> {
  return values.some((value) => value instanceof Promise)
    ? Promise.all(values).then(next)
    : next(values as readonly T[]);
}
