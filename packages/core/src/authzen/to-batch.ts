import type { AuthzenEvaluation } from './evaluation.js';

const members = ['subject', 'action', 'resource', 'context'] as const;

/** Several evaluations in one question. */
export interface AuthzenBatch extends Partial<AuthzenEvaluation> {
  readonly evaluations: readonly Partial<AuthzenEvaluation>[];
  readonly options: { readonly evaluations_semantic: 'execute_all' };
}

/**
 * One question for all: what they have in common is said once, as the default of each (AuthZEN Authorization API 1.0 §7.1.1). Every one
 * is to be answered: a list that stopped early would hide what comes after.
 */
export function toBatch(evaluations: readonly AuthzenEvaluation[]): AuthzenBatch {
  const [first] = evaluations;
  const shared = members.filter((name) => {
    const member = first?.[name];
    const text = JSON.stringify(member);
    return member !== undefined && evaluations.every((each) => JSON.stringify(each[name]) === text);
  });
  const pick = (
    evaluation: AuthzenEvaluation | undefined,
    wanted: (name: (typeof members)[number]) => boolean,
  ) =>
    Object.fromEntries(
      members.filter(wanted).map((name) => [name, evaluation?.[name]]),
    ) as Partial<AuthzenEvaluation>;
  return {
    ...pick(first, (name) => shared.includes(name)),
    evaluations: evaluations.map((each) => pick(each, (name) => !shared.includes(name))),
    options: { evaluations_semantic: 'execute_all' },
  };
}
