import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { downloadsFolder } from './downloads.js';

const run = promisify(execFile);

export interface PackagesToInstall {
  /** Of the folder for downloads: one for each version. */
  readonly folder: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
  /** Lets packages run scripts, which fetch the programs of some. */
  readonly scripts?: boolean;
  /** A file below `node_modules` that is there when all of it is. */
  readonly entry: string;
}

/** Somebody else's packages, each set in a folder of its own, fetched once. Returns the path of `node_modules`; or why they cannot be had. */
export async function installPackages({
  folder: name,
  dependencies,
  overrides,
  scripts = false,
  entry,
}: PackagesToInstall): Promise<{ readonly modules: string } | { readonly missing: string }> {
  const folder = downloadsFolder(name);
  const modules = join(folder, 'node_modules');
  if (existsSync(join(modules, entry))) return { modules };
  try {
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, dependencies, ...(overrides !== undefined && { overrides }) }),
    );
    const flags = ['--no-audit', '--no-fund', '--loglevel=error', `--ignore-scripts=${String(!scripts)}`];
    await run('npm', ['install', ...flags], { cwd: folder, timeout: 400_000 });
    return { modules };
  } catch (error) {
    return { missing: `npm could not install it (${(error as Error).message.split('\n')[0] ?? ''})` };
  }
}
