import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

/**
 * Runs a server that the builder wrote, as its name says, until it has been looked at.
 *
 * @param {string} file
 * @param {string} url of its route
 * @param {(answer: Response) => Promise<void>} look at the first answer
 */
export async function withServer(file, url, look) {
  const server = spawn(process.execPath, [file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'close');
  try {
    await look(await askUntilThere(url, server));
  } finally {
    server.kill();
    await ended;
  }
}

/** The first answer, or what the server said before it ended. */
async function askUntilThere(url, server) {
  let said = '';
  server.stderr.on('data', (part) => (said += part));
  for (let tries = 0; tries < 300 && server.exitCode === null; tries++) {
    const answer = await fetch(url, { method: 'POST' }).catch(() => undefined);
    if (answer !== undefined) return answer;
    await setTimeout(100);
  }
  throw new Error(`${url} does not answer. ${said}`);
}
