import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Disposal } from './disposal.js';

/** A folder for what a server writes, gone with it. */
export async function createDataFolder(name: string, disposal: Disposal): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `mcp-auth-${name}-`));
  disposal.add(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
