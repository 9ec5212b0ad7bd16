import { ask, askAll, type Asker, type Asking, type Question } from '../policy/ask-policy.js';
import type { OperationFunction, OperationNeed } from '../policy/policy-function.js';
import type { PolicyVerdict } from '../policy/policy-verdict.js';
import { splitAuthentication } from '../policy/operation-requirement.js';
import { judgeLogin } from './judge-login.js';
import type { TargetedOperation } from './operation.js';
import { findMethod } from './methods.js';
import type { AppliedRule } from './target-rules.js';
import { unite, type Verdict } from './verdict.js';

/** Asks each distinct rule once, and computed ones once for each set of variables. */
export function judgeRules(
  applied: readonly AppliedRule[],
  operation: TargetedOperation,
  asker: Asker,
  asking: Asking,
): Verdict | Promise<Verdict> {
  const verdicts = distinct(applied).map((rule) => judgeRule(rule, operation, asker, asking));
  return whenAll(verdicts, unite);
}

/** The same for many operations of a list: each function is asked about all of them together. */
export async function judgeList(
  entries: readonly { readonly applied: readonly AppliedRule[]; readonly operation: TargetedOperation }[],
  asker: Asker,
  asking: Asking,
): Promise<readonly Verdict[]> {
  const parts: Verdict[][] = entries.map(() => []);
  const byFunction = new Map<OperationFunction, Waiting[]>();
  for (const [index, { applied, operation }] of entries.entries()) {
    for (const one of distinct(applied)) {
      const { rule } = one;
      if (typeof rule !== 'function') parts[index]?.push(toVerdict(rule, one, operation, asker, asking));
      else {
        const waiting = byFunction.get(rule) ?? [];
        waiting.push({ ...toQuestion(rule, one, operation, asker), index, applied: one, asked: operation });
        byFunction.set(rule, waiting);
      }
    }
  }
  const answered = await Promise.all(
    [...byFunction.values()].map((waiting) => askAll(waiting, asker, asking)),
  );
  for (const { question, verdict } of answered.flat()) {
    parts[question.index]?.push(locate(verdict, question.applied, question.asked, asker, asking));
  }
  return parts.map(unite);
}

interface Waiting extends Question {
  /** Of the entry that it is about. */
  readonly index: number;
  readonly applied: AppliedRule;
  readonly asked: TargetedOperation;
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
  asker: Asker,
  asking: Asking,
): Verdict | Promise<Verdict> {
  const { rule } = applied;
  if (typeof rule !== 'function') return toVerdict(rule, applied, operation, asker, asking);
  const verdict = ask(toQuestion(rule, applied, operation, asker), asker, asking);
  return verdict instanceof Promise
    ? verdict.then((settled) => locate(settled, applied, operation, asker, asking))
    : locate(verdict, applied, operation, asker, asking);
}

function toQuestion(
  rule: OperationFunction,
  { path, variables }: AppliedRule,
  { method, target, params, arguments: given }: TargetedOperation,
  { isList }: Asker,
): Question {
  return {
    rule,
    path,
    operation: { method, target, params, variables },
    called: findMethod(method) === undefined ? 'a method that MCP does not have' : method,
    arguments: isList === true ? undefined : given,
  };
}

/** What a function says, about the operation it was asked about. */
function locate(
  verdict: PolicyVerdict,
  applied: AppliedRule,
  operation: TargetedOperation,
  asker: Asker,
  asking: Asking,
): Verdict {
  switch (verdict.kind) {
    case 'anonymous':
    case 'refuse':
      return toVerdict(verdict.kind, applied, operation, asker, asking);
    case 'needs':
      return toVerdict(verdict.requirement, applied, operation, asker, asking);
    case 'authentication':
      return { ...verdict, operation, requirements: [] };
    case 'deny':
    case 'unavailable':
    case 'error':
      return { ...verdict, operation };
    case 'depends':
      return verdict;
  }
}

function toVerdict(
  need: OperationNeed,
  { isRemaining, path }: AppliedRule,
  operation: TargetedOperation,
  asker: Asker,
  asking: Asking,
): Verdict {
  if (need === 'anonymous') return { kind: 'anonymous' };
  if (need === 'refuse') return { kind: 'refuse', operation, reason: isRemaining ? 'target' : 'rule', path };
  const { scopes, authentication } = splitAuthentication(need);
  if (authentication === undefined) return { kind: 'needs', requirements: [scopes] };
  return { ...judgeLogin(authentication, asker.auth, asking.now, operation), requirements: [scopes] };
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
