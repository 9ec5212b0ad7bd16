import { describeExchange } from '../report/print-human.js';
import type { Finding, Report } from '../report/report.js';
import { escapeLines, escapeText } from '../terminal/escape.js';
import { type Terminal, wrapText } from '../terminal/terminal.js';
import type { ClientVerdict } from './clients/judge-clients.js';
import { stepNamesInWords, toFindings } from './to-findings.js';
import type { Trail } from './trail.js';

interface Paper {
  readonly terminal: Terminal;
  readonly verbose: boolean;
}

const indent = ' '.repeat(9);

/** A walk for people: a line for each step, the broken one in full, what was noticed, and which clients would pass. */
export function printWalk(
  { target, requests }: Report,
  trail: Trail,
  clients: readonly ClientVerdict[],
  paper: Paper,
): void {
  const { terminal } = paper;
  terminal.print(`${terminal.colors.bold('doctor')} ${escapeText(target)}\n`);
  const findings = toFindings(trail);
  const unreached = findings.filter(isUnreached);
  for (const finding of findings) {
    // What was noticed says more than why the step was skipped
    const isSaid =
      finding.outcome === 'skipped' &&
      findings.some((each) => each !== finding && each.area === finding.area);
    if (!isUnreached(finding) && !isSaid) printFinding(finding, paper);
  }
  if (unreached.length > 0) {
    const names = unreached.map(({ area }) => nameOf(area)).join(', ');
    terminal.print(
      `${terminal.colors.dim('-')}        ${wrapText(`${unreached[0]?.reason ?? ''}: ${names}`, terminal.columns, indent).trimStart()}`,
    );
  }
  printClients(clients, paper);
  terminal.print(
    `\n${verdictOf(trail)} ${requests === 1 ? '1 request was' : `${requests} requests were`} sent.`,
  );
}

function isUnreached({ outcome, reason }: Finding): boolean {
  return outcome === 'skipped' && (reason === 'not reached' || reason?.startsWith('not judged,') === true);
}

function verdictOf({ broken, steps }: Trail): string {
  if (broken !== undefined) return `A client stops at this step: ${stepNamesInWords[broken.step]}.`;
  const call = steps.find(({ step }) => step === 'call');
  return call?.outcome === 'passed' ? 'A client gets in.' : 'Nothing is broken as far as the walk went.';
}

function nameOf(area: string): string {
  return (stepNamesInWords as Readonly<Record<string, string>>)[area] ?? area;
}

function printFinding(finding: Finding, paper: Paper): void {
  const { terminal } = paper;
  const { outcome, actual, reason, message, area, severity } = finding;
  const { colors } = terminal;
  const isNote = outcome === 'failed' && severity === 'note';
  const mark =
    outcome === 'passed'
      ? colors.green('ok')
      : outcome === 'skipped'
        ? colors.dim('-')
        : isNote
          ? colors.cyan('note')
          : severity === 'SHOULD'
            ? colors.yellow('warning')
            : colors.red('broken');
  const width = { passed: 2, skipped: 1, failed: isNote ? 4 : severity === 'SHOULD' ? 7 : 6, excluded: 1 }[
    outcome
  ];
  const text = outcome === 'passed' ? actual : (message ?? reason);
  const head = `${nameOf(area)}: ${text ?? ''}`;
  terminal.print(
    `${mark}${' '.repeat(9 - width)}${wrapText(escapeText(head), terminal.columns, indent).trimStart()}`,
  );
  if (outcome === 'failed') printFailure(finding, paper);
}

function printFailure(
  { expected, actual, fix, clause, link, exchange, severity }: Finding,
  paper: Paper,
): void {
  const { terminal, verbose } = paper;
  const lines: readonly (readonly [label: string, text: string | undefined])[] = [
    ['expected', expected],
    ['actual', actual],
    ['fix', fix],
    ['clause', clause],
    ['see', link],
  ];
  for (const [label, text] of lines) {
    if (text === undefined || text === '') continue;
    const body = wrapText(escapeLines(text), terminal.columns, ' '.repeat(18)).trimStart();
    terminal.print(`${indent}${terminal.colors.dim(label.padEnd(8))} ${body}`);
  }
  if (exchange !== undefined && (verbose || severity !== 'note')) {
    terminal.print(describeExchange(exchange, indent));
  }
}

function printClients(clients: readonly ClientVerdict[], { terminal, verbose }: Paper): void {
  const { colors } = terminal;
  terminal.print(`\n${colors.bold('known clients')}, by what is written or was tried about them`);
  for (const { client, verdict, why } of clients) {
    const name = client.version === undefined ? client.name : `${client.name} (${client.version})`;
    const word = { passes: colors.green('passes'), fails: colors.red('fails'), unknown: 'unknown' }[verdict];
    const gap = ' '.repeat(9 - verdict.length);
    const text = wrapText(`${name}: ${why}`, terminal.columns, indent).trimStart();
    terminal.print(`${word}${gap}${text}`);
    if (!verbose) continue;
    for (const { kind, where, date } of client.sources) {
      terminal.print(`${indent}${colors.dim(`${kind}: ${where}, ${date}`)}`);
    }
  }
}
