import type { Exchange } from '../net/exchange.js';
import { escapeLines, escapeText } from '../terminal/escape.js';
import { wrapText, type Terminal } from '../terminal/terminal.js';
import { counts, type Finding, type Report } from './report.js';

/** Prints a report for people: what failed in full, what was skipped or excluded with its reason, what passed with `--verbose`. */
export function printHuman(report: Report, terminal: Terminal, verbose = false): void {
  const shown = report.findings.filter(
    ({ outcome, severity }) => verbose || outcome !== 'passed' || severity === 'note',
  );
  for (const [area, findings] of groupByArea(shown)) {
    terminal.print(terminal.colors.bold(escapeText(area)));
    for (const finding of findings) printFinding(finding, terminal, verbose);
    terminal.print('');
  }
  terminal.print(summarise(report));
}

/** `12 passed, 1 failed, 3 requests`. */
export function summarise({ totals, requests }: Report): string {
  const parts = [
    `${totals.passed} passed`,
    `${totals.failed} failed`,
    ...(totals.skipped > 0 ? [`${totals.skipped} skipped`] : []),
    ...(totals.excluded > 0 ? [`${totals.excluded} excluded`] : []),
  ];
  if (totals.failed > totals.counted)
    parts.push(`${totals.failed - totals.counted} of the failed ones are advice`);
  parts.push(requests === 0 ? 'nothing was sent' : `${requests} ${requests === 1 ? 'request' : 'requests'}`);
  return parts.join(', ');
}

function printFinding(finding: Finding, terminal: Terminal, verbose: boolean): void {
  const { columns } = terminal;
  const { clause, message, expected, actual, fix, reason, link, exchange, outcome, revisions } = finding;
  const facts = [clause, revisions?.join(', ')].filter((fact) => fact !== undefined && fact !== '');
  const suffix = facts.length === 0 ? '' : ` (${facts.join('; ')})`;
  terminal.print(
    `${mark(finding, terminal)} ${wrapText(escapeText(`${finding.title}${suffix}`), columns, '       ').trimStart()}`,
  );
  if (outcome === 'passed' && !verbose && finding.severity !== 'note') return;
  const lines: readonly (readonly [label: string, text: string | undefined])[] = [
    ['found', message],
    ['expected', expected],
    ['actual', actual],
    ['fix', fix],
    ['because', reason],
    ['see', link],
  ];
  for (const [label, text] of lines) {
    if (text === undefined) continue;
    const body = wrapText(escapeLines(text), columns, ' '.repeat(17)).trimStart();
    terminal.print(`       ${terminal.colors.dim(label.padEnd(9))} ${body}`);
  }
  if (exchange !== undefined && (outcome === 'failed' || verbose)) terminal.print(describeExchange(exchange));
  if (outcome === 'failed' || verbose)
    terminal.print(terminal.colors.dim(`       ${escapeText(finding.id)}`));
}

function mark({ outcome, severity }: Finding, { colors }: Terminal): string {
  if (severity === 'note' && outcome === 'passed') return colors.cyan('note  ');
  switch (outcome) {
    case 'passed':
      return colors.green('ok    ');
    case 'failed':
      return counts({ outcome, severity } as Finding)
        ? colors.red(severity.padEnd(6))
        : colors.yellow('advice');
    case 'skipped':
      return colors.dim('skip  ');
    case 'excluded':
      return colors.dim('excl. ');
  }
}

/** The request and its answer, as lines with an indent. */
export function describeExchange({ request, response, failure }: Exchange, indent = '       '): string {
  const lines = [`> ${request.method} ${request.url}`];
  for (const [name, value] of request.headers) lines.push(`> ${name}: ${value}`);
  if (request.body !== undefined && request.body !== '') lines.push(...indentBody('> ', request.body));
  if (response !== undefined) {
    lines.push(`< ${response.status}`);
    for (const [name, value] of response.headers) lines.push(`< ${name}: ${value}`);
    if (response.body !== '') lines.push(...indentBody('< ', response.body));
  }
  if (failure !== undefined) lines.push(`! ${failure.message}`);
  return lines.map((line) => `${indent}${escapeText(line, 500)}`).join('\n');
}

function indentBody(prefix: string, body: string): readonly string[] {
  const lines = body.split('\n');
  const more = lines.length > 12 ? [`${prefix}…`] : [];
  return [...lines.slice(0, 12).map((line) => `${prefix}${line}`), ...more];
}

function groupByArea(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const areas = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = areas.get(finding.area);
    if (known === undefined) areas.set(finding.area, [finding]);
    else known.push(finding);
  }
  return areas;
}
