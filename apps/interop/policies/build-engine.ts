import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { downloadsFolder } from '../lib/downloads.js';
import { runCommand } from '../servers/lib/run-command.js';

/** Hundreds of packages, on a machine with two cores. */
const timeoutMs = 1_800_000;

/**
 * A policy engine, built with Go from its module.
 *
 * @param command - path of the command in its module; its last part is its name
 * @returns the program
 * @throws without Go, or where the modules cannot be fetched
 */
export async function buildEngine(command: string, version: string): Promise<string> {
  await runCommand('go', ['version']).catch((cause: unknown) => {
    throw new Error('Go is missing: there is no command go', { cause });
  });
  const name = command.split('/').at(-1) ?? command;
  const folder = join(downloadsFolder(name), version);
  const built = join(folder, name);
  if (!existsSync(built)) {
    const env = { GOBIN: folder, GOFLAGS: '-trimpath' };
    await runCommand('go', ['install', `${command}@v${version}`], { env, timeoutMs }).catch(
      (cause: unknown) => {
        throw new Error(`go install fails: ${String(cause).trim().split('\n').at(-1) ?? ''}`, { cause });
      },
    );
  }
  return built;
}
