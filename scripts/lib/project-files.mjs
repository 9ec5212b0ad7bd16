import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { capture } from './capture.mjs';

/**
 * The files of the project as paths from its root: all that git tracks or would track.
 *
 * @throws {Error} outside a git checkout
 */
export async function listProjectFiles() {
  const { ok, output } = await capture('git', [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  if (!ok) throw new Error(`This check needs a git checkout: ${output.trim()}`);
  return output.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}
