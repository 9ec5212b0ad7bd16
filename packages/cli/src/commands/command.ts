import { type Command, Option } from 'commander';
import type { ExitCode, Io } from '../io.js';
import type { Secrets } from '../secrets/secrets.js';
import type { Terminal } from '../terminal/terminal.js';

/** What a command works with. */
export interface CommandContext {
  readonly io: Io;
  readonly secrets: Secrets;
  /** After the flags were read: it knows of `--quiet` and `--no-color`. */
  readonly terminal: Terminal;
}

/** The work of a command: its exit code, or a `UsageError`, `CannotError` or `DoorError`. */
export type Work<Options> = (
  context: CommandContext,
  argument: string | undefined,
  options: Options,
) => Promise<ExitCode>;

/** Adds a command to the program; `start` runs its work and keeps the exit code. */
export type AddCommand = (program: Command, start: Start) => void;

/** Wraps work as the action of a command with one argument. */
export type Start = <Options extends OutputOptions>(
  work: Work<Options>,
) => (argument: string | undefined, options: Options) => Promise<void>;

/** Flags that every command has. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly junit?: string;
  readonly sarif?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  /** From which level on a failed finding makes the command end with 1. */
  readonly failOn?: 'must' | 'should';
}

/** Adds the flags that every command has. */
export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print the report as JSON')
    .option('--junit <file>', 'write the report as JUnit XML')
    .option('--sarif <file>', 'write the report as SARIF 2.1.0')
    .addOption(
      new Option('--fail-on <level>', 'end with 1 for a failed MUST only, or for a SHOULD too')
        .choices(['must', 'should'])
        .default('should'),
    )
    .option('--verbose', 'show what passed, and every exchange')
    .option('--quiet', 'print results only')
    .option('--no-color', 'print without colours');
}
