import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { RedisServer, serverPath } from './support/redis-server.js';

beforeEach(({ skip }) => skip(serverPath === undefined, 'there is no redis-server'));

const child = fileURLToPath(new URL('support/claim-child.mjs', import.meta.url));

async function ask(process: ChildProcess, ids: readonly number[]): Promise<readonly string[]> {
  const answered = once(process, 'message');
  process.send(ids);
  const [outcomes] = (await answered) as [readonly string[]];
  return outcomes;
}

/** Over HTTP, with proofs and behind a proxy: apps/examples/test/many-processes. */
test('two processes that are asked for the same at the same time: each identifier is claimed once', async () => {
  const redis = await RedisServer.start();
  const processes = [0, 1].map(() => fork(child, [String(redis.port)]));
  try {
    await Promise.all(processes.map((process) => once(process, 'message')));
    for (let round = 0; round < 20; round++) {
      const ids = Array.from({ length: 100 }, (_each, index) => round * 100 + index);
      const outcomes = await Promise.all(processes.map((process) => ask(process, ids)));
      const both = ids.map((_id, index) => outcomes.map((list) => list[index]).sort());
      expect(new Set(both.map((pair) => pair.join(' ')))).toEqual(new Set(['claimed known']));
    }
  } finally {
    for (const process of processes) {
      if (process.connected) process.disconnect();
    }
    await redis.close();
  }
});
