import { documentationUrl } from '@mcp-auth/core/adapter';
import { Command, CommanderError } from 'commander';
import { commands } from './commands/index.js';
import type { OutputOptions, Start } from './commands/command.js';
import { CannotError, UsageError } from './errors.js';
import type { ExitCode, Io } from './io.js';
import { DoorError } from './net/exchange.js';
import { concealArguments } from './secrets/read-arguments.js';
import { Secrets } from './secrets/secrets.js';
import { escapeLines, escapeText } from './terminal/escape.js';
import { Terminal } from './terminal/terminal.js';
import { readVersion } from './version.js';

/**
 * Does what the arguments of the command `mcp-auth` say, in this process, and returns its exit code.
 *
 * Nothing is thrown: what goes wrong is a line on `io.stderr`. What is printed passes through a keeper of secrets first: no token
 * that was given, and no part of one, is in it.
 *
 * Does not check: whether `io` is what it says; a browser that it opens is its own.
 *
 * @see RFC 9728 §3.3 and RFC 8414 §3.3, which the commands judge by
 * @example
 * ```ts
 * import { run, type Io } from '@mcp-auth/cli';
 *
 * const { stdin, stdout, stderr, env } = process;
 * const io: Io = { stdin, stdout, stderr, env, cwd: process.cwd(), now: () => new Date() };
 * process.exitCode = await run(['check', 'https://auth.example.com', '--json'], io);
 * ```
 */
export function run(args: readonly string[], io: Io): Promise<ExitCode> {
  return runWith(args, io, new Secrets());
}

/** The same with a keeper of secrets that a test looks into. */
export async function runWith(args: readonly string[], io: Io, secrets: Secrets): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  let terminal = new Terminal(io, secrets);
  const start: Start = (work) => async (argument, options) => {
    terminal = createTerminal(io, secrets, options);
    exitCode = await work({ io, secrets, terminal }, argument, options);
  };
  const program = createProgram(io, secrets);
  for (const add of commands) add(program, start);
  concealArguments(args, secrets);
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
