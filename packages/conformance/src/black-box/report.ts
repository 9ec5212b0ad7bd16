import type { BlackBoxExchange } from './exchange.js';
import { blackBoxAreas, type BlackBoxArea, type BlackBoxRevision, type BlackBoxSeverity } from './model.js';

/** How one case ended for one revision. No member holds a token. */
export type BlackBoxResult = {
  readonly id: string;
  readonly area: BlackBoxArea;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly severity: BlackBoxSeverity;
  readonly clause: string;
  readonly fix: string;
  readonly revision: BlackBoxRevision;
} & (
  | { readonly outcome: 'passed' }
  | {
      readonly outcome: 'failed';
      readonly expected: string;
      readonly actual: string;
      /** A request was let in that must not be. */
      readonly letIn: boolean;
      readonly exchange?: BlackBoxExchange;
    }
  | { readonly outcome: 'skipped' | 'excluded'; readonly reason: string }
);

/** How many results ended in which way; failures by severity. */
export interface BlackBoxTotals {
  readonly passed: number;
  readonly failed: number;
  readonly failedMust: number;
  readonly failedShould: number;
  readonly skipped: number;
  readonly excluded: number;
}

/**
 * `A`: nothing failed. `B`: a SHOULD or MAY failed. `D`: a MUST failed. `F`: somebody was let in who must not be. Nothing judged: none. Notes
 * cost nothing.
 */
export type BlackBoxGrade = 'A' | 'B' | 'D' | 'F' | 'none';

/** What an audit found. */
export interface BlackBoxReport {
  readonly url: string;
  /** Of the set of cases: results of two versions are not to be compared. */
  readonly version: string;
  readonly revisions: readonly BlackBoxRevision[];
  readonly startedAt: string;
  readonly requests: number;
  /** What was used up before all cases were judged; absent where nothing was. */
  readonly cutShort?: 'time' | 'requests';
  readonly results: readonly BlackBoxResult[];
  readonly totals: BlackBoxTotals;
  /** The worst of the areas. */
  readonly grade: BlackBoxGrade;
  readonly grades: Readonly<Record<BlackBoxArea, BlackBoxGrade>>;
}

export function summarize(found: Omit<BlackBoxReport, 'totals' | 'grade' | 'grades'>): BlackBoxReport {
  const { results } = found;
  const count = (isMeant: (result: BlackBoxResult) => boolean): number => results.filter(isMeant).length;
  const fails = (severity: BlackBoxSeverity) => (result: BlackBoxResult) =>
    result.outcome === 'failed' && result.severity === severity;
  const totals = {
    passed: count(({ outcome }) => outcome === 'passed'),
    failed: count(({ outcome }) => outcome === 'failed'),
    failedMust: count(fails('MUST')),
    failedShould: count(fails('SHOULD')),
    skipped: count(({ outcome }) => outcome === 'skipped'),
    excluded: count(({ outcome }) => outcome === 'excluded'),
  };
  const grades = Object.fromEntries(
    blackBoxAreas.map((area) => [area, gradeOf(results.filter((result) => result.area === area))]),
  ) as Record<BlackBoxArea, BlackBoxGrade>;
  return { ...found, totals, grade: gradeOf(results), grades };
}

/** Whether a MUST or SHOULD failed. */
export function isFault(result: BlackBoxResult): boolean {
  return result.outcome === 'failed' && (result.severity === 'MUST' || result.severity === 'SHOULD');
}

function gradeOf(results: readonly BlackBoxResult[]): BlackBoxGrade {
  const faults = results.flatMap((result) =>
    result.outcome === 'failed' && result.severity !== 'note' ? result : [],
  );
  if (faults.some(({ letIn, severity }) => letIn && severity === 'MUST')) return 'F';
  if (faults.some(({ severity }) => severity === 'MUST')) return 'D';
  if (faults.length > 0) return 'B';
  return results.some(({ outcome }) => outcome === 'passed') ? 'A' : 'none';
}

/**
 * One line of text for one result: outcome, severity, id, and what to know of it.
 *
 * @see {@link auditServer}
 * @example
 * ```ts
 * import { auditServer, formatAuditLine } from '@mcp-auth/conformance/black-box';
 *
 * await auditServer({ url: 'http://127.0.0.1:3000/mcp', onResult: (result) => console.log(formatAuditLine(result)) });
 * ```
 */
export function formatAuditLine(result: BlackBoxResult): string {
  const { id, severity, clause, revision, title } = result;
  const start = `${result.outcome.padEnd(8)} ${severity.padEnd(6)} ${id} (${revision})`;
  switch (result.outcome) {
    case 'passed':
      return `${start}: ${title}`;
    case 'failed':
      return oneLine(`${start}: ${title} [${clause}]; expected ${result.expected}, got ${result.actual}`);
    case 'skipped':
    case 'excluded':
      return oneLine(`${start}: ${result.reason}`);
  }
}

/** What a server sends makes neither a second line nor colours. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
}
