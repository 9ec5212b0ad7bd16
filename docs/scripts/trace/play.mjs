import { fileURLToPath } from 'node:url';
import { capture } from '../../../scripts/lib/capture.mjs';
import { findFreePorts } from '../../../scripts/lib/free-port.mjs';

const demonstration = fileURLToPath(new URL('../../../apps/demo/dist/main.js', import.meta.url));

/**
 * Plays the demonstration on free ports.
 *
 * @param {string[]} args of the command line
 * @param {Record<string, string>} [env] beside the one of this process, and before what keeps captured commands without colours
 * @returns {Promise<{ port: number, output: string }>} its first port, and what it printed
 */
export async function playDemonstration(args, env = {}) {
  const port = await findFreePorts(10);
  const options = ['--port', String(port), ...args];
  const { ok, output } = await capture(process.execPath, [demonstration, ...options], { env });
  if (!ok) throw new Error(`The demonstration failed:\n${output}`);
  return { port, output };
}
