import { isAbsoluteUrl } from '../runtime/absolute-url.js';
import { MAX_ELEMENTS } from '../runtime/limits.js';
import { isObject, type Members } from '../runtime/report.js';
import type { Finding, FindingCode, Severity } from './finding.js';

/** Most findings listed for one document. */
const MAX_FINDINGS = 500;

type Path = string | readonly (string | number)[];

/** One look at one document: typed reads that skip what does not parse, and the list of findings. */
export class Inspection {
  readonly findings: Finding[] = [];
  readonly document: Members;

  constructor(document: Members) {
    this.document = document;
  }

  add(
    code: FindingCode,
    severity: Severity,
    path: Path,
    requirement: string,
    message: string,
    fix: string,
  ): void {
    if (this.findings.length >= MAX_FINDINGS) return;
    this.findings.push({
      code,
      severity,
      path: typeof path === 'string' ? [path] : path,
      requirement,
      message,
      fix,
    });
  }

  has(name: string): boolean {
    return this.document[name] !== undefined;
  }

  /** The value of a URL member, if it parses as one. */
  url(name: string): string | undefined {
    const value = this.document[name];
    return typeof value === 'string' && isAbsoluteUrl(value) ? value : undefined;
  }

  /** The value of an array member, if it is an array of strings and short enough to be looked at. */
  strings(name: string): readonly string[] | undefined {
    const value = this.document[name];
    if (!Array.isArray(value) || value.length > MAX_ELEMENTS) return undefined;
    const elements: unknown[] = Array.from(value);
    return elements.every((element) => typeof element === 'string') ? elements : undefined;
  }

  isTrue(name: string): boolean {
    return this.document[name] === true;
  }
}

/** Runs an inspection over anything. Never throws: what cannot be read is a finding. */
export function inspect(input: unknown, look: (inspection: Inspection) => void): readonly Finding[] {
  let inspection = new Inspection({});
  try {
    if (isObject(input)) {
      inspection = new Inspection(input);
      look(inspection);
      return inspection.findings;
    }
  } catch {
    // A getter or a proxy of the document threw.
  }
  inspection.add(
    'unreadable',
    'error',
    [],
    'RFC8414-3.2-01',
    'The document is not an object that can be read.',
    'Publish a JSON object.',
  );
  return inspection.findings;
}
