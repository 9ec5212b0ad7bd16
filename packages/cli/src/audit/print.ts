import type { BlackBoxGrade, BlackBoxReport } from '@mcp-auth/conformance/black-box';
import { printHuman } from '../report/print-human.js';
import type { Report } from '../report/report.js';
import { escapeText } from '../terminal/escape.js';
import type { Terminal } from '../terminal/terminal.js';

/** Prints what failed and what was excluded, why the rest was skipped, and the grades. */
export function printAudit(found: BlackBoxReport, report: Report, terminal: Terminal, verbose = false): void {
  printSkipped(report, terminal, verbose);
  printGrades(found, terminal);
  const shown = report.findings.filter(
    ({ outcome }) => verbose || outcome === 'failed' || outcome === 'excluded',
  );
  printHuman({ ...report, findings: shown }, terminal, verbose);
}

/** One line for each reason: many cases need the same thing. */
function printSkipped({ findings }: Report, terminal: Terminal, verbose: boolean): void {
  if (verbose) return;
  const reasons = new Map<string, number>();
  for (const { outcome, reason = '' } of findings)
    if (outcome === 'skipped') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  if (reasons.size === 0) return;
  terminal.print(terminal.colors.bold('not judged'));
  for (const [reason, count] of [...reasons].sort(([, one], [, other]) => other - one))
    terminal.print(`${String(count).padStart(6)} ${escapeText(reason)}`);
  terminal.print('');
}

function printGrades({ grades, grade, version, revisions }: BlackBoxReport, terminal: Terminal): void {
  const { colors } = terminal;
  terminal.print(colors.bold('grades'));
  for (const [area, each] of Object.entries(grades)) terminal.print(`${paint(each, terminal)} ${area}`);
  terminal.print('');
  terminal.print(colors.bold(`grade ${grade}`) + ` (cases ${version}; MCP ${revisions.join(', ')})`);
  terminal.print('');
}

function paint(grade: BlackBoxGrade, { colors }: Terminal): string {
  const text = (grade === 'none' ? '-' : grade).padStart(6);
  switch (grade) {
    case 'A':
      return colors.green(text);
    case 'B':
      return colors.yellow(text);
    case 'D':
    case 'F':
      return colors.red(text);
    case 'none':
      return colors.dim(text);
  }
}
