import { escapeJson } from '../terminal/escape.js';
import type { Report } from './report.js';

/** The report as `--json` prints it: nothing in it is obeyed by a terminal. */
export function formatJson(report: Report): string {
  return escapeJson(JSON.stringify(report, undefined, 2));
}
