import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { capture } from '../../../scripts/lib/capture.mjs';

const demonstration = fileURLToPath(new URL('../../../apps/demo/dist/main.js', import.meta.url));

/**
 * Plays the demonstration on free ports.
 *
 * @param {string[]} args of the command line
 * @param {Record<string, string>} [env] beside the one of this process, and before what keeps captured commands without colours
 * @returns {Promise<{ port: number, output: string }>} its first port, and what it printed
 */
export async function playDemonstration(args, env = {}) {
  const port = await findPorts(10);
  const options = ['--port', String(port), ...args];
  const { ok, output } = await capture(process.execPath, [demonstration, ...options], { env });
  if (!ok) throw new Error(`The demonstration failed:\n${output}`);
  return { port, output };
}

/** The first of so many free ports in a row. */
async function findPorts(count) {
  for (let port = 20_000 + 10 * (process.pid % 3000); port < 60_000; port += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(port + index)));
    if (free.every(Boolean)) return port;
  }
  throw new Error('There are no free ports.');
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
