import type { Issue, IssueCode } from './issue.js';
import { MAX_ISSUES } from './limits.js';

/** What the generated checks write to. */
export interface Report {
  readonly issues: Issue[];
  readonly at: readonly (string | number)[];
}

export type Members = Readonly<Record<string, unknown>>;
export type Check = (members: Members, report: Report) => void;

/** Notes an issue, unless there are enough of them. */
export function refuse(report: Report, code: IssueCode, message: string, ...path: (string | number)[]): void {
  if (report.issues.length < MAX_ISSUES) report.issues.push({ code, path: [...report.at, ...path], message });
}

export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Runs the check of a whole document. Never throws: a getter or proxy that does is an issue of the document. */
export function validate(input: unknown, check: Check): readonly Issue[] {
  const report: Report = { issues: [], at: [] };
  try {
    if (isObject(input)) check(input, report);
    else refuse(report, 'type', 'must be an object');
  } catch {
    report.issues.push({ code: 'type', path: [], message: 'cannot be read' });
  }
  return report.issues;
}
