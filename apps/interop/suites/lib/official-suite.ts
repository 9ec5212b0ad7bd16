import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from '../../lib/install-packages.js';
import { newerNodeVersion } from '../../lib/newer-node.js';

export const officialVersion = '0.2.0-alpha.12';

/** It takes five minutes to give up a login that does not come back. */
const timeoutMs = 120_000;

export interface OfficialSuite {
  /**
   * Runs the program in the root of the repository, and tells what it has printed so far.
   *
   * @returns all that it printed
   */
  readonly run: (args: readonly string[], onOutput?: (output: string) => void) => Promise<string>;
}

/** The suite (52 MB) and a Node.js that it runs on (185 MB), or why they cannot be had. */
export async function loadOfficialSuite(): Promise<OfficialSuite | { readonly missing: string }> {
  const entry = '@modelcontextprotocol/conformance/dist/index.js';
  const installed = await installPackages({
    folder: `official-suite-${officialVersion}`,
    dependencies: { node: newerNodeVersion, '@modelcontextprotocol/conformance': officialVersion },
    scripts: true,
    entry,
  });
  if ('missing' in installed) return installed;
  const { modules } = installed;
  const cwd = fileURLToPath(new URL('../../../..', import.meta.url));
  return {
    run: async (args, onOutput) => {
      const child = spawn(join(modules, 'node/bin/node'), [join(modules, entry), ...args], {
        cwd,
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: timeoutMs,
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          output += chunk;
          onOutput?.(output);
        });
      await once(child, 'close');
      return output;
    },
  };
}
