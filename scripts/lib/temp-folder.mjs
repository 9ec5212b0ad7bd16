import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = [];

process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** An empty folder outside the project, which is gone when the process ends. */
export function createTempFolder() {
  folders.push(realpathSync(mkdtempSync(join(tmpdir(), 'mcp-auth-check-'))));
  return folders.at(-1);
}
