import { selectCovering } from '../select-covering.js';
import type { HostileCase } from './hostile-case.js';

/** A few attacks that stand for all: one for each group and reason, and one for each requirement that these leave out. */
export function selectCoveringAttacks(cases: readonly HostileCase[]): readonly HostileCase[] {
  return selectCovering(cases, ({ group, expected, requirements }) => [
    `${group} ${expected.event}`,
    ...requirements,
  ]);
}
