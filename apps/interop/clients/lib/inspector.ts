import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inspectorVersion } from '@mcp-auth/app-demo';
import { downloadsFolder } from '../../lib/downloads.js';

const run = promisify(execFile);

/** The Inspector needs 22.19; npm on an older Node.js would give 0.15.0 without a word. */
const nodeVersion = '22.23.3';

export type Inspector =
  | { readonly command: string; readonly args: readonly string[]; readonly missing?: undefined }
  | { readonly missing: string };

let prepared: Promise<Inspector> | undefined;

/** The Inspector and a Node.js that it runs on, in the folder for downloads (300 MB); or why it cannot be had. */
export function prepareInspector(): Promise<Inspector> {
  prepared ??= prepare().catch((error: unknown) => ({
    missing: `npm could not install it (${(error as Error).message.split('\n')[0] ?? ''})`,
  }));
  return prepared;
}

async function prepare(): Promise<Inspector> {
  const folder = downloadsFolder(`inspector-${inspectorVersion}`);
  const inspector = {
    command: join(folder, 'node_modules/node/bin/node'),
    args: [
      join(folder, 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js'),
      '--cli',
    ],
  };
  if ([inspector.command, inspector.args[0] ?? ''].every((file) => existsSync(file))) return inspector;
  const packages = [`node@${nodeVersion}`, `@modelcontextprotocol/inspector@${inspectorVersion}`];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', '--prefix', folder, '--ignore-scripts=false', ...quiet, ...packages], {
    cwd: folder,
    timeout: 400_000,
  });
  return inspector;
}
