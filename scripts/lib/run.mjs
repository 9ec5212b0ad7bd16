import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startProgress } from './progress.mjs';
import { StepError } from './step-error.mjs';

/** Names npm hands to its scripts that pnpm should still see: where to fetch from, and how to get there. */
const keptNpmSettings =
  /^npm_config_(cache|registry|userconfig|(https?_)?proxy|https-proxy|noproxy|cafile|ca|cert|key|strict_ssl)$/i;

/** The environment without what npm adds for its own scripts, which pnpm would warn about. */
export function childEnvironment(env = process.env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_/i.test(name) || keptNpmSettings.test(name)),
  );
}

let logFolder;

/**
 * Runs a command quietly: its output goes to a log file and, line by line, to a progress indication.
 *
 * @param {{ title: string, command: string, args: string[], cwd: string,
 *   describe?: (line: string) => string | undefined, explain?: (lines: string[]) => string | undefined }} step
 * @throws {StepError} one sentence: what failed, why as far as the output says, where the log is
 */
export async function runStep({ title, command, args, cwd, describe, explain }) {
  logFolder ??= mkdtempSync(join(tmpdir(), 'mcp-auth-'));
  const logFile = join(logFolder, `${title.toLowerCase().replace(/[^a-z]+/g, '-')}.log`);
  const log = createWriteStream(logFile);
  const lines = [];
  const progress = startProgress(title);

  const child = spawn(command, args, {
    cwd,
    env: { ...childEnvironment(), TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npx is a batch file there
    shell: process.platform === 'win32',
  });
  const stopChild = (signal) => {
    child.kill(signal);
    process.exit(130);
  };
  process.once('SIGINT', stopChild).once('SIGTERM', stopChild);
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      log.write(`${line}\n`);
      lines.push(line);
      const detail = describe?.(line);
      if (detail !== undefined) progress.update(detail);
    });
  }

  try {
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (code !== 0)
      throw new StepError(`${title} failed${because(explain?.(lines))}; the log is at ${logFile}.`);
    progress.succeed();
  } catch (error) {
    progress.fail();
    if (error?.code === 'ENOENT') {
      throw new StepError(`${command} was not found: install npm, which comes with Node.js, and try again.`);
    }
    throw error;
  } finally {
    process.off('SIGINT', stopChild).off('SIGTERM', stopChild);
    log.end();
  }
}

function because(reason) {
  return reason === undefined ? '' : `: ${reason.trim().replace(/[.;]+$/, '')}`;
}
