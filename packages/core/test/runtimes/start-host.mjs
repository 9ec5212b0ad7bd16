import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../../../scripts/lib/free-port.mjs';
import { createTempFolder } from '../../../../scripts/lib/temp-folder.mjs';

/**
 * Starts the HTTP server of a runtime in a folder of its own, and waits until it answers.
 *
 * @param {{ name: string, files: (port: number) => Record<string, string> | Promise<Record<string, string>>, command: (modules: string) => [string, string[]] }} host
 * @param {string} modules the folder where its program is installed
 */
export async function start(host, modules) {
  const folder = join(createTempFolder(), host.name);
  mkdirSync(folder);
  const port = await findFreePort();
  const files = { 'package.json': '{"type":"module"}', ...(await host.files(port)) };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const [command, args] = host.command(modules);
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let tries = 0; ; tries++) {
    if (await isAnswered(port)) return { port, stop };
    if (tries > 200 || child.exitCode !== null) {
      await stop();
      throw new Error(`${host.name} does not answer:\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isAnswered(port) {
  return fetch(`http://127.0.0.1:${port}/ready`).then(
    () => true,
    () => false,
  );
}

/** The configuration of a workerd that listens on a port. */
export const workerdConfig = (
  port,
  worker,
  services = '',
) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${services}(name = "main", worker = (
    ${worker},
    compatibilityDate = "2026-01-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);\n`;

export const workerdCommand = (modules) => [join(modules, 'workerd/bin/workerd'), ['serve', 'worker.capnp']];
