import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs something in an empty folder outside the project and removes the folder afterwards.
 *
 * @template T
 * @param {(folder: string) => T | Promise<T>} run
 */
export async function inTempFolder(run) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-auth-check-')));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
