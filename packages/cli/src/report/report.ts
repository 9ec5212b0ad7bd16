import type { Exchange } from '../net/exchange.js';

/** As RFC 2119 has them; a note is no judgement. */
export type Severity = 'MUST' | 'SHOULD' | 'MAY' | 'note';

/** What became of a check. */
export type Outcome = 'passed' | 'failed' | 'skipped' | 'excluded';

/** A revision of MCP that findings are about. */
export type Revision = '2025-06-18' | '2025-11-25' | '2026-07-28';

/** All revisions that are judged, the oldest first. */
export const revisions: readonly Revision[] = ['2025-06-18', '2025-11-25', '2026-07-28'];

/** One thing that was looked at. Texts of servers stand in it as they came: printers escape them. */
export interface Finding {
  /** Stable, in kebab case with its area in front: `issuer/pkce`. */
  readonly id: string;
  readonly area: string;
  readonly severity: Severity;
  readonly outcome: Outcome;
  /** A sentence that is true when it passed. */
  readonly title: string;
  /** As in `RFC 8414 §3.3`. */
  readonly clause?: string | undefined;
  readonly revisions?: readonly Revision[] | undefined;
  /** What happened, in one sentence. */
  readonly message?: string | undefined;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
  /** What to change, and where. */
  readonly fix?: string | undefined;
  /** Why it was skipped or excluded. */
  readonly reason?: string | undefined;
  /** Where to read on. */
  readonly link?: string | undefined;
  readonly exchange?: Exchange | undefined;
}

/** How many findings came to which end. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly excluded: number;
  /** Of the failed ones, those that decide the exit code: MUST and SHOULD. */
  readonly counted: number;
}

/** What a command found out, in the form that `--json` prints. */
export interface Report {
  /** Of this form: changes when a member is taken away or gets another meaning. */
  readonly version: 1;
  readonly command: string;
  readonly target: string;
  readonly startedAt: string;
  readonly findings: readonly Finding[];
  /** How many requests were sent. */
  readonly requests: number;
  readonly totals: Totals;
  /** What only one command has to say. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** A report whose totals follow from its findings. */
export function createReport(parts: Omit<Report, 'version' | 'totals'>): Report {
  const count = (outcome: Outcome) => parts.findings.filter((finding) => finding.outcome === outcome).length;
  return {
    version: 1,
    ...parts,
    totals: {
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped'),
      excluded: count('excluded'),
      counted: parts.findings.filter(counts).length,
    },
  };
}

/** Whether a finding makes the command end with 1. */
export function counts({ outcome, severity }: Finding): boolean {
  return outcome === 'failed' && (severity === 'MUST' || severity === 'SHOULD');
}
