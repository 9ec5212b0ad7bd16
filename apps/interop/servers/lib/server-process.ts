import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from './wait-for.js';

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What it prints goes there. */
  readonly log: string;
  /** Whether it serves. */
  readonly isReady: () => Promise<boolean>;
}

export interface ServerProcess {
  /** Leaves it there, and lets it answer nothing. */
  pause(): void;
  resume(): void;
  /** Ends it by the id of what was started, and resolves when it has gone. */
  stop(): Promise<void>;
}

const graceMs = 20_000;

/**
 * Starts a server and waits until it serves.
 *
 * @throws with the last lines of its log when it ends before, or does not serve in five minutes
 */
export async function startServer(options: ServerCommand): Promise<ServerProcess> {
  const log = openSync(options.log, 'a');
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended: string | undefined;
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      ended = error.message;
      resolve();
    });
    child.once('exit', (code, signal) => {
      ended = `it ended with ${code ?? signal}`;
      resolve();
    });
  });
  // Nothing is left behind when the run itself is ended
  const endWithRun = () => child.kill('SIGTERM');
  process.once('exit', endWithRun);
  const stop = async () => {
    process.off('exit', endWithRun);
    if (ended !== undefined) return;
    child.kill('SIGTERM');
    await Promise.race([gone, pause(graceMs, undefined, { ref: false })]);
    child.kill('SIGKILL');
    await gone;
  };
  try {
    const isEnded = () => ended !== undefined;
    await waitFor('the server answers', async () => isEnded() || (await options.isReady()) || undefined, {
      attempts: 1500,
      pauseMs: 200,
    });
    if (isEnded()) throw new Error(ended);
  } catch (error) {
    await stop();
    throw new Error(`${options.command} cannot be started:\n${lastLines(options.log)}`, { cause: error });
  }
  return { stop, pause: () => void child.kill('SIGSTOP'), resume: () => void child.kill('SIGCONT') };
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-30).join('\n');
}
