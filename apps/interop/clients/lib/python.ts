import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { downloadsFolder } from '../../lib/downloads.js';

const run = promisify(execFile);

/** The Python packages whose clients are tried; these versions, whatever is newest. */
export const pythonPackages = { mcp: '2.3.0', fastmcp: '4.2.3' } as const;

export type Python =
  | { readonly path: string; readonly missing?: undefined }
  | { readonly path?: undefined; readonly missing: string };

let prepared: Promise<Python> | undefined;

/** A Python with the packages installed, in the folder for downloads. Installs them once; or says why it cannot. */
export function preparePython(): Promise<Python> {
  prepared ??= prepare().catch((error: unknown) => ({ missing: explain(error) }));
  return prepared;
}

async function prepare(): Promise<Python> {
  // Another version is another folder, so what is there is always complete and the right one
  const name = Object.entries(pythonPackages).map(([key, version]) => `${key}-${version}`);
  const folder = downloadsFolder(`python-${name.join('-')}`);
  const path = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const hasPackages = (): Promise<boolean> =>
    run(path, ['-c', 'import mcp, fastmcp'], { timeout: 60_000 }).then(
      () => true,
      () => false,
    );
  if (existsSync(path) && (await hasPackages())) return { path };
  await run('python3', ['-m', 'venv', folder], { timeout: 120_000 });
  const wanted = Object.entries(pythonPackages).map(([key, version]) => `${key}==${version}`);
  await run(path, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...wanted], {
    timeout: 400_000,
  });
  return { path };
}

function explain(error: unknown): string {
  const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
  if (code === 'ENOENT') return 'there is no python3';
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return `python3 with venv and pip could not install the packages (${said || String(error)})`;
}
