import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file that a page quotes. */
export function readQuotedFile(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../../../docs/code/${path}`, import.meta.url)), 'utf8');
}
