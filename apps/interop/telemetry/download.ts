import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadsFolder } from '../lib/downloads.js';
import { runCommand } from '../servers/lib/run-command.js';

/** Where its programs are. */
export interface PrometheusFiles {
  readonly prometheus: string;
  readonly promtool: string;
}

/**
 * The package of Debian, 19 MB, unpacked into a folder: nothing is installed.
 *
 * @throws without apt-get or dpkg, or on another system than the package is for
 */
export async function downloadPrometheus(): Promise<PrometheusFiles> {
  const folder = downloadsFolder('prometheus');
  const root = join(folder, 'unpacked');
  const marker = join(root, '.complete');
  if (!existsSync(marker)) {
    mkdirSync(root, { recursive: true });
    await runCommand('apt-get', ['download', 'prometheus'], { cwd: folder });
    for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.deb'))) {
      await runCommand('dpkg', ['-x', join(folder, name), root]);
    }
    writeFileSync(marker, '');
  }
  const files = { prometheus: join(root, 'usr/bin/prometheus'), promtool: join(root, 'usr/bin/promtool') };
  await runCommand(files.prometheus, ['--version']);
  return files;
}
