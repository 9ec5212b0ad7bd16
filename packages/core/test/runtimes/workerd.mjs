import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from '../../../schemas/test/support/pack.mjs';

const run = promisify(execFile);

/** The folder of an installed workerd, which outlives the run; `undefined` when it cannot be had. */
function install(version) {
  const folder = join(tmpdir(), 'mcp-auth-runtimes', `workerd-${version}`);
  if (!existsSync(join(folder, 'installed'))) {
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{"private":true}');
      npm(['install', `workerd@${version}`], folder);
      writeFileSync(join(folder, 'installed'), '');
    } catch {
      return undefined;
    }
  }
  return folder;
}

/** Runs a worker's `test` with compatibility flags, and reads the line it prints. */
export const createWorkerd = (version, worker, bundle, flags) => ({
  name: `workerd ${version} (${flags.join(', ') || 'no flags'})`,
  async run(folder) {
    const installed = install(version);
    if (installed === undefined) return undefined;
    const list = [worker, bundle, 'program.mjs'].map(
      (file) => `(name = "${file}", esModule = embed "${file}")`,
    );
    const flagList = flags.map((flag) => `"${flag}"`).join(', ');
    writeFileSync(
      join(folder, 'worker.capnp'),
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [${list.join(', ')}], compatibilityDate = "2026-01-01", compatibilityFlags = [${flagList}],
))]);\n`,
    );
    const binary = join(installed, 'node_modules/workerd/bin/workerd');
    const { stdout, stderr } = await run(binary, ['test', 'worker.capnp'], { cwd: folder });
    const line = /RESULT (\{.*\})/.exec(stdout + stderr)?.[1];
    if (line === undefined) throw new Error('the worker printed no result');
    return JSON.parse(line);
  },
});
