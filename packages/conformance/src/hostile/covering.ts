import type { HostileCase } from './hostile-case.js';

/** A few attacks that stand for all: one for each group and reason, and one for each requirement that these leave out. */
export function selectCovering(cases: readonly HostileCase[]): readonly HostileCase[] {
  const seen = new Set<string>();
  return cases.filter(({ group, expected, requirements }) => {
    const facts = [`${group} ${expected.event}`, ...requirements];
    if (facts.every((fact) => seen.has(fact))) return false;
    for (const fact of facts) seen.add(fact);
    return true;
  });
}
