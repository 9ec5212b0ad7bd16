import { writeFile } from 'node:fs/promises';
import type { CommandContext, OutputOptions } from '../commands/command.js';
import { CannotError } from '../errors.js';
import type { ExitCode } from '../io.js';
import { resolveFile } from '../shared/files.js';
import type { Terminal } from '../terminal/terminal.js';
import { formatJson } from './json.js';
import { formatJunit } from './junit.js';
import { printHuman } from './print-human.js';
import { counts, type Finding, type Report } from './report.js';
import { formatSarif } from './sarif.js';

/**
 * Prints the report, for people or as JSON, writes the files that were asked for, and says how the command ends.
 *
 * @param human printed instead of the lines that every command has
 */
export async function writeReport(
  report: Report,
  context: CommandContext,
  options: OutputOptions,
  human: (report: Report) => void = (each) => printHuman(each, context.terminal, options.verbose),
): Promise<ExitCode> {
  if (options.json === true) context.terminal.print(formatJson(report));
  else human(report);
  if (options.junit !== undefined) await writeText(options.junit, formatJunit(report), context);
  if (options.sarif !== undefined) await writeText(options.sarif, formatSarif(report), context);
  const isDecisive = (finding: Finding): boolean =>
    counts(finding) && (options.failOn !== 'must' || finding.severity === 'MUST');
  return report.findings.some(isDecisive) ? 1 : 0;
}

/** How a command ends that could not look at everything: what failed counts, and without a failure it has not succeeded either. */
export function endUnfinished(exitCode: ExitCode, why: string, terminal: Terminal): ExitCode {
  terminal.fail(why);
  return exitCode === 0 ? 3 : exitCode;
}

/** Writes a file, without secrets. */
export async function writeText(
  path: string,
  text: string,
  { io, secrets, terminal }: CommandContext,
): Promise<void> {
  const whole = resolveFile(path, io.cwd);
  try {
    await writeFile(whole, secrets.redact(text));
  } catch (error) {
    throw new CannotError(
      `${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    );
  }
  terminal.note(`Wrote ${path}`);
}
