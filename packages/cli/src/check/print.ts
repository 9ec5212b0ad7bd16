import { documentationUrl } from '@mcp-auth/core/adapter';
import { printHuman } from '../report/print-human.js';
import type { Report } from '../report/report.js';
import { escapeLines, escapeText } from '../terminal/escape.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Fitness } from './fitness.js';
import type { Sample } from './sample.js';

/** The findings, then for whom the server is fit, then what to write. */
export function printCheck(
  report: Report,
  { fitness, sample }: { readonly fitness: readonly Fitness[]; readonly sample?: Sample | undefined },
  terminal: Terminal,
  verbose = false,
): void {
  const { colors } = terminal;
  printHuman(report, terminal, verbose);
  terminal.print('');
  for (const { revision, verdict, because } of fitness) {
    const color = verdict === 'fit' ? colors.green : verdict === 'not fit' ? colors.red : colors.yellow;
    const reasons = because.length === 0 ? '' : ` (${because.join(', ')})`;
    terminal.print(`MCP ${revision}: ${color(verdict)}${escapeText(reasons)}`);
  }
  if (sample === undefined) return;
  const { code, provider } = sample;
  terminal.print(`\n${colors.bold('The configuration to use')}\n`);
  terminal.print(escapeLines(code));
  const [page, section] = provider === undefined ? ['other', 'metadata'] : [provider.page, 'provider'];
  terminal.print(`\nWhat to set at the provider: ${documentationUrl(`providers/${page}`, section)}`);
}
