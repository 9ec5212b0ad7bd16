import { describeText } from '../errors/describe-value.js';
import { findMeantName } from '../errors/unknown-option.js';
import type { OperationPolicy } from '../operation/operation-policy.js';

const groups = ['tools', 'prompts'] as const;

/** Tells, once, of rules for names that a server does not list: a misspelt rule protects nothing, and nobody sees it. */
export class UnlistedRules {
  readonly #waiting: Map<(typeof groups)[number], readonly string[]>;
  readonly #advise: (message: string) => void;

  constructor(policy: OperationPolicy, advise: (message: string) => void) {
    this.#waiting = new Map(groups.map((group) => [group, Object.keys(policy[group] ?? {})]));
    this.#advise = advise;
  }

  /** @param result - of a list request: all that the server has, before anything is left out */
  compare(result: object): void {
    for (const [group, rules] of this.#waiting) {
      const items: unknown = (result as Readonly<Record<string, unknown>>)[group];
      if (!Array.isArray(items)) continue;
      // The first list decides: that one changes while the server runs is not a mistake
      this.#waiting.delete(group);
      const listed = items.map((item) => String((Object(item) as { readonly name?: unknown }).name));
      for (const rule of rules) {
        if (rule !== '*' && !listed.includes(rule)) this.#advise(describe(group, rule, listed));
      }
    }
  }
}

function describe(group: (typeof groups)[number], rule: string, listed: readonly string[]): string {
  const meant = findMeantName(rule, listed, 2);
  const question = meant === undefined ? '' : ` Did you mean ${describeText(meant)}?`;
  return `operations.${group}[${describeText(rule)}] names none of the ${group} in the first list of this server, so it decides about nothing there.${question} About what no rule names, "*" decides.`;
}
