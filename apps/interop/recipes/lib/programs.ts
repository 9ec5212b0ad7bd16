import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Installs packages with npm, once for a folder that is kept. */
export async function installInto(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
): Promise<void> {
  const done = join(folder, 'installed');
  if (existsSync(done)) return;
  const manifest = { private: true, type: 'module', dependencies };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  await run('npm', ['install', ...flags], { cwd: folder });
  writeFileSync(done, '');
}

const packages = fileURLToPath(new URL('../../../../packages', import.meta.url));

/** Puts packages of this repository into a folder as they were built last. */
export function copyPackages(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const to = join(folder, 'node_modules/@mcp-auth', name);
    rmSync(to, { recursive: true, force: true });
    for (const part of ['package.json', 'dist'])
      cpSync(join(packages, name, part), join(to, part), { recursive: true });
  }
}

export interface Program {
  stop(): Promise<void>;
}

/**
 * Starts Node in a folder and waits until `url` is answered.
 *
 * @throws {Error} with what it printed, when it ends before
 */
export async function startNode(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  url: string,
): Promise<Program> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(child, 'close');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let tries = 0; ; tries++) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return { stop };
    if (child.exitCode !== null || tries > 1200) {
      await stop();
      throw new Error(`${args.join(' ')} does not answer at ${url}:\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
