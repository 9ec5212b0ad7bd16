import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of 127.0.0.1 that nobody listened on a moment ago, for programs that must be told theirs. */
export async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * The first of so many ports in a row that nobody listened on a moment ago. They are below those that the system gives to whoever
 * names none, where it can be: a program that takes them one by one connects to others meanwhile.
 *
 * @param {number} count
 */
export async function findFreePorts(count) {
  for (let port = 20_000 + 10 * (process.pid % 1000); port < 60_000; port += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(port + index)));
    if (free.every(Boolean)) return port;
  }
  throw new Error(`no ${count} free ports in a row`);
}

/** @param {number} port */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
