import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadsFolder } from '../lib/downloads.js';
import { runCommand } from '../servers/lib/run-command.js';

/** What `collector/go.mod` asks for. */
export const collectorVersion = '0.161.0';

const sources = fileURLToPath(new URL('collector', import.meta.url));
const files = ['go.mod', 'go.sum', 'main.go'];
/** Three hundred packages, on a machine with two cores. */
const timeoutMs = 1_200_000;

/**
 * The collector next to this file, built with Go. `go.sum` fixes every module.
 *
 * @returns the program
 * @throws without Go, or where the modules cannot be fetched
 */
export async function buildCollector(): Promise<string> {
  await runCommand('go', ['version']).catch((cause: unknown) => {
    throw new Error('Go is missing: there is no command go', { cause });
  });
  const folder = join(downloadsFolder('collector'), hashSources());
  const built = join(folder, 'collector');
  if (!existsSync(built)) {
    for (const file of files) cpSync(join(sources, file), join(folder, file));
    await runCommand('go', ['mod', 'download'], { cwd: folder, timeoutMs }).catch((cause: unknown) => {
      throw new Error(`its modules cannot be fetched: ${lastLine(cause)}`, { cause });
    });
    // Under another name until it is whole
    const args = ['build', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', 'unfinished', '.'];
    await runCommand('go', args, { cwd: folder, timeoutMs }).catch((cause: unknown) => {
      throw new Error(`go build fails: ${lastLine(cause)}`, { cause });
    });
    renameSync(join(folder, 'unfinished'), built);
  }
  const version = await runCommand(built, ['--version']);
  if (!version.includes(collectorVersion)) throw new Error(`it says that it is ${version.trim()}`);
  return built;
}

/** Another collector is another folder. */
function hashSources(): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(sources, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Go says last what it could not do. */
function lastLine(error: unknown): string {
  return String(error).trim().split('\n').at(-1) ?? '';
}
