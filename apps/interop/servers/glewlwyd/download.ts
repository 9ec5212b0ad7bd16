import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadsFolder } from '../../lib/downloads.js';
import { runCommand } from '../lib/run-command.js';

export const glewlwydVersion = '2.7.5';

/** The server, and those of its libraries that a machine does not have anyway. */
const packages = [
  'glewlwyd',
  'glewlwyd-common',
  'libcbor0.8',
  'libconfig9',
  'libhoel1.4',
  'libiddawc1.1',
  'libjansson4',
  'libmariadb3',
  'libmicrohttpd12',
  'liboath0',
  'liborcania2.3',
  'librhonabwy1.1',
  'libulfius2.7',
  'libyder2.0',
];

/** Where its files are, and how it finds its libraries. */
export interface GlewlwydFiles {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Packages of Debian 12, about 2 MB, unpacked into a folder: nothing is installed.
 *
 * @throws without apt-get, dpkg, sqlite3, or on another system than the packages are for
 */
export async function downloadGlewlwyd(): Promise<GlewlwydFiles> {
  await runCommand('sqlite3', ['-version']);
  const folder = downloadsFolder('glewlwyd');
  const root = join(folder, `glewlwyd-${glewlwydVersion}`);
  const marker = join(root, '.complete');
  if (!existsSync(marker)) {
    mkdirSync(root, { recursive: true });
    await runCommand('apt-get', ['download', ...packages], { cwd: folder });
    for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.deb'))) {
      await runCommand('dpkg', ['-x', join(folder, name), root]);
    }
    writeFileSync(marker, '');
  }
  const libraries = join(root, 'usr/lib');
  const ofMachine = readdirSync(libraries).find((name) => name.includes('-linux-'));
  const env = { LD_LIBRARY_PATH: join(libraries, ofMachine ?? '') };
  const version = await runCommand(join(root, 'usr/bin/glewlwyd'), ['--version'], { env });
  if (!version.includes(glewlwydVersion)) throw new Error(`the packages hold version ${version.trim()}`);
  return { root, env };
}
