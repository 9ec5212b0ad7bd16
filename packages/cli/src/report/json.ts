import type { Report } from './report.js';

/** The report as `--json` prints it. */
export function formatJson(report: Report): string {
  return JSON.stringify(report, undefined, 2);
}
