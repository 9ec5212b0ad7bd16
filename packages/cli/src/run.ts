import { documentationUrl } from '@mcp-auth/core/adapter';
import { Command, CommanderError } from 'commander';
import { commands } from './commands/index.js';
import type { OutputOptions, Start } from './commands/command.js';
import { CannotError, UsageError } from './errors.js';
import type { ExitCode, Io } from './io.js';
import { DoorError } from './net/exchange.js';
import { Secrets } from './secrets/secrets.js';
import { escapeLines, escapeText } from './terminal/escape.js';
import { Terminal } from './terminal/terminal.js';
import { readVersion } from './version.js';

/** Does what the arguments say, and returns the exit code. Nothing is thrown: whatever goes wrong is a line on the standard error. */
export async function run(args: readonly string[], io: Io, secrets = new Secrets()): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  let terminal = new Terminal(io, secrets);
  const start: Start = (work) => async (argument, options) => {
    terminal = createTerminal(io, secrets, options);
    exitCode = await work({ io, secrets, terminal }, argument, options);
  };
  const program = createProgram(io, secrets);
  for (const add of commands) add(program, start);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    exitCode = explainEnd(error, terminal);
  } finally {
    terminal.end();
  }
  return exitCode;
}

function createProgram(io: Io, secrets: Secrets): Command {
  const program = new Command('mcp-auth')
    .description('Says why a client cannot connect to an MCP server, and how well the server is protected.')
    .version(readVersion())
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => io.stdout.write(secrets.redact(escapeLines(text))),
      writeErr: (text) => io.stderr.write(secrets.redact(escapeLines(text))),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  program.addHelpText(
    'after',
    `\nExit codes: 0 good, 1 findings failed, 2 wrong usage, 3 could not be carried out.\n${documentationUrl('guide/check-your-server', 'exit-codes')}`,
  );
  return program;
}

function createTerminal(io: Io, secrets: Secrets, { quiet, color }: OutputOptions): Terminal {
  return new Terminal(io, secrets, { quiet: quiet === true, ...(color === false && { color }) });
}

function explainEnd(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    terminal.fail(escapeLines(error.message));
    return 2;
  }
  if (error instanceof CannotError || error instanceof DoorError) {
    terminal.fail(escapeText(error.message));
    return 3;
  }
  // A fault of this program: its stack helps to report it
  terminal.fail(escapeLines(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  return 3;
}
