import { join } from 'node:path';
import { inspectorVersion } from '@mcp-auth/app-demo';
import { installPackages } from '../../lib/install-packages.js';
import { newerNodeVersion } from '../../lib/newer-node.js';

export type Inspector =
  | { readonly command: string; readonly args: readonly string[]; readonly missing?: undefined }
  | { readonly missing: string };

let prepared: Promise<Inspector> | undefined;

/** The Inspector and a Node.js that it runs on, in the folder for downloads (300 MB); or why it cannot be had. */
export function prepareInspector(): Promise<Inspector> {
  prepared ??= prepare();
  return prepared;
}

async function prepare(): Promise<Inspector> {
  const launcher = '@modelcontextprotocol/inspector/clients/launcher/build/index.js';
  const installed = await installPackages({
    folder: `inspector-${inspectorVersion}`,
    // npm on an older Node.js would give 0.15.0 without a word
    dependencies: { node: newerNodeVersion, '@modelcontextprotocol/inspector': inspectorVersion },
    scripts: true,
    entry: launcher,
  });
  if ('missing' in installed) return installed;
  const { modules } = installed;
  return { command: join(modules, 'node/bin/node'), args: [join(modules, launcher), '--cli'] };
}
