import type { ConformanceCase } from '../case.js';
import { auditSubject, auditSubjectShortly } from '../black-box/audit-subject.js';
import { formatAuditLine, isFault } from '../black-box/report.js';
import { cases as allCases } from '../cases/cases.js';
import { profiles } from '../profiles/profiles.js';
import { Emissions } from '../secrets/emissions.js';
import { describeLeak } from '../secrets/secret-search.js';
import { ConformanceError } from './conformance-error.js';
import { runCase, type CaseResult } from './run-case.js';
import type { AnySubject } from './start-subject.js';

/** The part of a test framework's `test` that is used: vitest, Jest, `node:test` and `Deno.test` have it. */
export type RegisterTest = (name: string, run: () => Promise<void>) => unknown;

/** What {@link registerConformance} does in addition to the cases. */
export interface ConformanceOptions {
  /**
   * How an application with the adapter is judged from outside: `'short'` asks everything that needs no waiting for the newest revision of MCP
   * and what anybody can see for the older ones, `'whole'` everything for all of them, in a minute or so. Default: `'short'`.
   */
  readonly audit?: 'short' | 'whole' | undefined;
}

/**
 * Runs cases against an adapter, one after another, without any test framework.
 *
 * @param cases - default: all of them
 * @see {@link registerConformance}
 * @example
 * ```ts
 * import { runConformance, type ConformanceSubject } from '@mcp-auth/conformance';
 *
 * export async function count(subject: ConformanceSubject) {
 *   const results = await runConformance(subject);
 *   return results.filter(({ failures }) => failures.length > 0).length;
 * }
 * ```
 */
export async function runConformance(
  subject: AnySubject,
  cases: readonly ConformanceCase[] = allCases,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const test of casesFor(subject, cases)) results.push(await runCase(subject, test));
  return results;
}

/**
 * Registers one test for each case, where all cases are asked for one that judges an application with the adapter from outside, and one that searches for secrets in all that was emitted. Names hold the requirements a case is about.
 *
 * The tests must run one after another: a case may change `NODE_ENV` while it runs.
 *
 * @param cases - default: all of them
 * @see {@link runConformance}
 * @example
 * ```ts
 * import { registerConformance, type ConformanceSubject } from '@mcp-auth/conformance';
 *
 * import { test } from 'node:test';
 *
 * export const register = (subject: ConformanceSubject) => registerConformance(subject, test);
 * ```
 */
export function registerConformance(
  subject: AnySubject,
  test: RegisterTest,
  cases: readonly ConformanceCase[] = allCases,
  { audit = 'short' }: ConformanceOptions = {},
): void {
  const emissions = subject.emissions ?? new Emissions();
  const watched = { ...subject, emissions };
  for (const entry of casesFor(subject, cases)) {
    test(getTestName(entry), async () => {
      const { failures } = await runCase(watched, entry);
      if (failures.length > 0) throw new ConformanceError(subject.name, entry.id, failures);
    });
  }
  // Only with all cases: a selection is made for runs that must be short
  if (cases === allCases && !('startRemote' in subject)) {
    test('audit: an application with this adapter is found sound from outside [MCP-2026-07-28-RS-001]', async () => {
      const reports = audit === 'whole' ? [await auditSubject(subject)] : await auditSubjectShortly(subject);
      const failures = reports.flatMap(({ results }) => results.filter(isFault)).map(formatAuditLine);
      if (failures.length > 0) throw new ConformanceError(subject.name, 'audit', failures);
    });
  }
  test('secrets: no event and no line of the log of all these runs holds a part of a token or a client secret [MCP-2026-07-28-RS-033]', () => {
    const leaks = emissions.findLeaks().map(describeLeak);
    if (leaks.length > 0) throw new ConformanceError(subject.name, 'secrets', leaks);
    return Promise.resolve();
  });
}

/** The cases for what an adapter has. */
function casesFor(subject: AnySubject, cases: readonly ConformanceCase[]): readonly ConformanceCase[] {
  if (!('startRemote' in subject) && subject.startLegacy !== undefined) return cases;
  return cases.filter(({ profile }) => profiles[profile].legacy === undefined);
}

/**
 * The name of the test of a case: what it is about, then its requirements in brackets.
 *
 * @see {@link registerConformance}
 * @example
 * ```ts
 * import { cases, getTestName } from '@mcp-auth/conformance';
 *
 * for (const each of cases) console.log(getTestName(each));
 * ```
 */
export function getTestName({ id, title, requirements }: ConformanceCase): string {
  return `${id}: ${title} ${requirements.map((requirement) => `[${requirement}]`).join(' ')}`;
}
