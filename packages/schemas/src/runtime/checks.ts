import { isAbsoluteUrl } from './absolute-url.js';
import { isCompactJws } from './compact-jws.js';
import type { Issue, IssueCode } from './issue.js';
import { MAX_ELEMENTS, MAX_ISSUES } from './limits.js';

/** What the generated checks write to. */
export interface Report {
  readonly issues: Issue[];
  readonly at: readonly (string | number)[];
}

export type Members = Readonly<Record<string, unknown>>;
export type Check = (members: Members, report: Report) => void;

function refuse(report: Report, code: IssueCode, message: string, ...path: (string | number)[]): void {
  if (report.issues.length < MAX_ISSUES) report.issues.push({ code, path: [...report.at, ...path], message });
}

function isGiven(value: unknown, name: string, report: Report, required: boolean | undefined): boolean {
  if (value !== undefined) return true;
  if (required) refuse(report, 'required', 'is required', name);
  return false;
}

/** Any string. */
export function text(value: unknown, name: string, report: Report, required?: boolean): void {
  if (isGiven(value, name, report, required) && typeof value !== 'string') {
    refuse(report, 'type', 'must be a string', name);
  }
}

/** A string of the format `absolute-url`. */
export function url(value: unknown, name: string, report: Report, required?: boolean): void {
  if (!isGiven(value, name, report, required)) return;
  if (typeof value !== 'string') refuse(report, 'type', 'must be a string', name);
  else if (!isAbsoluteUrl(value)) refuse(report, 'format', 'must be an absolute URL', name);
}

/** A string of the format `compact-jws`. */
export function jws(value: unknown, name: string, report: Report, required?: boolean): void {
  if (!isGiven(value, name, report, required)) return;
  if (typeof value !== 'string') refuse(report, 'type', 'must be a string', name);
  else if (!isCompactJws(value)) refuse(report, 'format', 'must be a signed JWT', name);
}

/** `true` or `false`. */
export function flag(value: unknown, name: string, report: Report, required?: boolean): void {
  if (isGiven(value, name, report, required) && typeof value !== 'boolean') {
    refuse(report, 'type', 'must be true or false', name);
  }
}

/** An array of strings. */
export function strings(value: unknown, name: string, report: Report, required?: boolean): void {
  if (!isGiven(value, name, report, required)) return;
  if (!Array.isArray(value)) refuse(report, 'type', 'must be an array of strings', name);
  else if (value.length > MAX_ELEMENTS)
    refuse(report, 'size', `has more than ${MAX_ELEMENTS} elements`, name);
  else {
    for (let index = 0; index < value.length; index++) {
      if (typeof value[index] !== 'string') refuse(report, 'type', 'must be a string', name, index);
    }
  }
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object; with a check, one with known members. */
export function object(
  value: unknown,
  name: string,
  report: Report,
  required?: boolean,
  check?: Check,
): void {
  if (!isGiven(value, name, report, required)) return;
  if (!isObject(value)) refuse(report, 'type', 'must be an object', name);
  else check?.(value, { issues: report.issues, at: [...report.at, name] });
}

/** Runs the check of a whole document. Never throws: a getter or proxy that does is an issue of the document. */
export function validate(input: unknown, check: Check): readonly Issue[] {
  const report: Report = { issues: [], at: [] };
  try {
    if (isObject(input)) check(input, report);
    else refuse(report, 'type', 'must be an object');
  } catch {
    refuse(report, 'type', 'cannot be read');
  }
  return report.issues;
}
