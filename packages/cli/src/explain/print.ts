import { printHuman } from '../report/print-human.js';
import { escapeText } from '../terminal/escape.js';
import { wrapText, type Terminal } from '../terminal/terminal.js';
import { describeTime, isTimeClaim, notReached, type Explained } from './explain.js';

/** The verdict first, then why, then what the token says of itself. */
export function printExplanation(explained: Explained, terminal: Terminal, verbose = false): void {
  const { report, explanation } = explained;
  const { colors } = terminal;
  const { verdict, refusal, header, claims, scopes } = explanation;
  switch (verdict) {
    case 'refused':
      terminal.print(
        `${colors.red(colors.bold('refused'))} by the check ${refusal?.name ?? ''}: ${refusal?.code ?? ''}`,
      );
      terminal.print(wrapText(escapeText(describeRefusal(explained)), terminal.columns, '  '));
      break;
    case 'accepted':
      terminal.print(colors.green(colors.bold('accepted')));
      break;
    case 'undecided':
      terminal.print(
        `${colors.yellow(colors.bold('undecided'))}: nothing speaks against it, and not everything could be checked`,
      );
      break;
  }
  terminal.print('');
  printMembers('header', header, terminal);
  printMembers('claims', claims, terminal);
  if (scopes.length > 0) terminal.print(`scopes as the gate reads them: ${escapeText(scopes.join(' '))}\n`);
  const findings = report.findings.filter(({ reason }) => verbose || reason !== notReached);
  printHuman({ ...report, findings }, terminal, verbose);
  terminal.print('Read on this machine only. What the token says of itself is not verified by being shown.');
}

function printMembers(
  title: string,
  members: Readonly<Record<string, unknown>> | undefined,
  terminal: Terminal,
): void {
  if (members === undefined) return;
  terminal.print(terminal.colors.bold(title));
  for (const [name, value] of Object.entries(members).slice(0, 60)) {
    const shown =
      typeof value === 'number' && isTimeClaim(name) ? describeTime(value) : JSON.stringify(value);
    terminal.print(`  ${escapeText(name, 60).padEnd(12)} ${escapeText(shown, 300)}`);
  }
  terminal.print('');
}

/** The sentence of the finding, which may know more than the check; its code is told already. */
function describeRefusal({ report, explanation }: Explained): string {
  const message = report.findings.find(({ outcome }) => outcome === 'failed')?.message ?? '';
  return message.replace(`${explanation.refusal?.code ?? ''}: `, '');
}
