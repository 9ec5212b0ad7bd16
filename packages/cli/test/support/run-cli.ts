import { afterAll, expect } from 'vitest';
import type { ExitCode, Io } from '../../src/io.js';
import { runWith } from '../../src/run.js';
import { Secrets } from '../../src/secrets/secrets.js';

/** What one run left behind. */
export interface CliRun {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a run differs from one in a pipe, without input and environment, in this folder. */
export interface CliSettings {
  readonly stdin?: string;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly tty?: boolean;
  readonly columns?: number;
  readonly now?: Date;
  readonly openBrowser?: (url: URL) => Promise<void>;
  /** Hears of everything on the standard error so far, while the command runs. */
  readonly onError?: (text: string) => void;
}

const used = new Set<string>();
const printed: string[] = [];

/** Tells the search about a secret that a test uses without handing it to the command, such as one that a server has. */
export function rememberSecret(secret: string): string {
  used.add(secret);
  return secret;
}

/** Runs the command in this process and keeps what it prints for the search after all tests. */
export async function runCli(args: readonly string[], settings: CliSettings = {}): Promise<CliRun> {
  const { stdin, env = {}, cwd = process.cwd(), tty = false, columns, now, openBrowser, onError } = settings;
  const output = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({
    isTTY: tty,
    columns,
    write(text: string) {
      output[name] += text;
      if (name === 'stderr') onError?.(output.stderr);
    },
  });
  const io: Io = {
    stdin: Object.assign(read(stdin), { isTTY: stdin === undefined }),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env,
    cwd,
    openBrowser,
    now: () => now ?? new Date(),
  };
  const secrets = new Secrets();
  const exitCode = await runWith(args, io, secrets);
  const text = output.stdout + output.stderr;
  findNone(text, secrets.all());
  printed.push(text);
  return { exitCode, ...output };
}

async function* read(text = ''): AsyncIterable<string> {
  yield text;
}

/** What was written to files counts as printed too. */
export function rememberPrinted(text: string): void {
  printed.push(text);
}

/** Call it once in every file of tests: no secret that a test told of was printed by any run, whole or in part. */
export function searchSecretsAfterAll(): void {
  afterAll(() => findNone(printed.join('\n'), [...used]));
}

function findNone(text: string, secrets: readonly string[]): void {
  for (const secret of secrets)
    for (const part of partsOf(secret)) expect(text.includes(part), 'a secret was printed').toBe(false);
}

/** The whole, and of long ones each 20 characters in a row that begin at a multiple of 10: independent of how the keeper searches. */
function partsOf(secret: string): readonly string[] {
  const starts = Array.from(
    { length: Math.max(0, Math.floor((secret.length - 20) / 10)) },
    (_, at) => at * 10,
  );
  return secret.length < 4 ? [] : [secret, ...starts.map((at) => secret.slice(at, at + 20))];
}
