import type { ConformanceCase } from '../case.js';
import { selectCovering } from '../select-covering.js';
import { cases } from './cases.js';

/**
 * A few cases that stand for all, for runs that must be short: one for each configuration, one for each requirement that these leave out, and
 * every one that must end in a server error, for what frameworks make of an error is their own.
 *
 * Does not show what the others show: run all of them before a release.
 *
 * @see {@link registerConformance}
 * @example
 * ```ts
 * import { coveringCases, registerConformance, type ConformanceSubject } from '@mcp-auth/conformance';
 * import { test } from 'node:test';
 *
 * export const register = (subject: ConformanceSubject) => registerConformance(subject, test, coveringCases);
 * ```
 */
export const coveringCases: readonly ConformanceCase[] = selectCovering(cases, factsOf);

function factsOf({ id, profile, requirements, expect: { status } }: ConformanceCase): readonly string[] {
  return [profile, ...requirements, `status ${String(status)}`, ...(status === 500 ? [id] : [])];
}
