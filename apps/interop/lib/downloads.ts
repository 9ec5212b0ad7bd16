import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ownCache = fileURLToPath(new URL('../node_modules/.cache/interop', import.meta.url));

/** Where what was downloaded is kept for the next run; `INTEROP_CACHE` names another folder, for several checkouts. */
export function downloadsFolder(name: string): string {
  const folder = join(process.env['INTEROP_CACHE'] ?? ownCache, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
