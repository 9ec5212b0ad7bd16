import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const timeoutMs = 60_000;
const graceMs = 3_000;

/** A process that is told things line by line, and answers so. */
export interface LineProcess {
  say(line: string): void;
  /**
   * The next line on one of its outputs for which `read` gives something.
   *
   * @throws {Error} when the process ends before, or after a minute
   */
  next<T>(read: (line: string) => T | undefined): Promise<T>;
  /** Ends it: by the end of its input, then by signal. */
  end(): Promise<void>;
}

export function startProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): LineProcess {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
  const lines: string[] = [];
  let over: string | undefined;
  let wake = (): void => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      wake();
    });
  }
  const ended = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      over = how;
      wake();
      resolve();
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(`it ended with ${code ?? signal ?? 'nothing'}`));
  });
  child.stdin.on('error', () => undefined);

  return {
    say: (line) => void child.stdin.write(`${line}\n`),
    next: async (read) => {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
          const found = read(line);
          if (found !== undefined) return found;
        }
        const left = deadline - Date.now();
        if (over !== undefined || left <= 0)
          throw new Error(`${command} said nothing of use: ${over ?? 'a minute is over'}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    end: async () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
