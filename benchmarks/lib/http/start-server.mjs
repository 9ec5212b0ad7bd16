import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createRequest, openLoad } from './load.mjs';

const child = fileURLToPath(new URL('server-child.mjs', import.meta.url));

/** Starts one subject behind one framework in a process of its own. */
export async function startServer(framework, subject, setup) {
  const server = fork(child, [framework, subject, JSON.stringify(setup)], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const message = once(server, 'message');
  const exit = once(server, 'exit').then(() => {
    throw new Error(`${subject} on ${framework} does not start`);
  });
  const [{ port }] = await Promise.race([message, exit]);
  exit.catch(() => undefined);

  async function readCpu() {
    server.send('cpu');
    const [{ cpu }] = await once(server, 'message');
    return (cpu.user + cpu.system) * 1000;
  }
  return {
    /** Sends one request; throws unless it is let through. */
    async judge(token) {
      const load = await openLoad(port, 1);
      const statuses = await load.send(1, () => createRequest(`Bearer ${token}`));
      load.close();
      if (!statuses.has(200)) throw new Error(`refused with ${[...statuses.keys()].join()}`);
    },
    /** Nanoseconds of processor time that the server takes for one request, and how often it answered with which status. */
    async measure(count, requestAt) {
      const load = await openLoad(port);
      const before = await readCpu();
      const statuses = await load.send(count, requestAt);
      const cpu = ((await readCpu()) - before) / count;
      load.close();
      return { cpu, statuses };
    },
    async stop() {
      server.kill();
      await once(server, 'exit');
    },
  };
}
