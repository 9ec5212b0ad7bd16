import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The environment without what npm puts into the scripts it runs, which would confuse the npm we run. */
export const cleanEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?!config_(?:cache|registry|proxy|https_proxy|cafile))/i.test(name),
    ),
  );

export const npm = (args, cwd) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** Packs the built package and installs the tarball, with others, into an empty folder. */
export function installPacked(folder, others = []) {
  if (!existsSync(join(packageRoot, 'dist/index.js'))) {
    throw new Error('packages/schemas is not built. Run its build first.');
  }
  // Without the script that would build it again, for which npm has no pnpm
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], packageRoot);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  const consumer = join(folder, 'consumer');
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  npm(['install', `../${tarball}`, ...others], consumer);
  return consumer;
}
