import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture } from './capture.mjs';

/** A step that did not work out. Its message is one sentence for the person at the terminal. */
export class StepError extends Error {
  name = 'StepError';
}

/** Prints the one sentence a person needs and sets the exit code. */
export function reportFailure(error) {
  const message =
    error instanceof StepError ? error.message : `Unexpected failure: ${error?.message ?? error}`;
  console.error(`\n${message}`);
  process.exitCode = 1;
}

/**
 * Runs a command quietly and shows that it is under way: a line that changes on a terminal, one now and then in a log.
 *
 * @param {{ title: string, command: string, args: string[], describe?: (line: string) => string | undefined,
 *   explain?: (lines: string[]) => string | undefined }} step
 * @throws {StepError} one sentence: what failed, why as far as the output says, where all of the output is
 */
export async function runStep({ title, command, args, describe, explain }) {
  const { isTTY, columns = 80 } = process.stderr;
  const startedAt = Date.now();
  let detail = '';
  const show = (mark, text, end = '\n') => {
    const line = `${mark} ${title}: ${text}, ${Math.round((Date.now() - startedAt) / 1000)} s`;
    process.stderr.write(isTTY ? `\r\x1b[2K${line.slice(0, columns - 1)}${end}` : `${line}\n`);
  };
  show('..', 'started', '');
  const timer = setInterval(() => show('..', detail || 'running', ''), isTTY ? 500 : 10_000);
  const onLine = (line) => {
    detail = describe?.(line) ?? detail;
  };
  const { ok, output } = await capture(command, args, { onLine });
  clearInterval(timer);
  show(ok ? 'ok' : '!!', ok ? 'done' : 'failed');
  if (ok) return;
  const logFile = join(mkdtempSync(join(tmpdir(), 'mcp-auth-')), 'output.log');
  writeFileSync(logFile, output);
  const reason = explain?.(output.split('\n'))
    ?.trim()
    .replace(/[.;]+$/, '');
  throw new StepError(
    `${title} failed${reason === undefined ? '' : `: ${reason}`}; the log is at ${logFile}.`,
  );
}
